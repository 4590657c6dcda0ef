"""What was agreed at sessions and in papers, and what sources say became of it."""

from collections.abc import Iterable

import pandas as pd

from atlas.exports.scenes import board
from atlas.exports.scenes.board import Context, Picture, Room, Run, Table, Text, clipped
from atlas.exports.scenes.listing import Said, cited, footnote, kept
from atlas.model import agreed
from atlas.model import commitments as model
from atlas.model.selection import Selection
from atlas.model.session import Scene
from atlas.words import headings, outlook, vocabulary
from atlas.words.translator import IN_LISTS, Translator

WIDTHS = {"number": 1.0, "point": 8.6, "who": 4.2, "state": 6.6}
LINE = board.NAME * board.LEADING
Found = dict[str, list[dict]]  # rows of ``commitment_evidence`` by commitment


def commitments(asked: Context, scene: Scene, room: Room) -> Picture | None:
    """The points that the scene is about, or its sessions and papers agreed; those of the last session without any.

    Of points that do not all fit, those are shown on which sources report; they stand in the order of the paper.
    """
    selection = asked.selection(scene)
    records = _records(asked, scene, selection)
    every = _points(asked, records, scene)
    if not every:
        return None
    number = _number(asked, records) if len(every) == len(_points(asked, records)) else ""
    found = _evidence(asked, selection, every)
    ordered = sorted(every, key=lambda row: row["id"] not in found)
    whose = {asked.voice(lambda translate, row=row: _who(row, translate)) for row in every}
    said, below = _for_all(asked, whose.pop(), room) if len(whose) == 1 and len(every) > 1 else ((), room)
    differ = bool(any(whose))
    shown, columns = _fitting(asked, ordered, found, differ, below)
    shown = [row for row in every if row in shown]
    return Picture(
        asked.say(lambda translate: headings.commitments(number, len(every), len(found), translate)),
        (*said, _table(asked, shown, found, columns, below)),
        _subtitle(asked, records),
        footnote(
            asked,
            _links(found) if found else None,
            kept(shown, every),
            _counted if number and records[0]["ordinal_inferred"] else None,
            None if len(found) == len(every) else _silence,
        ),
        cited([*shown, *(one for row in shown for one in found.get(row["id"], ()))]),
        tuple(asked.voice.first.text(row, "text") for row in every),
    )


def _fitting(
    asked: Context, ordered: list[dict], found: Found, differ: bool, room: Room
) -> tuple[list[dict], list[str]]:
    """The first of the points that have room, and the columns that say anything of them; fewer columns leave room for more."""
    columns = _columns(asked, ordered, differ)
    while True:
        shown = ordered[: len(_table(asked, ordered, found, columns, room).rows)]
        said = _columns(asked, shown, differ)
        if said == columns:
            return shown, columns
        more = ordered[: len(_table(asked, ordered, found, said, room).rows)]
        if _columns(asked, more, differ) != said:  # the next point needs the column again
            return shown, said
        columns = said


def points(asked: Context, scene: Scene) -> list[dict]:
    """The points that a scene is about: rows of ``commitments``."""
    return _points(asked, _records(asked, scene, asked.selection(scene)), scene)


def _for_all(asked: Context, who: str, room: Room) -> tuple[tuple[Text, ...], Room]:
    """Who is to do all the points, where that is the same for all, and the room below it."""
    if not who:
        return (), room
    head = asked.say(lambda translate: translate("Who, by when"))
    lines = tuple(Run(f"{name}: {one}", board.NAME, colour=board.QUIET) for name, one in zip(head, who.split("\n")))
    high = LINE * len(lines)
    text = Text(
        Room(room.x + board.CELL[0], room.y, room.width, high),
        tuple(one for line in lines for one in clipped((line,), room.width, LINE)),
    )
    return (text,), Room(room.x, room.y + high + 12, room.width, room.height - high - 12)


def _columns(asked: Context, rows: list[dict], differ: bool) -> list[str]:
    """The columns that say anything of some points; that of who is to do them only where it differs."""
    numbered = any(pd.notna(row["ordinal"]) for row in rows)
    whose = differ and any(asked.voice(lambda translate, row=row: _who(row, translate)) for row in rows)
    return [*(["number"] if numbered else []), "point", *(["who"] if whose else []), "state"]


def _records(asked: Context, scene: Scene, selection: Selection) -> list[dict]:
    """The sessions and papers of the scene, else the last session held at which something was agreed, else the last paper."""
    atlas = asked.atlas
    if scene.about:
        papers = agreed.points(atlas)["paper"]
        named = dict.fromkeys(papers.get(one, one) for one in scene.about)
        known = [one for one in named if atlas.record_tables.get(one) in ("events", "agreements")]
        return [row for one in known for row in atlas.records(atlas.record_tables[one], [one])]
    events, papers = (atlas.records(name, selection.records(atlas, name).index) for name in ("events", "agreements"))
    day = selection.day(atlas).isoformat()
    held = [row for row in events if row["status"] == "held" and row["date_from"] and row["date_from"] <= day]
    newest = sorted(held, key=lambda row: (row["series"] is not None, row["date_from"]), reverse=True)
    newest += sorted(papers, key=lambda row: row["signed_on"] or "", reverse=True)
    return next(([row] for row in newest if _points(asked, [row])), [])


def _points(asked: Context, records: Iterable[dict], scene: Scene | None = None) -> list[dict]:
    """All points of sessions and papers; of a scene that names points those alone."""
    tables = asked.atlas.record_tables
    if scene and (named := [one for one in scene.about if one in agreed.points(asked.atlas).index]):
        return asked.atlas.records("commitments", named)
    found = (row for one in records for row in model.of_record(asked.atlas, tables[one["id"]], one["id"]))
    return list({row["id"]: row for row in found}.values())


def _evidence(asked: Context, selection: Selection, every: list[dict]) -> Found:
    """What sources reported of the points by the day shown; points of which none did are left out."""
    day = selection.day(asked.atlas).isoformat()
    known = model.evidence(asked.atlas)
    by_day = {row["id"]: [one for one in known.get(row["id"], ()) if (one["date"] or "") <= day] for row in every}
    return {point: rows for point, rows in by_day.items() if rows}


def _number(asked: Context, records: list[dict]) -> str:
    """The number of the only session, empty where there is no one such number."""
    if len(records) != 1 or asked.atlas.record_tables[records[0]["id"]] != "events":
        return ""
    return "" if pd.isna(records[0]["ordinal"]) else str(int(records[0]["ordinal"]))


def _subtitle(asked: Context, records: list[dict]) -> tuple[str, ...]:
    """Which session or paper this is, with its date once, or how many they are; the title has the number of a session."""
    if len(records) > 1:
        days = sorted(filter(None, (row.get("signed_on") or row.get("date_from") for row in records)))
        between = " – ".join(asked.voice.first.date(day, IN_LISTS) for day in dict.fromkeys((*days[:1], *days[-1:])))
        number = asked.say(
            lambda translate: translate.plural("{n} meeting or paper", "{n} meetings and papers", len(records))
        )
        return (*number, between) if days else number
    (row,) = records
    names = asked.say(lambda translate: _name(asked, row, translate))
    date = row.get("signed_on") or row.get("date_from")
    return (*names, asked.voice.first.date(date, IN_LISTS)) if date else names


def _name(asked: Context, row: dict, translate: Translator) -> str:
    return outlook.series_name(asked.atlas, row, translate) if row.get("series") else translate.text(row, "title")


def _counted(translate: Translator) -> str:
    return translate("The number of the session is counted, not stated.")


def _links(found: Found) -> Said:
    by_paper = sum(any(one["link"] == "paper" for one in rows) for rows in found.values())
    return lambda translate: translate(
        "The paper is named: {paper}; same matter only: {matter}.",
        paper=by_paper,
        matter=len(found) - by_paper,
    )


def _silence(translate: Translator) -> str:
    return translate("“No evidence found”: in the sources read so far.")


def _table(asked: Context, rows: list[dict], found: Found, columns: list[str], room: Room) -> Table:
    heads = {
        "number": lambda translate: translate("No."),
        "point": lambda translate: translate("What was agreed"),
        "who": lambda translate: translate("Who, by when"),
        "state": lambda translate: translate("State"),
    }
    cells = {
        "number": lambda row, translate: "" if pd.isna(row["ordinal"]) else str(int(row["ordinal"])),
        "point": lambda row, translate: translate.text(row, "text"),
        "who": _who,
        "state": lambda row, translate: _state(found.get(row["id"], []), translate),
    }
    return board.table(
        room,
        tuple(WIDTHS[column] for column in columns),
        tuple(asked.voice(heads[column]) for column in columns),
        tuple(
            tuple(
                asked.voice(lambda translate, row=row, column=column: cells[column](row, translate))
                for column in columns
            )
            for row in rows
        ),
        size=board.NAME,
    )


def _who(row: dict, translate: Translator) -> str:
    due = translate("by {day}", day=translate.date(row["due"], IN_LISTS)) if row["due"] else ""
    said = (
        translate.text(row, "responsible_vn"),
        translate.text(row, "responsible_cn"),
        due,
        translate.text(row, "rhythm"),
    )
    return translate.join_long(text for text in said if text)


def _state(rows: list[dict], translate: Translator) -> str:
    """The state with the date of the last report, and whether a source names the paper."""
    state = vocabulary.commitment_states(translate)[model.state(row["kind"] for row in rows)]
    if not rows:
        return state
    newest = max(row["date"] or "" for row in rows)
    by_paper = any(row["link"] == "paper" for row in rows)
    link = translate("paper named") if by_paper else translate("same matter")
    return translate.join([state, *([translate.date(newest, IN_LISTS)] if newest else []), link])
