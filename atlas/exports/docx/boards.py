"""Scenes of a session in a paper: what each says, its tables and bars as tables, what is drawn as a picture."""

from atlas.exports import pictures, scenes, summary
from atlas.exports.docx import styles
from atlas.exports.docx.paper import Paper, shared
from atlas.exports.scenes import vector
from atlas.exports.scenes.board import Bar, Context, Picture, Room, Table
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
    for text in scenes.typed(asked, scene.message):
        paper.text(styles.BODY, text)
    native = [item for item in made.items if isinstance(item, (Table, Bar))]
    if native:
        _native(paper, native)
    elif scene.kind != "text":
        _drawn(paper, made)
    if remarks := scenes.remarks(asked, scene, made):
        paper.text(styles.NOTE, remarks)
    if made.sources:
        said = asked.voice(lambda translate: translate("Sources"), " / ")
        paper.cite(said, made.sources)


def _native(paper: Paper, items: list[Table | Bar]) -> None:
    for item in items:
        if isinstance(item, Table):
            paper.grid(shared(paper.width, item.widths), item.heads, item.rows)
        else:
            rows = [(segment.name, summary.grouped(segment.value)) for segment in item.segments]
            paper.grid(shared(paper.width, (7, 3)), (item.name, ""), rows)


def _drawn(paper: Paper, made: Picture) -> None:
    width, height = f"{ROOM.width:g}", f"{ROOM.height:g}"
    drawing = picture(width, height, vector.items(made.items), viewBox=f"0 0 {width} {height}")
    paper.picture(pictures.raster(str(drawing).encode(), DOTS), 1, " · ".join(made.message))
