"""How many twinnings each province has at each level."""

import math
from dataclasses import dataclass, replace

from atlas.exports.scenes import board
from atlas.exports.scenes.board import CELL, Context, Picture, Room, Run
from atlas.exports.scenes.listing import both_scripts, cited, footnote, kept
from atlas.look.text import HAN
from atlas.model.atlas import LEVELS
from atlas.model.selection import Selection
from atlas.model.session import Scene
from atlas.words import headings, vocabulary
from atlas.words.translator import Translator

GATES = "border_gate"
NOWHERE = ""  # the row of twinnings of which no source names the province
HAN_TOGETHER = 4  # Chinese characters that stay in one line of a head
LINES = 2  # of a head in each language
WIDEST = 120  # units that a column gets beyond what its head needs
UNKNOWN, NONE = "—", "0"


@dataclass(frozen=True)
class Counted:
    """Twinnings by row and by column: the ids in each cell; the names of rows and columns in the session's languages."""

    rows: dict[str, str]
    columns: dict[str, str]
    cells: dict[tuple[str, str], list[str]]

    def count(self, row: str | None = None, column: str | None = None) -> int:
        """How many different twinnings a row, a column or a cell has."""
        return len(
            {
                one
                for (at, over), ids in self.cells.items()
                if row in (None, at) and column in (None, over)
                for one in ids
            }
        )


def matrix(asked: Context, scene: Scene, room: Room) -> Picture | None:
    """Provinces by level; for a single province its levels by Chinese unit. Paired gates are counted apart."""
    selection = asked.selection(scene)
    rows = selection.twinnings(asked.atlas)
    every = rows[rows["level"] != GATES].to_dict("records")
    if not every:
        return None
    provinces = _provinces(asked, selection, every)
    single = len(provinces) == 1
    counted = _by_partner(asked, every) if single else _by_province(asked, every, provinces)
    gates = 0 if selection.level else len(replace(selection, level=(GATES,)).twinnings(asked.atlas))
    twice = not single and sum(counted.count(row) for row in counted.rows) > len(every)
    levels = len({row["level"] for row in every})
    held = sum(bool(counted.count(row)) for row in provinces)
    table = _table(asked, counted, room)
    return Picture(
        asked.say(
            lambda translate: headings.matrix(
                asked.atlas.places.name(provinces[0], translate.language) if single else "",
                held,
                len(every),
                levels,
                translate,
            )
        ),
        (table,),
        (),
        footnote(
            asked,
            kept(table.rows[1:], counted.rows),
            _none,
            _shared if twice else None,
            (lambda translate: _gates(gates, translate)) if gates else None,
        ),
        cited(every),
    )


def _none(translate: Translator) -> str:
    return translate("0: none is on record.")


def _shared(translate: Translator) -> str:
    return translate("A twinning of two provinces stands under both and counts once in all.")


def _gates(count: int, translate: Translator) -> str:
    return translate.plural(
        "{n} pair of border gates is not counted.", "{n} pairs of border gates are not counted.", count
    )


def _provinces(asked: Context, selection: Selection, every: list[dict]) -> list[str]:
    """The provinces chosen, else those of the day that have a twinning."""
    places, day = asked.atlas.places, selection.day(asked.atlas)
    if selection.province:
        return [places.by_slug[slug] for slug in selection.province]
    found = [slug for slug in asked.atlas.province_slugs if any(slug in row["slugs"] for row in every)]
    return [places.by_slug[slug] for slug in found if places.exists(places.by_slug[slug], day)]


def _levels(asked: Context, every: list[dict]) -> dict[str, str]:
    present = {row["level"] for row in every}
    return {
        level: asked.voice(
            lambda translate, level=level: vocabulary.labels(asked.atlas, "twinnings.level", translate)[level]
        )
        for level in LEVELS
        if level in present
    }


def _by_province(asked: Context, every: list[dict], provinces: list[str]) -> Counted:
    """One row a province, and one for twinnings of which no source names the province."""
    cells: dict[tuple[str, str], list[str]] = {}
    places = asked.atlas.places
    known = {place: places[place]["slug"] for place in provinces}
    for row in every:
        for place in [place for place, slug in known.items() if slug in row["slugs"]] or [NOWHERE]:
            cells.setdefault((place, row["level"]), []).append(row["id"])
    names = {place: both_scripts(asked, place) for place in provinces}
    if any(place == NOWHERE for place, _ in cells):
        names[NOWHERE] = asked.voice(lambda translate: translate("Province not stated"))
    return Counted(names, _levels(asked, every), cells)


def _by_partner(asked: Context, every: list[dict]) -> Counted:
    cells: dict[tuple[str, str], list[str]] = {}
    for row in every:
        for unit in {_prefecture(asked, place) for place in row["cn"]}:
            cells.setdefault((row["level"], unit), []).append(row["id"])
    units = {unit for _, unit in cells}
    order = [asked.atlas.places.by_slug[slug] for slug in asked.atlas.region_slugs]
    ordered = sorted(units, key=lambda unit: order.index(unit) if unit in order else len(order))
    names = {
        unit: asked.voice(lambda translate, unit=unit: asked.atlas.places.name(unit, translate.language))
        for unit in ordered
    }
    return Counted(_levels(asked, every), names, cells)


def _prefecture(asked: Context, place: str) -> str:
    """The prefecture that a place lies in; a larger unit for what lies in none."""
    line = list(asked.atlas.places.lineage(place))
    kinds = {asked.atlas.places[one]["kind"]: one for one in line}
    return kinds.get("prefecture") or kinds.get("region") or kinds.get("province") or place


def _table(asked: Context, counted: Counted, room: Room) -> board.Table:
    """The sum of all first, then one row each; in words where the columns would be too narrow for their heads."""
    whole = asked.voice(lambda translate: translate("All"))
    heads = ("", *counted.columns.values(), whole)
    rows = [(_line(whole), *(str(counted.count(None, column)) for column in counted.columns), str(counted.count()))]
    rows += [(_line(name), *_numbers(counted, row)) for row, name in counted.rows.items()]
    name = max(board.width_of(Run(row[0], board.LABEL)) for row in rows) + 2 * CELL[0] + 6
    least = [_least(head) for head in heads[1:]]
    spare = room.width - name - math.fsum(least)
    if spare >= 0:
        more = min(spare / len(least), WIDEST)
        return board.table(
            room,
            (room.width - math.fsum(least) - more * len(least), *(one + more for one in least)),
            heads,
            tuple(rows),
        )
    said = tuple((row[0], row[-1], _in_words(counted, row[1:-1])) for row in rows)
    share = min(name, room.width * 0.3)
    return board.table(room, (share, 110, room.width - share - 110), ("", whole, ""), said, lines=len(counted.columns))


def _line(name: str) -> str:
    return name.replace("\n", " · ")


def _numbers(counted: Counted, row: str) -> tuple[str, ...]:
    if not counted.count(row):
        return tuple(UNKNOWN for _ in (*counted.columns, ""))
    return (*(str(counted.count(row, column)) for column in counted.columns), str(counted.count(row)))


def _in_words(counted: Counted, numbers: tuple[str, ...]) -> str:
    """The numbers of a row with what each counts, where columns would be too narrow for their heads."""
    names = [name.split("\n") for name in counted.columns.values()]
    lines = zip(*names) if len({len(name) for name in names}) == 1 else [[" ".join(name) for name in names]]
    return "\n".join(
        " · ".join(f"{name} {number}" for name, number in zip(line, numbers) if number != NONE) for line in lines
    )


def _least(head: str) -> float:
    """How wide a column must be so that its head needs two lines a language and no word is broken, but Chinese anywhere."""
    words = [word[:HAN_TOGETHER] if HAN.search(word) else word for word in head.split()]
    width = max(board.width_of(Run(word, board.LABEL, True)) for word in words) + 2
    while any(len(board.wrapped(Run(line, board.LABEL, True), width)) > LINES for line in head.split("\n")):
        width += 10
    return width + 2 * CELL[0]
