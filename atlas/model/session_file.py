"""The file of a session: small JSON that is written the same for the same session, and checked as a stranger's when read."""

import base64
import binascii
import json
import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from atlas import SPOKEN, AtlasError
from atlas.model.atlas import Atlas
from atlas.model.audience import AUDIENCES
from atlas.model.logos import InvalidLogo, logo
from atlas.model.selection import Selection
from atlas.model.session import KINDS, SCENE_KINDS, STATES, Decision, Delegation, Logo, Said, Scene, Session
from atlas.records.dates import FORM, bounds

if TYPE_CHECKING:  # words know the model, not the other way round
    from atlas.words.translator import Translator

FORMAT, VERSION = "border-cooperation-atlas-session", 2
FORMER = "border-cooperation-atlas-scenes"  # of version 1, a sequence of scenes
LARGEST_FILE = 4_000_000  # bytes
MOST_SCENES, MOST_DECISIONS, MOST_ABOUT = 60, 60, 60
MOST_MINUTES, MOST_MINUTES_OF_ALL = 240, 1440
MOST_PROBLEMS, LONGEST_SHOWN = 20, 60
LONGEST = {"title": 300, "place": 200, "name": 200, "message": 2000, "notes": 4000, "what": 600, "who": 300}
PARAGRAPHS = ("message", "notes", "what")  # texts that may have several lines
LANGUAGES = (*SPOKEN, "vi-zh", "zh-vi")
# what a scene may be about by its kind: the column of allowed values, or the tables of records
ABOUT = {
    "message": "figures.programme",
    "parts": "figures.programme",
    "flow": "figures.programme",
    "route": "events",
    "commitments": "events agreements",
    "series": "events.series",
    "agreements": "agreements.subject",
    "pair": "twinnings",
}
# turn the direction of all that follows, or are no characters that an Office file can hold
HARMFUL = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufffe\uffff")


class InvalidSession(AtlasError):
    """A file of a session cannot be used; ``problems`` lists the reasons in the reader's language."""

    def __init__(self, problems: list[str]):
        super().__init__("\n".join(problems))
        self.problems = problems


def write(session: Session) -> bytes:
    """A session as a small JSON file; what is empty is left out."""
    content = {"format": FORMAT, "version": VERSION} | _filled(
        kind=session.kind,
        language=session.language,
        audience=session.audience,
        selection=session.selection.to_query(),
        title=_said(session.title),
        date=session.date,
        place=_said(session.place),
        minutes=session.minutes,
        vn=_side(session.vn),
        cn=_side(session.cn),
        scenes=[_scene(one) for one in session.scenes],
        decisions=[
            _filled(what=_said(one.what), who=_said(one.who), by=one.by, state=one.state) for one in session.decisions
        ],
    )
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _filled(**entries: Any) -> dict[str, Any]:
    return {name: value for name, value in entries.items() if value not in ("", None, {}, [])}


def _said(text: Said) -> dict[str, str]:
    return _filled(**vars(text))


def _side(side: Delegation) -> dict[str, Any]:
    picture = base64.b64encode(side.logo.content).decode() if side.logo else None
    return _filled(name=_said(side.name), logo=picture)


def _scene(scene: Scene) -> dict[str, Any]:
    own = {"kind": scene.kind} | ({"selection": scene.selection.to_query()} if scene.selection is not None else {})
    return own | _filled(
        about=list(scene.about),
        title=_said(scene.title),
        message=_said(scene.message),
        notes=scene.notes,
        minutes=scene.minutes,
    )


def read(content: bytes, atlas: Atlas, translate: "Translator") -> Session:
    """A session from a file that :func:`write` made. Records that have ended are taken, for they are shown as such.

    :param atlas: all that its own side may know.
    :raises InvalidSession: it is no such file, of another edition, too large, or names what this atlas does not know.
    """
    data = _opened(content, translate)
    reader = _Reader(atlas, translate)
    session = reader.session(data)
    if reader.problems:
        more = reader.count - len(reader.problems)
        raise InvalidSession(reader.problems + ([translate("and {n} more like these", n=more)] if more else []))
    return session


def cleaned(text: str, name: str) -> str:
    """A text as somebody typed or pasted it, as a file of a session can hold it.

    :param name: of :data:`LONGEST`.
    """
    kept = "".join(char for char in text.replace("\r\n", "\n") if _printable(char, name))
    return kept[: LONGEST[name]].strip()


def _printable(text: str, name: str) -> bool:
    return all(
        (char == "\n" and name in PARAGRAPHS)
        or (unicodedata.category(char) not in ("Cc", "Cs") and char not in HARMFUL)
        for char in text
    )


def is_partial_date(text: str) -> bool:
    """Whether a text is a partial date (EDTF level 0): YYYY, YYYY-MM or YYYY-MM-DD."""
    try:
        bounds(text)
    except ValueError:
        return False
    return True


def _opened(content: bytes, translate: "Translator") -> dict[str, Any]:
    """The entries of a file of this format and version."""
    if len(content) > LARGEST_FILE:
        raise InvalidSession([translate("The file is larger than {n} kB.", n=LARGEST_FILE // 1000)])
    try:
        data = json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError):
        raise InvalidSession([translate("The file is not JSON in UTF-8.")]) from None
    form = data.get("format") if isinstance(data, dict) else None
    if form == FORMER:
        raise InvalidSession(
            [
                translate(
                    "This file was saved by an older edition of the atlas, as a sequence of scenes. "
                    "Start a ready-made session and enter its titles and captions there again; a text editor shows them."
                )
            ]
        )
    if form != FORMAT:
        raise InvalidSession([translate("The file is not a session saved by the atlas.")])
    if data.get("version") != VERSION:
        raise InvalidSession([_of_version(data.get("version"), translate)])
    for name, most, least in (("scenes", MOST_SCENES, 1), ("decisions", MOST_DECISIONS, 0)):
        listed = data.get(name, [])
        if isinstance(listed, list) and not least <= len(listed) <= most:
            raise InvalidSession([_counted(name, len(listed), most, translate)])
    return data


def _of_version(version: Any, translate: "Translator") -> str:
    if isinstance(version, int) and not isinstance(version, bool) and version > VERSION:
        return translate(
            "This file was saved by a newer edition of the atlas (version {value}; this one reads version {expected}). "
            "Update the atlas, or make the session again here.",
            value=_shown(version),
            expected=str(VERSION),
        )
    return translate("version {value}: expected {expected}", value=_shown(version), expected=str(VERSION))


def _counted(name: str, n: int, most: int, translate: "Translator") -> str:
    if name == "scenes":
        return translate("The file has {n} scenes; 1 to {most} are expected.", n=n, most=most)
    return translate("The file has {n} decisions; at most {most} are expected.", n=n, most=most)


class _Reader:
    """Reads entry after entry and keeps the first problems and the number of all."""

    def __init__(self, atlas: Atlas, translate: "Translator"):
        self.atlas, self.translate = atlas, translate
        self.problems: list[str] = []
        self.count = 0

    def session(self, data: dict[str, Any]) -> Session:
        known = ("format", "version", "kind", "language", "audience", "selection", "title", "date", "place", "minutes")
        self._known("", data, (*known, "vn", "cn", "scenes", "decisions"))
        return Session(
            kind=self._one("", data, "kind", KINDS),
            language=self._one("", data, "language", LANGUAGES),
            audience=self._one("", data, "audience", AUDIENCES),
            selection=self._selection("", data.get("selection", {})) or Selection(),
            title=self._said("", data, "title"),
            date=self._date("", data, "date"),
            place=self._said("", data, "place"),
            vn=self._side(data, "vn"),
            cn=self._side(data, "cn"),
            scenes=tuple(self._scene(where, one) for where, one in self._numbered(data, "scenes")),
            decisions=tuple(self._decision(where, one) for where, one in self._numbered(data, "decisions")),
            minutes=self._minutes("", data, MOST_MINUTES_OF_ALL),
        )

    def _numbered(self, data: dict[str, Any], name: str) -> list[tuple[str, dict[str, Any]]]:
        """Scenes or decisions, each with the words for where it stands."""
        listed = data.get(name, [])
        if not isinstance(listed, list):
            self._wrong("", name, listed, self.translate("a list"))
            return []
        places = [
            self.translate("scene {n}", n=number) if name == "scenes" else self.translate("decision {n}", n=number)
            for number in range(1, len(listed) + 1)
        ]
        for where, one in zip(places, listed):
            if not isinstance(one, dict):
                self._wrong(where, "", one, self.translate("names of entries, each with a value"))
        return [(where, one) for where, one in zip(places, listed) if isinstance(one, dict)]

    def _scene(self, where: str, data: dict[str, Any]) -> Scene:
        self._known(where, data, ("kind", "selection", "about", "title", "message", "notes", "minutes"))
        kind = self._one(where, data, "kind", SCENE_KINDS)
        return Scene(
            kind=kind,
            selection=self._selection(where, data["selection"]) if "selection" in data else None,
            about=self._about(where, kind, data.get("about", [])),
            title=self._said(where, data, "title"),
            message=self._said(where, data, "message"),
            notes=self._text(where, "notes", data.get("notes", "")),
            minutes=self._minutes(where, data, MOST_MINUTES),
        )

    def _decision(self, where: str, data: dict[str, Any]) -> Decision:
        self._known(where, data, ("what", "who", "by", "state"))
        return Decision(
            what=self._said(where, data, "what"),
            who=self._said(where, data, "who"),
            by=self._date(where, data, "by"),
            state=self._one(where, data, "state", STATES),
        )

    def _side(self, data: dict[str, Any], name: str) -> Delegation:
        side = data.get(name, {})
        if not isinstance(side, dict):
            self._wrong("", name, side, self.translate("names of entries, each with a value"))
            return Delegation()
        self._known(name, side, ("name", "logo"))
        return Delegation(self._said(name, side, "name"), self._logo(name, side))

    def _logo(self, where: str, data: dict[str, Any]) -> Logo | None:
        written = data.get("logo", "")
        if not written:
            return None
        try:
            return logo(base64.b64decode(written, validate=True), self.translate)
        except (TypeError, ValueError, binascii.Error):
            self._wrong(where, "logo", written, self.translate("a picture in Base64"))
        except InvalidLogo as invalid:
            self._add(f"{where}, logo: {invalid}")
        return None

    def _about(self, where: str, kind: str, value: Any) -> tuple[str, ...]:
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value) or len(value) > MOST_ABOUT:
            self._wrong(where, "about", value, self.translate("a list of at most {n} texts", n=MOST_ABOUT))
            return ()
        if kind == "pair" and len(value) != 1:
            self._wrong(where, "about", value, self.translate("the id of a twinning"))
            return ()
        tables, _, column = ABOUT.get(kind, "").partition(".")
        if column:
            self._among(where, value, self.atlas.schema.tables[tables].field(column).categories)
        elif tables:
            for one in value:
                if not any(one in self.atlas.table(table).index for table in tables.split()):
                    withdrawn = self.translate(
                        "{where}: this atlas has no record {value}; it may have been withdrawn. "
                        "Leave the scene out or choose another record.",
                        where=where,
                        value=_shown(one),
                    )
                    self._add(withdrawn)
        elif value and kind:
            self._wrong(where, "about", value, self.translate("nothing for this kind of scene"))
        return tuple(value)

    def _among(self, where: str, listed: list[str], known: Iterable[str]) -> None:
        for one in listed:
            if one not in known:
                self._wrong(where, "about", one, self.translate("one of {values}", values=", ".join(known)))

    def _selection(self, where: str, data: Any) -> Selection | None:
        lists = isinstance(data, dict) and all(isinstance(values, list) for values in data.values())
        if not lists or not all(isinstance(value, str) for values in data.values() for value in values):
            self._wrong(where, "selection", data, self.translate("names of filters, each with a list of texts"))
            return None
        selection, ignored = Selection.from_query(data, self.atlas)
        known = selection.to_query()
        ignored += [(name, value) for name in data if name not in known for value in data[name]]
        ignored += [("q", value) for value in data.get("q", ()) if not _printable(value, "q")]
        for name, value in dict.fromkeys(ignored):
            self._wrong(where, f"selection.{name}", value, self.translate("a value that this atlas knows"))
        return selection

    def _said(self, where: str, data: dict[str, Any], name: str) -> Said:
        texts = data.get(name, {})
        if not isinstance(texts, dict):
            self._wrong(where, name, texts, self.translate("texts by language"))
            return Said()
        for language in [one for one in texts if one not in SPOKEN]:
            self._wrong(where, f"{name}.{language}", texts[language], self.translate("no such entry"))
        return Said(**{one: self._text(where, name, texts[one], f"{name}.{one}") for one in SPOKEN if one in texts})

    def _text(self, where: str, name: str, value: Any, entry: str = "") -> str:
        most = LONGEST[name]
        if isinstance(value, str) and len(value) <= most and _printable(value, name):
            return value
        expected = self.translate("a text of at most {n} characters without control characters", n=most)
        self._wrong(where, entry or name, value, expected)
        return ""

    def _date(self, where: str, data: dict[str, Any], name: str) -> str:
        value = data.get(name, "")
        if value == "" or (isinstance(value, str) and is_partial_date(value)):
            return value
        self._wrong(where, name, value, self.translate("a date as {form}", form=FORM))
        return ""

    def _minutes(self, where: str, data: dict[str, Any], most: int) -> int | None:
        value = data.get("minutes")
        if value is None or (isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most):
            return value
        self._wrong(where, "minutes", value, self.translate("a whole number from 0 to {n}", n=most))
        return None

    def _one(self, where: str, data: dict[str, Any], name: str, known: tuple[Any, ...]) -> Any:
        value = data.get(name)
        if value in known:
            return value
        self._wrong(where, name, value, self.translate("one of {values}", values=", ".join(known)))
        return ""

    def _known(self, where: str, data: dict[str, Any], names: tuple[str, ...]) -> None:
        for name in [one for one in data if one not in names]:
            self._wrong(where, name, data[name], self.translate("no such entry"))

    def _wrong(self, where: str, name: str, value: Any, expected: str) -> None:
        place = ", ".join(filter(None, (where, _name(name))))
        self._add(
            self.translate(
                "{where}: {value} found, {expected} expected", where=place, value=_shown(value), expected=expected
            )
        )

    def _add(self, problem: str) -> None:
        self.count += 1
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(problem)


def _name(name: str) -> str:
    return name if name.isprintable() and len(name) <= LONGEST_SHOWN else _shown(name)


def _shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=True)
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 1]}…"
