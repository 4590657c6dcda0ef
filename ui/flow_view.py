"""What the pages on flows and meetings share: count line, map, list of records, card, and where sources disagree."""

from collections.abc import Callable, Mapping, Sequence, Sized
from functools import partial
from urllib.parse import quote

import pandas as pd
import streamlit as st
from markupsafe import Markup
from streamlit_folium import st_folium

from atlas.cards import discrepancy, record
from atlas.charts import counts
from atlas.look.palette import PROGRAMME_COLOURS
from atlas.maps import flows, framing, leaflet
from atlas.model import quality
from atlas.model.atlas import Atlas, cached
from atlas.model.selection import Selection
from atlas.model.topics import Topic
from atlas.words import naming, sentences, values, vocabulary
from atlas.words.translator import IN_LISTS, Translator
from server import basemap
from ui import changed_mark, downloads, filters, frame, links, record_list, state, views
from ui.map_view import HEIGHT, TO_ROOT
from ui.records import show_cards

Records = dict[str, pd.DataFrame]


def opening(
    atlas: Atlas,
    topic: Topic,
    page: str,
    translate: Translator,
    extra: Callable[[Records], dict] | None = None,
    first: Callable[[Records], None] | None = None,
) -> Records:
    """The head, filters, lists, map and card of a page on one topic. Returns the records that the filters leave.

    :param extra: makes further shapes of the map from these records.
    :param first: draws what stands before lists and map.
    """
    selection = state.selection()
    records = topic.records(atlas, selection)
    head(atlas, page, topic, selection, records, translate)
    if first:
        first(records)
    with st.container(key="flows"):
        left, right = st.columns([3, 4])
        with left:
            lists(atlas, records, translate)
            card(atlas, records, translate)
        with right:
            counted = of_unit(records["figures"], unit(atlas, topic.figures(atlas), records["figures"], translate))
            flow_map(atlas, selection, counted, translate, page, extra and extra(records))
    return records


def head(atlas: Atlas, page: str, topic: Topic, selection: Selection, records: Records, translate: Translator) -> None:
    """The head and the filters of a page on one topic."""
    frame.head(page, translate, count(records, translate), partial(downloads.show, atlas, selection, translate))
    filters.show(atlas, translate, lambda one: topic.records(atlas, one).values(), twinnings=False)
    filters.left_undated(selection, lambda one: sum(map(len, topic.records(atlas, one).values())), translate)


def count(records: Records, translate: Translator) -> str:
    """How many records of each kind the filters leave, and on how many sources they rest."""
    cited = {source for rows in records.values() for sources in rows["sources"] for source in sources}
    numbers = [
        translate.plural("{n} figure", "{n} figures", len(records["figures"])),
        translate.plural("{n} meeting or course", "{n} meetings and courses", len(records["events"])),
        translate.plural("{n} agreement", "{n} agreements", len(records["agreements"])),
        translate.plural("{n} source", "{n} sources", len(cited)),
        state.of_day(),
    ]
    return " · ".join(numbers)


def empty(records: Records, translate: Translator) -> bool:
    """Say why nothing is shown, if nothing is."""
    if any(len(rows) for rows in records.values()):
        return False
    st.info(
        translate(
            "No figure, meeting or agreement passes all filters together. Take back one of the filters, or reset them."
        )
    )
    return True


def unit(atlas: Atlas, rows: pd.DataFrame, left: pd.DataFrame, translate: Translator) -> tuple[str, str]:
    """Let the visitor choose what the map counts: the measure and rate.

    At first they are those of the figure that is open, or the first that any figure has; empty where a map counts none.

    :param rows: all figures of the page, so that the choice stays the same whatever the filters leave.
    :param left: those that the filters leave.
    :return: the measure and rate; two empty texts where the page has no figure for a map.
    """
    names = vocabulary.units(atlas, translate)
    present = rows.groupby(["measure", "rate"]).size().sort_values(ascending=False).index
    pairs = [(measure, rate) for measure, rate in present if not measure.startswith(("money", "kilometres"))]
    parts = {f"{measure}-{rate}": names[measure, rate] for measure, rate in pairs}
    if not parts:
        return "", ""
    shown = [f"{row['measure']}-{row['rate']}" for one in opened(atlas) for row in _figure(atlas, one)]
    counted = set(left["measure"] + "-" + left["rate"])
    default = next((one for one in [*shown, *(part for part in parts if part in counted)] if one in parts), None)
    measure, _, rate = views.choose(parts, translate("The map counts"), "unit", default).rpartition("-")
    return measure, rate


def _figure(atlas: Atlas, identifier: str) -> list[dict]:
    return atlas.records("figures", [identifier]) if atlas.record_tables[identifier] == "figures" else []


def of_unit(rows: pd.DataFrame, chosen: tuple[str, str]) -> pd.DataFrame:
    """The figures of one measure and rate."""
    return rows[(rows["measure"] == chosen[0]) & (rows["rate"] == chosen[1])]


def flow_map(
    atlas: Atlas, selection: Selection, rows: pd.DataFrame, translate: Translator, key: str, extra: dict | None = None
) -> None:
    """Draw figures of one unit as flows in the colours of their programmes, with what each mark means.

    :param extra: further shapes, such as a route.
    """
    found = flows.flows(atlas, rows)
    shapes = flows.flow_shapes(atlas, found, lambda row: PROGRAMME_COLOURS[row["programme"]])
    show(atlas, selection, flows.joined(shapes, extra) if extra else shapes, translate, key)
    programmes = [flow.figures[0]["programme"] for flow in found]
    legend(flows.legend(found, translate), counts.programme_legend(atlas, programmes, translate), translate)
    if unplaced := len(rows) - len({row["id"] for flow in found for row in flow.figures}):
        st.caption(
            translate.plural(
                "{n} figure names only whole countries and is not on the map.",
                "{n} figures name only whole countries and are not on the map.",
                unplaced,
            )
        )
    if rows.empty:
        st.caption(translate("No figure that passes the filters is counted in this unit; the map shows none."))


def show(atlas: Atlas, selection: Selection, shapes: dict, translate: Translator, key: str) -> None:
    """The map with these shapes; a click opens the records that the shape stands for."""
    selected = flows.concerned(atlas, opened(atlas))
    ends = flows.ends(shapes)
    whole = framing.of_border_and(atlas, ends)
    group = flows.group(
        atlas,
        flows.joined(shapes, flows.opened_shapes(atlas, selected, shapes)),
        translate,
        bilingual=selection.labels,
        asof=selection.day(atlas).isoformat(),
        selected=selected,
        frame=state.visit().frame,
        framed=framing.of_results(atlas, ends) if selection.restricts else whole,
        whole=whole,
        layers=selection.layers,
    )
    with st.container(key="map"):
        st_folium(
            leaflet.base_map(atlas.files, TO_ROOT, basemap.under(TO_ROOT), flows=True),
            key=f"clicked-{key}",
            height=HEIGHT,
            use_container_width=True,
            returned_objects=[],
            feature_group_to_add=group,
            render=False,  # what is returned is rendered in any case
        )


def legend(marks: list[tuple[Markup, str]], colours: tuple[tuple[str, str], ...], translate: Translator) -> None:
    """What widths, dashes and colours on the map mean; and what the boundaries are."""
    safe = " /:='<>"  # what an address between double quotes may hold as it is
    # quoted for an address, nothing in the drawing ends the attribute
    entries = [
        Markup('<span><img alt="" src="data:image/svg+xml,{}">{}</span>').format(Markup(quote(svg, safe=safe)), text)
        for svg, text in marks
    ]
    entries += [Markup("<span><i style='background:{}'></i>{}</span>").format(colour, name) for name, colour in colours]
    whole = Markup("<div class='legend'>{}</div><div class='below'><p>{}</p></div>")
    st.html(whole.format(Markup("").join(entries), sentences.about_boundaries(translate)))


def lists(atlas: Atlas, records: Records, translate: Translator, first: str = "figures") -> str:
    """The records as a table, one kind at a time; a row opens its card. Returns the kind that is shown."""
    names = {
        "figures": translate("Figures"),
        "events": translate("Meetings and courses"),
        "agreements": translate("Agreements"),
    }
    names = {name: names[name] for name in sorted(names, key=lambda name: name != first)}
    chosen = choose_list(atlas, names, records, translate)
    table(atlas, chosen, records[chosen], translate)
    return chosen


def choose_list(
    atlas: Atlas,
    names: dict[str, str],
    records: Mapping[str, Sized],
    translate: Translator,
    of_series: str = "events",
    parameter: str = "list",
) -> str:
    """Let the visitor choose one of the lists of a page; at first that of what is open, or the first that holds anything.

    :param of_series: the list that has the meetings of a series.
    :param parameter: that of the address which holds the choice.
    """
    kinds = [_list_of(atlas, one, of_series) for one in opened(atlas)]
    filled = [name for name in names if len(records[name])]
    default = next((name for name in [*kinds, *filled] if name in names), None)
    return views.choose(names, translate("List"), parameter, default)


def _list_of(atlas: Atlas, identifier: str, of_series: str) -> str:
    table = atlas.record_tables[identifier]
    (row,) = atlas.records(table, [identifier])
    return of_series if table == "events" and row["series"] else table


def table(atlas: Atlas, name: str, rows: pd.DataFrame, translate: Translator) -> None:
    """Records of one kind, one a row; a row opens its card and moves the map to it."""
    if rows.empty:
        st.info(
            {
                "figures": translate("No figure passes the filters."),
                "events": translate("No meeting passes the filters."),
                "agreements": translate("No agreement passes the filters."),
                "twinnings": translate("No twinning passes the filters."),
            }[name]
        )
        return
    with st.container(key="records-table"):
        st.html(_list(atlas, name, tuple(rows.index), translate.language, changed_mark.since(atlas)))


@cached(200)
def _list(atlas: Atlas, name: str, ids: tuple[str, ...], language: str, since: str | None) -> Markup:
    translate = Translator(language)
    label = translate("The records that the filters leave, one a row")
    parameter = "pair" if name == "twinnings" else "record"
    columns: dict[str, Sequence[str]] = {**_columns(atlas, name, atlas.records(name, ids), translate)}
    first = next(iter(columns))
    marks = changed_mark.small(atlas, since, name, ids, translate)
    columns[first] = [Markup("{}{}").format(*one) for one in zip(columns[first], marks)]
    return record_list.html(columns, ids, label, parameter)


def _columns(atlas: Atlas, name: str, rows: list[dict], translate: Translator) -> dict[str, list[str]]:
    if name == "twinnings":
        titles = [naming.title(atlas, row, translate.language) for row in rows]
    else:
        titles = [translate.text(row, "title") for row in rows]
    match name:
        case "figures":
            return {
                translate("What is counted"): titles,
                translate("Value"): [values.amount(row, translate) for row in rows],
                translate("As of"): [
                    translate.date(row["as_of"], IN_LISTS) if row["as_of"] else translate("not stated") for row in rows
                ],
            }
        case "events":
            return {
                translate("Meeting or course"): titles,
                translate("Date"): [values.event_date(row, translate, IN_LISTS) for row in rows],
                translate("Place"): [
                    atlas.places.name(row["place"], translate.language) if row["place"] else translate("not stated")
                    for row in rows
                ],
            }
        case "agreements":
            subjects = vocabulary.labels(atlas, "agreements.subject", translate)
            return {
                translate("Agreement"): titles,
                translate("Signed"): [translate.date(row["signed_on"], IN_LISTS) for row in rows],
                translate("Valid until"): [
                    translate.date(row["valid_until"], IN_LISTS) if row["valid_until"] else translate("not stated")
                    for row in rows
                ],
                translate("Subject"): [subjects[row["subject"]] for row in rows],
            }
        case _:
            levels = vocabulary.labels(atlas, "twinnings.level", translate)
            return {
                translate("Twinning"): titles,
                translate("Signed"): [translate.date(row["signed_on"], IN_LISTS) for row in rows],
                translate("Level"): [levels[row["level"]] for row in rows],
            }


def card(atlas: Atlas, records: Records, translate: Translator) -> None:
    """The whole record of what is open on this page, beside all else, or what to do to see one."""
    with st.container(key="drawer"):
        card_in_place(atlas, records, translate)


def card_in_place(atlas: Atlas, records: Records, translate: Translator) -> None:
    """The same as :func:`card`, where the page has a place for it."""
    here = [one for one in opened(atlas) if any(one in rows.index for rows in records.values())]
    hint = translate("Click a curve or a mark on the map, or a row of the list, to see the record with its sources.")
    cards = (
        record.html(atlas, one, translate, links.record)
        + changed_mark.mark(atlas, record.table_of(atlas, one) or "", one, translate)
        for one in here
    )
    show_cards(Markup("").join(cards), hint, translate)


def disputed(atlas: Atlas, records: Records) -> list[str]:
    """The ids of the points on which sources disagree about these records."""
    found = (quality.differences(atlas, name, rows.index).index for name, rows in records.items())
    return list(dict.fromkeys(one for ids in found for one in ids))


def points(atlas: Atlas, ids: list[str], translate: Translator) -> None:
    """Points on which sources disagree, each opens its statements side by side; a sentence where there is none."""
    if not ids:
        st.info(translate("Sources do not disagree about these records."))
        return
    point = Markup("<details><summary>{}</summary>{}</details>")
    listed = Markup("").join(
        point.format(translate.text(row, "title"), discrepancy.html(atlas, row["id"], translate, links.record))
        for row in atlas.records("discrepancies", ids)
    )
    st.html(Markup("<div class=points>{}</div>").format(listed))


def differences(atlas: Atlas, records: Records, translate: Translator, key: str) -> None:
    """How many points there are on which sources disagree about these records, and the points when that is opened."""
    ids = disputed(atlas, records)
    if not ids:
        return
    head = translate("Where sources disagree")
    number = translate.plural("{n} point on this page", "{n} points on this page", len(ids))
    with st.expander(translate("{name}: {value}", name=head, value=number), key=f"differences-{key}"):
        points(atlas, ids, translate)


def opened(atlas: Atlas) -> tuple[str, ...]:
    """The ids of the open records, as far as they have cards here."""
    return tuple(one for one in state.selection().record if record.table_of(atlas, one))
