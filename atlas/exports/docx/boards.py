"""Scenes of a session in a paper: what each says, its tables and bars as tables, what is drawn as a picture."""

from atlas.exports import pictures, scenes
from atlas.exports.docx import styles
from atlas.exports.docx.paper import Paper, shared
from atlas.exports.scenes import board, vector
from atlas.exports.scenes.board import Bar, Context, Picture, Room, Table, Text
from atlas.look.element import picture
from atlas.model.session import Scene

WORDS = ("cover", "decisions")  # kinds of scene that stand elsewhere in a paper
ROOM = Room(0, 0, 1500, 700)  # of a picture: letters of 24 units are 8 pt on a page of 165 mm

DOTS = 125  # an inch of 96 units: some 300 on paper


def told(paper: Paper, asked: Context) -> None:
    """Every scene that has something to say, a heading each."""
    for scene in asked.session.scenes:
        made = scenes.picture(asked, scene, ROOM) if scene.kind not in WORDS else None
        if made:
            _scene(paper, asked, scene, made)


def _scene(paper: Paper, asked: Context, scene: Scene, made: Picture) -> None:
    paper.heading("\n".join(made.message))
    if made.subtitle:
        paper.text(styles.NOTE, " · ".join(made.subtitle), keep=True)
    if scene.kind != "text":
        for line in scenes.typed(asked, scene.message):
            paper.text(styles.BODY, line)
    native = [item for item in made.items if isinstance(item, (Table, Bar))]
    texts = [item for item in made.items if isinstance(item, Text)]
    if native:
        _native(paper, native)
    elif len(texts) == len(made.items):
        _texts(paper, texts)
    else:
        _drawn(paper, made)
    if made.footnote:
        paper.text(styles.NOTE, " / ".join(made.footnote))
    if made.sources:
        said = asked.voice(lambda translate: translate("Sources"), " / ")
        paper.cite(said, made.sources)


def _native(paper: Paper, items: list[Table | Bar]) -> None:
    for item in items:
        if isinstance(item, Table):
            paper.grid(shared(paper.width, item.widths), item.heads, item.rows)
        else:
            rows = [(segment.name, segment.said) for segment in item.segments]
            paper.grid(shared(paper.width, (7, 3)), (item.name, ""), rows)


def _texts(paper: Paper, texts: list[Text]) -> None:
    """Numbers in large type stand before what they count; other texts are paragraphs."""
    rows = []
    for text in texts:
        lines = [run.text for run in text.runs if run.text]
        if text.runs and text.runs[0].size >= board.VALUE and len(lines) > 1:
            rows.append((lines[0], "\n".join(lines[1:])))
        else:
            for line in lines:
                paper.text(styles.BODY, line)
    if rows:
        paper.grid(shared(paper.width, (2, 8)), (), rows)


def _drawn(paper: Paper, made: Picture) -> None:
    width, height = f"{ROOM.width:g}", f"{ROOM.height:g}"
    drawing = picture(width, height, vector.items(made.items), viewBox=f"0 0 {width} {height}")
    paper.picture(pictures.raster(str(drawing).encode(), DOTS), 1, " · ".join(made.message))
