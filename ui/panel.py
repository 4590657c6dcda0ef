"""The panel beside the map: the twinnings by level, or the record of the one that is open."""

from urllib.parse import quote

import pandas as pd
import streamlit as st
from markupsafe import Markup

from atlas.cards import twinning
from atlas.look import marks
from atlas.model.atlas import Atlas
from atlas.model.selection import Selection
from atlas.words import naming, vocabulary
from atlas.words.translator import IN_LISTS, Translator
from ui import changed_mark, links, record_list, records


def phone_tabs(translate: Translator) -> None:
    """On a phone, the switch between the list and the map, which have no room beside each other."""
    tab = Markup("<button type=button data-phone={}>{}</button>")
    tabs = (("list", translate("List")), ("map", translate("Map")))
    whole = Markup("<div class=phone-tabs>{}</div>")
    st.html(whole.format(Markup("").join(tab.format(part, text) for part, text in tabs)))


def show(atlas: Atlas, rows: pd.DataFrame, selection: Selection, translate: Translator) -> None:
    """Draw the list of ``rows``, or the record of the twinning that is open."""
    with st.container(key="panel"):
        if selection.pair:
            record(atlas, list(rows.index), selection.pair, selection, translate)
        elif rows.empty:
            records.nothing(selection, translate)
        else:
            _list(atlas, rows, translate)


def record(atlas: Atlas, ids: list[str], pair: str, selection: Selection, translate: Translator) -> None:
    """Draw the record of a twinning, with the way to those before and after it among ``ids``."""
    card = twinning.html(atlas, pair, translate, selection.day(atlas), links.record)
    with st.container(key="record-card"):
        st.html(_walk(ids, pair, translate) + card + changed_mark.mark(atlas, "twinnings", pair, translate))


def _walk(ids: list[str], pair: str, translate: Translator) -> Markup:
    """The way back to the list, and to the records before and after the open one."""
    back = Markup("<button type=button class=close-record data-set='pair='>‹ {}</button>").format(translate("List"))
    step = Markup("<button type=button data-set='pair={}' aria-label='{}' title='{}'{}>{}</button>")
    parts = Markup("")
    if pair in ids:
        at = ids.index(pair)
        before, after = ids[at - 1] if at else "", ids[at + 1] if at + 1 < len(ids) else ""
        said = translate("{n} of {total}", n=at + 1, total=len(ids))
        parts = (
            step.format(before, *[translate("Record before")] * 2, Markup("" if before else " disabled"), "‹")
            + Markup("<span>{}</span>").format(said)
            + step.format(after, *[translate("Next record")] * 2, Markup("" if after else " disabled"), "›")
        )
    copy = Markup("<button type=button data-copy data-done='{}'>{}</button>")
    paper = Markup("<button type=button data-print>{}</button>")
    whole = Markup("<a href='{}'>{}</a>").format(links.record("twinning", pair), translate("Open page"))
    end = whole + copy.format(translate("Copied"), translate("Copy link")) + paper.format(translate("Print"))
    return Markup("<div class=walk>{}<span class=steps>{}</span>{}</div>").format(back, parts, end)


def _list(atlas: Atlas, rows: pd.DataFrame, translate: Translator) -> None:
    """The first of the twinnings by level, each with both sides and its date."""
    names = vocabulary.labels(atlas, "twinnings.level", translate)
    row = Markup("<tr data-id={}><td>{}{}<td>{}")
    head = Markup("<tr class=group><th colspan=2 scope=rowgroup>{}{} <b>{}</b>")
    body = Markup("")
    shown = rows[: records.LISTED]
    since = changed_mark.since(atlas)
    for level, of_level in shown.groupby("level", sort=False):
        body += head.format(record_list.image(marks.legend_mark(level)), names[level], (rows["level"] == level).sum())
        body += Markup("").join(
            row.format(
                quote(one, safe=""),
                naming.pair(atlas, one, translate.language),
                changed,
                translate.date(signed, IN_LISTS),
            )
            for (one, signed), changed in zip(
                of_level["signed_on"].items(), changed_mark.small(atlas, since, "twinnings", of_level.index, translate)
            )
        )
    whole = Markup(
        "<div class='records grouped'><table aria-label='{}' data-parameter=pair>"
        "<thead><tr><th scope=col>{}<th scope=col>{}<tbody>{}</table></div>"
    )
    label = translate("The twinnings that the filters leave, one a row")
    with st.container(key="records-table"):
        st.html(whole.format(label, translate("Twinning"), translate("Signed"), body))
    records.first_of(len(rows), translate)
