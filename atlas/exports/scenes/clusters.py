"""Clusters of twinned communities."""

import pandas as pd

from atlas.exports.scenes import board
from atlas.exports.scenes.board import Context, Picture, Room
from atlas.exports.scenes.listing import cited, footnote, kept, several
from atlas.model import results
from atlas.model.selection import Selection
from atlas.model.session import Scene
from atlas.words import headings
from atlas.words.languages import in_order
from atlas.words.translator import IN_LISTS, Translator

LEVELS = ("commune", "village")
MOST_LINES = 3  # of the communities of one side
WIDTHS = {"vn": 9.0, "cn": 5.0, "signed": 2.6}


def clusters(asked: Context, scene: Scene, room: Room) -> Picture | None:
    """The communes and villages that are twinned, one twinning a row, with the names of both sides in both scripts."""
    selection = asked.selection(scene)
    rows = selection.twinnings(asked.atlas)
    rows = rows[rows["level"].isin(LEVELS)]
    if rows.empty:
        return None
    total = _total(asked, selection, rows)
    vn, cn = asked.atlas.distinct(rows.index, "vn", "cn")
    columns = (*in_order(asked.voice.first.language, "vn", "cn"), "signed")
    heads = {
        "vn": asked.voice(lambda translate: translate("Vietnamese side")),
        "cn": asked.voice(lambda translate: translate("Chinese side")),
        "signed": asked.voice(lambda translate: translate("Signed")),
    }
    every = rows.to_dict("records")
    table = board.table(
        room,
        tuple(WIDTHS[column] for column in columns),
        tuple(heads[column] for column in columns),
        tuple(tuple(_cell(asked, row, column) for column in columns) for row in every),
        lines=MOST_LINES,
    )
    shown = every[: len(table.rows)]

    def named(translate: Translator) -> str:
        return headings.named_clusters(len(rows), vn, cn, translate)

    return Picture(
        asked.say(
            lambda translate: headings.clusters(int(total["value"]) if total else None, len(rows), vn, cn, translate)
        ),
        (table,),
        (),
        footnote(asked, named if total else None, kept(shown, every)),
        cited([*shown, *([total] if total else [])]),
    )


def _cell(asked: Context, row: dict, column: str) -> str:
    if column == "signed":
        return asked.voice.first.date(row["signed_on"], IN_LISTS) if row["signed_on"] else "—"
    return several(asked, row[column])


def _total(asked: Context, selection: Selection, rows: pd.DataFrame) -> dict | None:
    """What a source says of how many such twinnings a province has in all, where it speaks of the levels shown."""
    if len(selection.province) != 1:
        return None
    for row in results.totals(asked.atlas, selection):
        of_province = row["place"] and asked.atlas.places[row["place"]]["kind"] == "province"
        counted = row["measure"] == "twinnings" and row["qualifier"] == "exact" and not row["counterpart"]
        if of_province and counted and set(rows["level"]) <= set(row["levels"]) and row["value"] >= len(rows):
            return row
    return None
