"""Who signs again: the twinnings that lost a unit, by what stands in."""

from collections.abc import Iterable

from atlas.exports.scenes import board
from atlas.exports.scenes.board import Context, Item, Picture, Room, Run, Table, Text, runs
from atlas.exports.scenes.listing import both_scripts, cited, footnote, kept
from atlas.model import reform as model
from atlas.model.reform import CASES, Abolished
from atlas.model.selection import Selection
from atlas.model.session import Scene
from atlas.words import headings, naming, vocabulary
from atlas.words.translator import Translator

APART = 30
WIDTHS = {"ended": 5.0, "today": 5.0, "cn": 4.4, "case": 3.6}
FIRST = 3.8  # columns of numbers that the names of provinces are wide


def reform(asked: Context, scene: Scene, room: Room) -> Picture | None:
    """The number of each case above the twinnings of one province, or by province for several."""
    selection = asked.selection(scene)
    listed = model.abolished(asked.atlas, selection)
    if not listed:
        return None
    cases = [len(rows) for rows in model.by_case(listed).values()]
    provinces = _provinces(asked, selection, listed)
    single = len(provinces) == 1
    if single:
        numbers, below = _numbers(asked, cases, room)
        table = _twinnings(asked, listed, below)
    else:
        numbers, table = [], _by_province(asked, listed, provinces, room)
    shown = kept(table.rows if single else table.rows[1:], listed if single else provinces)
    day = selection.day(asked.atlas).isoformat()
    return Picture(
        asked.say(lambda translate: headings.reform(len(listed), cases, translate)),
        (*numbers, table),
        asked.say(lambda translate: translate("units as of {day}", day=translate.date(day))),
        footnote(asked, shown),
        cited(asked.atlas.records("twinnings", [row.twinning for row in listed])),
    )


def _numbers(asked: Context, cases: list[int], room: Room) -> tuple[list[Item], Room]:
    """How many twinnings each case has, in large type beside each other, and the room below."""
    width = (room.width - APART * (len(CASES) - 1)) / len(CASES)
    numbers = [Run(str(count), board.VALUE, True, board.ACCENT) for count in cases]
    wide = max(map(board.width_of, numbers)) + 20
    names = [
        runs(asked.say(lambda translate, case=case: vocabulary.reform_cases(translate)[case]), board.NAME, bold=False)
        for case in CASES
    ]
    high = max(board.VALUE * board.LEADING, *(board.height_of(said, width - wide) for said in names))
    items: list[Item] = []
    for at, (number, said) in enumerate(zip(numbers, names)):
        x = room.x + at * (width + APART)
        items.append(Text(Room(x, room.y, wide, board.VALUE * board.LEADING), (number,)))
        items.append(Text(Room(x + wide, room.y + 4, width - wide, high), said))
    below = Room(room.x, room.y + high + APART, room.width, room.height - high - APART)
    return items, below


def _provinces(asked: Context, selection: Selection, listed: list[Abolished]) -> list[str]:
    """The provinces chosen, else those of the day under which a twinning falls."""
    places, day = asked.atlas.places, selection.day(asked.atlas)
    if selection.province:
        return [places.by_slug[slug] for slug in selection.province]
    slugs = {slug for row in listed for slug in asked.atlas.twinnings.at[row.twinning, "slugs"]}
    found = (places.by_slug[slug] for slug in asked.atlas.province_slugs if slug in slugs)
    return [place for place in found if places.exists(place, day)]


def _by_province(asked: Context, listed: list[Abolished], provinces: list[str], room: Room) -> Table:
    """How many twinnings of each case each province has; one of two provinces stands under both."""

    def counts(rows: list[Abolished]) -> list[str]:
        return [*(str(len(mine)) for mine in model.by_case(rows).values()), str(len(rows))]

    def of(place: str) -> list[Abolished]:
        slug = asked.atlas.places[place]["slug"]
        return [row for row in listed if slug in asked.atlas.twinnings.at[row.twinning, "slugs"]]

    names = (asked.voice(lambda translate, case=case: vocabulary.reform_cases(translate)[case]) for case in CASES)
    whole = asked.voice(lambda translate: translate("All"))
    heads = (asked.voice(lambda translate: translate("Province")), *names, whole)
    rows = [(whole.replace("\n", " · "), *counts(listed))]
    rows += [(both_scripts(asked, place), *counts(of(place))) for place in provinces]
    return board.table(room, (FIRST, *(2.4 for _ in CASES), 1.2), heads, tuple(rows), lines=3)


def _twinnings(asked: Context, listed: list[Abolished], room: Room) -> Table:
    """The twinnings by their case: who signed, who stands in, and the Chinese side."""
    columns = ("ended", "today", "cn", "case")
    said = {
        "ended": lambda translate: translate("Signed by"),
        "today": lambda translate: translate("Today"),
        "cn": lambda translate: translate("Chinese side"),
        "case": lambda translate: translate("What stands in"),
    }
    ordered = [row for rows in model.by_case(listed).values() for row in rows]
    return board.table(
        room,
        tuple(WIDTHS[column] for column in columns),
        tuple(asked.voice(said[column]) for column in columns),
        tuple(
            tuple(
                asked.voice(lambda translate, row=row, column=column: _cell(asked, row, column, translate))
                for column in columns
            )
            for row in ordered
        ),
        size=board.NAME,
    )


def _cell(asked: Context, row: Abolished, column: str, translate: Translator) -> str:
    atlas, language = asked.atlas, translate.language

    def names(places: Iterable[str]) -> str:
        return translate.join(dict.fromkeys(atlas.places.typed_name(place, language) for place in places))

    def signed(member: dict) -> str:
        return translate.text(member, "organisation") or atlas.places.typed_name(member["place"], language)

    match column:
        case "ended":
            members = (one for one in atlas.members[row.twinning] if one["place"] in row.ended)
            return translate.join(dict.fromkeys(signed(one) for one in members))
        case "cn":
            return naming.side(atlas, row.twinning, "CN", language)
        case "case":
            return vocabulary.reform_cases(translate)[row.case]
    if row.successors or not row.area:
        return names(row.successors) or "—"
    return translate("on its area: {units}", units=names(row.area))
