"""The list of records beside the map, and the card of the one that is open."""

import pandas as pd
import streamlit as st
from markupsafe import Markup

from atlas.cards.linked import Linked
from atlas.cards.twinning import html
from atlas.model import coverage, signs
from atlas.model.atlas import Atlas
from atlas.model.selection import Selection
from atlas.words import naming, values, vocabulary
from atlas.words.languages import in_order
from atlas.words.translator import IN_LISTS, Translator
from ui import changed_mark, links, record_list, state

LISTED = 200  # rows; nobody reads more, and every change of a filter sends them


def count(atlas: Atlas, rows: pd.DataFrame, translate: Translator) -> str:
    """How many of all twinnings are shown, and the other key numbers of what is shown."""
    everything = int((atlas.twinnings["level"] != "border_gate").sum())
    vn, cn, sources = atlas.distinct(rows.index, "vn", "cn", "sources")
    numbers = [
        translate.plural("shown {n} of {m} twinning", "shown {n} of {m} twinnings", len(rows), m=everything),
        translate.plural("{n} locality", "{n} localities", vn + cn),
        translate.plural("{n} source", "{n} sources", sources),
        state.of_day(),
    ]
    if state.selection().asof and (undated := int(rows["signed_on"].isna().sum())):
        numbers.append(
            translate.plural(
                "{n} without a date, which may be later", "{n} without a date, which may be later", undated
            )
        )
    return " · ".join(numbers)


def nothing(selection: Selection, translate: Translator) -> None:
    """Why nothing is shown, and what to loosen."""
    filters = {
        translate("Find a place"): selection.q,
        translate("Vietnamese province"): selection.province,
        translate("Chinese region or prefecture"): selection.region,
        translate("Level"): selection.level,
        translate("Year"): selection.year_from or selection.year_to,
        translate("Date unknown"): selection.undated,
        translate("Confidence"): selection.confidence,
        translate("Last seen in a source"): selection.seen,
        translate("New or changed since"): selection.changed,
    }
    in_use = translate.join(name for name, value in filters.items() if value)
    st.info(translate("No twinning passes all filters together. Loosen one of these: {filters}.", filters=in_use))


def show_coverage(atlas: Atlas, selection: Selection, translate: Translator) -> None:
    """Totals that sources state, against what the atlas documents."""
    with st.container(key="coverage"):
        st.html(Markup("<h4>{}</h4>").format(translate("Documented against known totals")))
        rows = coverage.coverage(atlas, selection.province + selection.region, selection.asof)
        if not rows:
            st.caption(translate("No source states a total for this selection."))
            return
        everything, rows, linked = len(rows), rows[:LISTED], Linked(atlas, translate, links.record)
        record_list.plain(
            {
                translate("What is counted"): [translate.text(row.total, "label") for row in rows],
                translate("Documented here"): [translate.number(row.documented) for row in rows],
                translate("Stated total"): [values.quantity(row.total, translate) for row in rows],
                translate("As of"): [translate.date(row.total["as_of"], IN_LISTS) for row in rows],
                translate("Source"): [linked.publishers(row.total["sources"]) for row in rows],
            },
            translate("Documented against known totals"),
        )
        first_of(everything, translate)


def table(atlas: Atlas, rows: pd.DataFrame, translate: Translator, last_seen: bool = False) -> None:
    """The twinnings as a table, or the first of very many; a row opens its card and moves the map to it.

    :param last_seen: whether there is room to say when each was last seen in a source.
    """
    everything, rows = len(rows), rows[:LISTED]
    levels = vocabulary.labels(atlas, "twinnings.level", translate)
    language = translate.language
    titles = in_order(language, ("VN", translate("Vietnamese side")), ("CN", translate("Chinese side")))
    sides = {
        title: [naming.side(atlas, twinning, country, language) for twinning in rows.index] for country, title in titles
    }
    first = titles[0][1]
    marks = changed_mark.small(atlas, changed_mark.since(atlas), "twinnings", rows.index, translate)
    sides[first] = [Markup("{}{}").format(*one) for one in zip(sides[first], marks)]
    shown = sides | {
        translate("Level"): [levels[level] for level in rows["level"]],
        translate("Signed"): [translate.date(signed, IN_LISTS) for signed in rows["signed_on"]],
    }
    if last_seen:
        last = [signs.last_seen(atlas, one, state.selection().asof) for one in rows.index]
        shown[translate("Last seen in a source")] = [
            translate.date(day, IN_LISTS) if day else translate("no source found") for day in last
        ]
    record_list.show(shown, rows.index, translate("The twinnings that the filters leave, one a row"), "pair")
    first_of(everything, translate)


def whole(atlas: Atlas, rows: pd.DataFrame, selection: Selection, translate: Translator) -> None:
    """The twinnings as a table over the whole width; the record of the open one beside it."""
    if rows.empty:
        nothing(selection, translate)
    elif selection.pair:
        left, right = st.columns([3, 2])
        with left:
            table(atlas, rows, translate, last_seen=True)
        with right:
            card(atlas, selection.pair, translate, selection)
    else:
        table(atlas, rows, translate, last_seen=True)


def first_of(everything: int, translate: Translator) -> None:
    """Say that a list ends before its end."""
    if everything > LISTED:
        st.caption(translate("The first {n} of {m} are listed. Filter to see the others.", n=LISTED, m=everything))


def card(atlas: Atlas, twinning: str | None, translate: Translator, selection: Selection) -> None:
    """The whole record of the open twinning, or what to do to see one."""
    if twinning is None:
        hint = translate("Click a curve or a place on the map, or a row of the list, to see its record.")
        show_cards(Markup(""), hint, translate)
    else:
        card = html(atlas, twinning, translate, selection.day(atlas), links.record)
        card += changed_mark.mark(atlas, "twinnings", twinning, translate)
        show_cards(card, "", translate, links.record("twinning", twinning))


def show_cards(html: Markup, hint: str, translate: Translator, page: str = "") -> None:
    """The cards of the open records with a way to close them; what to do to see one where none is open.

    :param page: the address of the page of the record, where its card has no title that leads to it.
    """
    with st.container(key="record-card"):
        if html:
            close = Markup(
                "<button type=button class=close-record data-set='pair=&record=' aria-label='{said}' title='{said}'>×</button>"
            )
            leads = Markup("<a class=open-page href='{}'>{}</a>").format(page, translate("Open page")) if page else ""
            st.html(close.format(said=translate("Close the record")) + leads + html)
        else:
            st.caption(hint)
