"""What an export holds: the rows that a selection leaves in every table, and those rows in words."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from atlas import records
from atlas.model import commitments, coverage, signs
from atlas.model.atlas import Atlas
from atlas.model.selection import Selection
from atlas.words import columns, naming, vocabulary
from atlas.words.languages import in_order
from atlas.words.translator import Translator

# the column by which a record is dated in lists
DATES = {"agreements": "signed_on", "events": "date_from", "figures": "as_of"}


def selected(atlas: Atlas, selection: Selection | None) -> dict[str, pd.DataFrame]:
    """The rows of every table that belong to a selection, with the schema's columns; of the whole atlas for None.

    Twinnings, agreements, events and figures are those that pass the filters. The other tables follow them: members,
    totals whose scope is touched, discrepancies that concern a record or a twinned place, and the places (with the units
    above and after them), fields and sources that are referred to. Commitments follow the agreements and events in which they stand, with their evidence.
    """
    if selection is None:
        rows = dict(atlas.tables)
    else:
        rows = {"twinnings": selection.twinnings(atlas)} | {name: selection.records(atlas, name) for name in DATES}
        stated = coverage.coverage(atlas, selection.province + selection.region, selection.asof)
        rows["totals"] = atlas.table("totals").loc[[one.total["id"] for one in stated]]
        rows["discrepancies"] = _concerned(atlas, selection, rows)
        rows = followed(atlas, rows, selection.asof)
    return {name: rows[name][table.columns] for name, table in atlas.schema.tables.items()}


def followed(
    atlas: Atlas, rows: dict[str, pd.DataFrame], asof: str | None = None, places: Iterable[str] = ()
) -> dict[str, pd.DataFrame]:
    """Rows of twinnings, agreements, events, figures, totals and discrepancies with those of all other tables that follow them.

    :param asof: the day (ISO 8601) after which no evidence had been reported.
    :param places: ids of places that are among them, whatever is referred to.
    """
    schema = atlas.schema.tables
    members, taking_part = atlas.table("twinning_members"), atlas.table("series_members")
    rows = rows | {
        "twinning_members": members[members["twinning"].isin(rows["twinnings"].index)],
        "series_members": taking_part[taking_part["series"].isin(rows["events"]["series"])],
    }
    rows |= _promised(atlas, rows, asof)
    statements = atlas.table("discrepancy_statements")
    rows["discrepancy_statements"] = statements[statements["discrepancy"].isin(rows["discrepancies"].index)]
    cited = referred(schema, rows, "places").union(places)
    rows["places"] = atlas.table("places").loc[with_lineage(atlas, cited)]
    successions = atlas.table("successions")
    rows["successions"] = successions[successions["predecessor"].isin(rows["places"].index)]
    for name in ("fields", "sources"):
        table = atlas.table(name)
        rows[name] = table[table.index.isin(referred(schema, rows, name))]
    return rows


def _promised(atlas: Atlas, rows: dict[str, pd.DataFrame], asof: str | None) -> dict[str, pd.DataFrame]:
    table, shown = atlas.table("commitments"), atlas.table("commitment_evidence")
    kept = table[table["agreement"].isin(rows["agreements"].index) | table["event"].isin(rows["events"].index)]
    told = shown["commitment"].isin(kept.index)
    if asof:
        told &= shown["date"].fillna("") <= asof
    return {"commitments": kept, "commitment_evidence": shown[told]}


def _concerned(atlas: Atlas, selection: Selection, rows: dict[str, pd.DataFrame]) -> pd.DataFrame:
    table = atlas.table("discrepancies")
    if not selection.restricts:
        return table
    kept = {name: set(rows[name].index) for name in ("twinnings", "agreements", "events", "figures")} | {
        "places": {
            place for sides in (rows["twinnings"]["vn"], rows["twinnings"]["cn"]) for one in sides for place in one
        }
    }
    concerned = [any(not ids.isdisjoint(row[name]) for name, ids in kept.items()) for row in table.to_dict("records")]
    return table[np.array(concerned, bool)]


def with_lineage(atlas: Atlas, cited: set[str]) -> list[str]:
    """Places with their successors and all units above them, in the order of the table."""
    successors = {
        unit for place in cited for one in atlas.places.lineage(place) for unit in atlas.places.successors(one)
    }
    wanted = {unit for place in cited | successors for unit in atlas.places.lineage(place)}
    return [place for place in atlas.table("places").index if place in wanted]


def referred(schema: dict[str, records.Table], rows: dict[str, pd.DataFrame], target: str) -> set[str]:
    """The ids of a table to which rows of any table refer."""
    found: set[str] = set()
    for name, frame in rows.items():
        for field in schema[name].fields:
            if field.references == target:
                found.update(frame[field.name].explode().dropna())
    return found


def readable(
    atlas: Atlas, selection: Selection | None, translate: Translator, order: str | None = None
) -> dict[str, pd.DataFrame]:
    """The rows of :func:`selected` in one language, by table.

    Column titles and allowed values are words, ids of places and records are names, a text in three languages is one
    column. Twinnings name both sides; members say whether the unit exists on the day of :func:`day` and what came after it.

    :param order: the language whose order the two sides have, if it is another one.
    """
    schema = atlas.schema.tables
    answer = {}
    for name, rows in selected(atlas, selection).items():
        table = schema[name]
        other_languages = {
            column
            for texts in table.texts
            for column in texts
            if column != translate.column(column.rpartition("_")[0], texts)
        }
        frame = pd.DataFrame(
            {
                translate(columns.title(field)): [
                    columns.cell(atlas, field, value, words, translate) for value in rows[field.name]
                ]
                for field in table.fields
                if field.name not in other_languages
                for words in [vocabulary.of_field(field, translate)]
            }
        )
        for position, (title, column) in enumerate(
            _added(atlas, name, rows, selection, translate, order or translate.language)
        ):
            frame.insert(position + 1 if name == "twinnings" else len(frame.columns), title, column)
        for field in table.fields:
            if field.type in ("number", "integer"):
                heading = translate(columns.title(field))
                frame[heading] = pd.to_numeric(frame[heading]).convert_dtypes()
        answer[name] = frame
    return answer


def _added(
    atlas: Atlas, name: str, rows: pd.DataFrame, selection: Selection | None, translate: Translator, order: str
) -> list[tuple[str, list]]:
    if name == "twinnings":
        titles = in_order(order, ("VN", translate("Vietnamese side")), ("CN", translate("Chinese side")))
        sides = [
            (title, [naming.side(atlas, twinning, side, translate.language) for twinning in rows["id"]])
            for side, title in titles
        ]
        asof = selection.asof if selection else None
        last = [signs.last_seen(atlas, twinning, asof) or "" for twinning in rows["id"]]
        return [*sides, (translate("Last seen in a source"), last)]
    if name == "twinning_members":
        on = pd.Timestamp(day(atlas, selection)).date()
        exists = {True: translate("yes"), False: translate("no")}
        return [
            (translate("Unit exists"), [exists[atlas.places.exists(place, on)] for place in rows["place"]]),
            (
                translate("Successor"),
                [
                    "; ".join(
                        atlas.places.full_name(unit, translate.language) for unit in atlas.places.successors(place)
                    )
                    for place in rows["place"]
                ],
            ),
        ]
    if name == "commitments":
        states, asof = vocabulary.commitment_states(translate), selection.asof if selection else None
        return [(translate("State"), [states[commitments.state_of(atlas, one, asof)] for one in rows["id"]])]
    return []


def day(atlas: Atlas, selection: Selection | None) -> str:
    """The day for which units are shown (ISO 8601): the one chosen, otherwise the date of the data, so that an export does not change from day to day."""
    return selection.asof if selection and selection.asof else atlas.version
