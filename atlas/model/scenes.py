"""A presentation as a sequence of scenes: each a kind of view, a selection and the presenter's own words."""

import json
import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

from atlas import AtlasError
from atlas.model import results
from atlas.model.atlas import Atlas
from atlas.model.selection import Selection
from atlas.model.topics import LABOUR, MEETINGS, SCHOLARSHIPS, TRAINING

if TYPE_CHECKING:  # words know the model, not the other way round
    from atlas.words.translator import Translator

TOPICS = {"scholarships": SCHOLARSHIPS, "training": TRAINING, "labour": LABOUR, "meetings": MEETINGS}
KINDS = ("title", "results", "map", "pair", "border", *TOPICS, "open")
FORMAT, FORMAT_VERSION = "border-cooperation-atlas-scenes", 1
LARGEST_FILE = 256 * 1024
MOST_SCENES = 200
LONGEST = {"title": 200, "caption": 2000}
LONGEST_SHOWN = 60


@dataclass(frozen=True)
class Scene:
    """One view of a presentation.

    kind: one of :data:`KINDS`; a scene of kind ``pair`` shows the twinning that its selection has open;
    title: instead of the kind's own; caption: what the presenter wants to say there.
    """

    kind: str
    selection: Selection
    title: str = ""
    caption: str = ""


class InvalidScenes(AtlasError):
    """A file of scenes cannot be used; ``problems`` lists every reason in the reader's language."""

    def __init__(self, problems: list[str]):
        super().__init__("\n".join(problems))
        self.problems = problems


def sequence(
    atlas: Atlas, selection: Selection | None = None, each: Literal["level", "pair"] | None = None
) -> tuple[Scene, ...]:
    """The scenes of a selection in their usual order; topics of which it has no record are left out.

    :param each: whether the map is followed by one scene for each level of twinning, or for each twinning.
    """
    selection = replace(selection or Selection(), pair=None)
    rows = selection.twinnings(atlas)
    scenes = [Scene("title", selection)]
    if any(results.of(atlas, selection)):
        scenes.append(Scene("results", selection))
    if len(rows):
        scenes.append(Scene("map", selection))
    if each == "level" and rows["level"].nunique() > 1:
        levels = dict.fromkeys(rows["level"])
        scenes += [Scene("map", replace(selection, level=(level,))) for level in levels]
    if len(rows):
        scenes.append(Scene("border", selection))
    if each == "pair":
        scenes += [Scene("pair", replace(selection, pair=twinning)) for twinning in rows.index]
    scenes += [Scene(kind, selection) for kind, topic in TOPICS.items() if not empty(topic.records(atlas, selection))]
    return (*scenes, Scene("open", selection))


def known(atlas: Atlas, listed: tuple[Scene, ...]) -> tuple[Scene, ...]:
    """The scenes of a sequence without those of twinnings that the atlas does not hold."""
    return tuple(scene for scene in listed if not scene.selection.pair or scene.selection.pair in atlas.twinnings.index)


def empty(records: dict[str, pd.DataFrame]) -> bool:
    """Whether none of the tables has a row."""
    return all(rows.empty for rows in records.values())


def write(scenes: tuple[Scene, ...]) -> bytes:
    """A sequence as a small JSON file, the same bytes for the same scenes."""
    content = {
        "format": FORMAT,
        "version": FORMAT_VERSION,
        "scenes": [
            {
                "kind": scene.kind,
                "title": scene.title,
                "caption": scene.caption,
                "selection": scene.selection.to_query(),
            }
            for scene in scenes
        ],
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def read(content: bytes, atlas: Atlas, translate: "Translator") -> tuple[Scene, ...]:
    """A sequence from a file that :func:`write` made.

    :raises InvalidScenes: it is too large, no such file, or names what this atlas does not know; all reasons at once.
    """
    if len(content) > LARGEST_FILE:
        raise InvalidScenes([translate("The file is larger than {n} kB.", n=LARGEST_FILE // 1024)])
    try:
        data = json.loads(content.decode("utf-8"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise InvalidScenes([translate("The file is not JSON in UTF-8.")]) from error
    if not isinstance(data, dict) or data.get("format") != FORMAT or not isinstance(data.get("scenes"), list):
        raise InvalidScenes([translate("The file is not a sequence of scenes saved by the atlas.")])
    if data.get("version") != FORMAT_VERSION:
        raise InvalidScenes(
            [
                translate(
                    "version {value}: expected {expected}",
                    value=_shown(data.get("version")),
                    expected=str(FORMAT_VERSION),
                )
            ]
        )
    if not 1 <= len(data["scenes"]) <= MOST_SCENES:
        raise InvalidScenes(
            [translate("The file has {n} scenes; 1 to {most} are expected.", n=len(data["scenes"]), most=MOST_SCENES)]
        )
    reader = _Reader(atlas, translate)
    scenes = [reader.scene(number, scene) for number, scene in enumerate(data["scenes"], start=1)]
    if reader.problems:
        raise InvalidScenes(reader.problems)
    return tuple(scene for scene in scenes if scene)


class _Reader:
    """Reads scene after scene and keeps every problem."""

    def __init__(self, atlas: Atlas, translate: "Translator"):
        self.atlas, self.translate = atlas, translate
        self.problems: list[str] = []

    def scene(self, number: int, data: Any) -> Scene | None:
        if not isinstance(data, dict):
            self._wrong(number, "", data, self.translate("a scene"))
            return None
        for name in data.keys() - {"kind", "title", "caption", "selection"}:
            self._wrong(number, name, data[name], self.translate("no such entry"))
        kind = data.get("kind")
        if kind not in KINDS:
            self._wrong(number, "kind", kind, self.translate("one of {values}", values=", ".join(KINDS)))
            kind = ""
        texts = {name: self._text(number, name, data.get(name, ""), most) for name, most in LONGEST.items()}
        selection = self._selection(number, data.get("selection"))
        if kind == "pair" and selection and not selection.pair:
            self._wrong(number, "selection.pair", None, self.translate("the id of a twinning"))
        return Scene(kind, selection, **texts) if kind and selection else None

    def _text(self, number: int, name: str, value: Any, most: int) -> str:
        if not isinstance(value, str) or len(value) > most or not _printable(value):
            self._wrong(number, name, value, self.translate("a text of at most {n} characters", n=most))
        return value

    def _selection(self, number: int, data: Any) -> Selection | None:
        lists = isinstance(data, dict) and all(isinstance(values, list) for values in data.values())
        if not lists or not all(isinstance(value, str) for values in data.values() for value in values):
            self._wrong(number, "selection", data, self.translate("names of filters, each with a list of texts"))
            return None
        selection, ignored = Selection.from_query(data, self.atlas)
        known = selection.to_query()
        ignored += [(name, value) for name in data.keys() - known.keys() for value in data[name]]
        for name, value in dict.fromkeys(ignored):
            self._wrong(number, f"selection.{name}", value, self.translate("a value that this atlas knows"))
        return selection

    def _wrong(self, number: int, name: str, value: Any, expected: str) -> None:
        where = self.translate("scene {n}", n=number) + (f", {name}" if name else "")
        self.problems.append(
            self.translate(
                "{where}: {value} found, {expected} expected", where=where, value=_shown(value), expected=expected
            )
        )


def _printable(text: str) -> bool:
    return all(char == "\n" or unicodedata.category(char) not in ("Cc", "Cs") for char in text)


def _shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=True)
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 1]}…"
