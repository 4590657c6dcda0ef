"""The view along the border: the border unrolled, the record that is open on it, and the same as tables."""

import math
from dataclasses import replace

import pandas as pd
import streamlit as st
from markupsafe import Markup

from atlas.exports.unrolled import count_of, heading, pictures, signs
from atlas.look import marks
from atlas.maps import strip, unrolled
from atlas.maps.unrolled import Content
from atlas.model import along
from atlas.model.atlas import Atlas
from atlas.model.selection import SPELLING, Selection
from atlas.words import naming, vocabulary
from atlas.words.translator import Translator
from atlas.words.voice import Voice
from ui import filters, panel, record_list, records

TO_THE_LEFT = 0.55  # share of the border from which on a tie's record stands at the left, so that it is not covered


def show(atlas: Atlas, rows: pd.DataFrame, selection: Selection, translate: Translator) -> None:
    """Draw the twinnings of ``rows`` along the border, the record of the one that is open above it, tables below."""
    if rows.empty:
        records.nothing(selection, translate)
    shown, lying, turned = pictures(
        atlas, replace(selection, pair=None, record=(), layers=(), lang=None), translate.language
    )
    with st.container(key="strip"):
        st.html(_strip(lying, turned, selection.pair, translate))
        if selection.pair:
            with st.container(key=f"strip-{_side(atlas, shown, selection.pair)}"):
                panel.record(atlas, list(rows.index), selection.pair, selection, translate)
    _legend(atlas, selection, shown, translate)
    filters.show_timeline(atlas, translate)
    with st.container(key="border-tables"):
        counted, listed = st.columns([2, 3])
        with counted:
            _communes(atlas, selection, translate)
        with listed:
            _table(atlas, rows, shown, translate)


def _strip(lying: str, turned: str, pair: str | None, translate: Translator) -> Markup:
    """The place where the script of the page puts the one drawing or the other: the page itself lets no drawing in."""
    whole = Markup(
        "<div class=strip tabindex=-1 data-lying='{}' data-turned='{}' data-pair='{}' data-label='{}' data-close='{}'></div>"
    )
    label = translate("Along the border: arrow keys go from west to east, Enter opens, Escape leaves")
    return whole.format(_packed(lying), _packed(turned), pair or "", label, translate("Close"))


def _packed(svg: str) -> Markup:
    """A drawing as the value of an attribute that single quotes enclose, with no tag in it and few characters more than it has."""
    plain = svg.replace("%", "%25").replace("<", "%3C").replace("'", '"')
    return Markup(plain.replace("&", "&amp;"))


def _side(atlas: Atlas, shown: Content, pair: str) -> str:
    stands = [one for place in atlas.twinnings.at[pair, "vn"] if (one := along.stand(atlas, place))]
    start, end = shown.section
    middle = math.fsum(one.km for one in stands) / len(stands) if stands else start
    return "left" if middle > start + TO_THE_LEFT * (end - start) else "right"


def _legend(atlas: Atlas, selection: Selection, shown: Content, translate: Translator) -> None:
    """The levels, each a button that filters by it, with their counts; the signs on the line; what is too far away."""
    counts = replace(selection, level=()).twinnings(atlas, "level")["level"].value_counts()
    names = vocabulary.labels(atlas, "twinnings.level", translate)
    level = Markup("<button type=button data-toggle='level={}' aria-pressed={}>{}{} <b>{}</b></button>")
    levels = Markup("").join(
        level.format(SPELLING[one], str(one in selection.level).lower(), record_list.image(marks.legend_mark(one)), name, counts[one])
        for one, name in names.items()
        if one in counts
    )  # fmt: skip
    others = key(translate)
    whole = Markup("<div class='legend strip-legend' role=group aria-label='{}'>{}{}</div>{}")
    link = Markup("<button type=button class=beyond data-set='pair={}'>{}</button>")
    far = Markup(" · ").join(
        link.format(one.twinning, name)
        for one, name in zip(shown.beyond, unrolled.far_names(atlas, shown.beyond, translate))
    )
    sentence = translate("Too far from the border to stand here: {twinnings}.", twinnings="{}")
    said = Markup("<p class=strip-far>{}</p>").format(Markup(sentence).format(far)) if far else ""
    st.html(whole.format(translate("Levels on the map"), levels, others, said))


def key(translate: Translator) -> Markup:
    """The signs on the line, and the mark of what has ended, as a part of a legend."""
    sign = Markup("<span>{}{}</span>")
    ended = vocabulary.sign_names(translate)["ended"]
    shape = {state: Markup("<i style='background:{}'></i>").format(fill) for state, fill in strip.CELLS.items()}
    return sign.format(record_list.image(marks.signs()["ended"]), ended) + Markup("").join(
        sign.format(shape.get(one, Markup("<i class=gate></i>")), name)
        for one, name in signs(Voice(translate.language)).items()
    )


def _communes(atlas: Atlas, selection: Selection, translate: Translator) -> None:
    """How many border communes of each province are twinned."""
    counts = along.counts(atlas, selection.day(atlas))
    with st.container(key="border-communes"):
        st.markdown(f"#### {translate('Border communes with a documented twinning')}")
        record_list.plain(
            {
                translate("Province"): [count_of(atlas, one, translate) for one in counts],
                translate("Only a village in it is twinned"): [translate.number(one.by_village) for one in counts],
                translate("Without a documented twinning"): [
                    translate.number(one.communes - one.twinned - one.by_village) for one in counts
                ],
            },
            translate("Border communes by province"),
        )


def _table(atlas: Atlas, rows: pd.DataFrame, shown: Content, translate: Translator) -> None:
    """The twinnings by their kilometre, and how far each side is from the border."""
    sides = {"vn": translate("Vietnamese side"), "cn": translate("Chinese side")}
    stands = {
        one: {side: [along.stand(atlas, place) for place in rows.at[one, side]] for side in sides} for one in rows.index
    }
    first = {one: min((at.km for at in found["vn"] + found["cn"] if at), default=float("inf")) for one, found in stands.items()}  # fmt: skip
    ids = sorted(rows.index, key=first.__getitem__)[: records.LISTED]
    levels = vocabulary.labels(atlas, "twinnings.level", translate)
    columns = {
        translate("Twinning"): [naming.pair(atlas, one, translate.language) for one in ids],
        translate("Level"): [levels[rows.at[one, "level"]] for one in ids],
    }
    for side, name in sides.items():
        columns[f"{name}: {translate('Kilometre')}"] = [_each(stands[one][side], "km", translate) for one in ids]
        columns[f"{name}: {translate('Distance from the border')}"] = [
            _each(stands[one][side], "away", translate) for one in ids
        ]
    st.markdown(f"#### {translate('Twinnings by kilometre of the border')}")
    record_list.show(columns, ids, heading(translate), "pair")
    records.first_of(len(rows), translate)


def _each(stands: list[along.Stand | None], name: str, translate: Translator) -> str:
    said = [
        unrolled.distance(getattr(one, name), translate) if one else translate("position unknown") for one in stands
    ]
    return translate.join(dict.fromkeys(said))
