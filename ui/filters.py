"""The filters beside every page; each has the name of its URL parameter as its key."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from atlas import LANGUAGES
from atlas.model.atlas import Atlas, cached
from atlas.model.gazetteer import LONGEST_SEARCH, unaccented
from atlas.model.selection import FIRST_YEAR, Selection, is_day
from atlas.records.dates import bounds, today, typed
from atlas.words import vocabulary
from atlas.words.translator import Translator
from ui import state

DAY_BEFORE = "2025-06-30"  # the last day of Vietnam's districts and former communes
TODAY = "today"  # a choice that clears the day


def search(translate: Translator) -> None:
    """Draw the search, which answers while one types; its text is read as the filters are."""
    with st.container(key="search", width=300):
        st.text_input(
            translate("Find a place"),
            key="q",
            max_chars=LONGEST_SEARCH,
            type="search",
            live=True,
            persist_state="session",
            placeholder=translate("Mèo Vạc, meo vac, 富宁, funing …"),
        )


def show(atlas: Atlas, translate: Translator, twinnings: bool = True) -> None:
    """Draw the filters in the sidebar; their values are read through :func:`ui.state.selection`.

    :param twinnings: whether the page lists twinnings, which alone have a level and a confidence to filter by.
    """
    labels = {key: offered(translate) for key, offered in choices(atlas).items()}
    for key, offered in choices(atlas).items():
        state.relabel(key, offered)

    def several(name: str, key: str, placeholder: str) -> None:
        st.multiselect(
            name,
            list(labels[key]),
            key=key,
            persist_state="session",
            format_func=labels[key].__getitem__,
            placeholder=placeholder,
            filter_mode="contains",
            select_all=False,  # what it offers speaks English, and comes before the first match
        )

    years = [str(year) for year in range(today(atlas.version).year + 1, FIRST_YEAR - 1, -1)]
    with st.sidebar:
        several(translate("Vietnamese province"), "province", translate("All"))
        several(translate("Chinese region or prefecture"), "region", translate("All"))
        if twinnings:
            several(translate("Level"), "level", translate("All twinnings"))
        first, last = st.columns(2)
        first.selectbox(
            translate("Signed from") if twinnings else translate("Year from"),
            years,
            index=None,
            key="from",
            persist_state="session",
            placeholder=translate("Any"),
        )
        last.selectbox(
            translate("Signed to") if twinnings else translate("Year to"),
            years,
            index=None,
            key="to",
            persist_state="session",
            placeholder=translate("Any"),
        )
        st.segmented_control(
            translate("Date unknown"),
            list(labels["undated"]),
            key="undated",
            persist_state="session",
            format_func=labels["undated"].__getitem__,
        )
        if twinnings:
            several(translate("Confidence"), "confidence", translate("All"))
        st.selectbox(
            translate("Units as of"),
            list(labels["asof"]),
            index=None,
            key="asof",
            persist_state="session",
            format_func=lambda asof: labels["asof"].get(asof, translate.date(asof) if is_day(asof) else asof),
            placeholder=translate("Today"),
            help=translate("Any day from 1990 on can be typed, for example 2016-05-01 or 1/5/2016"),
            accept_new_options=True,
            filter_mode="contains",
            on_change=_take_day,
            args=(atlas, translate),
        )
        _say_day(translate)
        if twinnings:
            several(translate("Also on the map"), "layers", translate("Nothing else"))
        st.button(
            translate("Reset the filters"), key="reset", on_click=reset, icon=":material/restart_alt:", width="stretch"
        )


def _take_day(atlas: Atlas, translate: Translator) -> None:
    """Put the day that was chosen or typed in place of the text; what is no day leaves the day as it was."""
    state.relabel("asof", choices(atlas)["asof"])
    text = st.session_state["asof"] or TODAY
    said, before = st.session_state.pop("day-said", None), st.session_state["address"].get("asof", [None])[0]
    if text in (TODAY, DAY_BEFORE):
        st.session_state["asof"] = None if text == TODAY else text
        return
    partial = typed(text) if len(text) <= LONGEST_SEARCH else None
    last = partial and min(bounds(partial)[1], max(bounds(partial)[0], today(atlas.version))).isoformat()
    day = last if last and is_day(last) else None
    st.session_state["asof"] = day or before
    if day and text in (day, translate.date(day)):  # the box says it already; a browser sends what it shows again
        st.session_state["day-said"] = said if said and said[2] == day else None
    else:
        st.session_state["day-said"] = (text[:40], day and partial, day or before)


def _say_day(translate: Translator) -> None:
    """How a typed day was read, beside its box, as long as that day is shown."""
    text, partial, shown = st.session_state.get("day-said") or (None, None, None)
    if text is None or shown != st.session_state["asof"]:
        return
    day = translate.date(shown) if shown else translate("Today")
    if partial is None:
        said = translate(
            "“{text}” is no day from 1990 on. The day stays as it was: {day}. Type for example 2016-05-01, 5/2016 or 2016.",
            text=text,
            day=day,
        )
    elif len(partial) == 10:
        said = translate("“{text}” is read as {day}.", text=text, day=day)
    elif bounds(partial)[1].isoformat() == shown:
        said = translate("“{text}” is read as its last day, {day}.", text=text, day=day)
    else:
        said = translate("“{text}” is not over yet and is read as today, {day}.", text=text, day=day)
    with st.container(key="day-said"):
        st.text(said)


def left_undated(selection: Selection, count: Callable[[Selection], int], translate: Translator) -> None:
    """How many undated records the years leave out, with a click that shows them.

    :param count: counts the records of the page that pass a selection.
    """
    undated = selection.left_undated
    if undated and (n := count(undated)):
        label = translate.plural(
            "{n} record without a date is left out · Show it", "{n} records without a date are left out · Show them", n
        )
        st.button(label, key="show-undated", type="tertiary", icon=":material/event_busy:", on_click=_show_undated)


def _show_undated() -> None:
    st.session_state["undated"] = "include"


def reset() -> None:
    """Clear every filter; language, labels, layers, day and the open record stay."""
    now = state.selection()
    kept = {name: getattr(now, name) for name in ("lang", "labels", "layers", "asof", "pair", "record")}
    state.restore(Selection(**kept))


def choices(atlas: Atlas) -> dict[str, Callable[[Translator], dict[str, str]]]:
    """What each filter offers, by its key: the labels of its options by value, in a language."""

    def units(slugs: list[str]) -> Callable[[Translator], dict[str, str]]:
        def labels(translate: Translator) -> dict[str, str]:
            names = unit_labels(atlas, translate.language)
            return {slug: names[slug] for slug in slugs}

        return labels

    return {
        "province": units(atlas.province_slugs),
        "region": units(atlas.region_slugs),
        "level": partial(vocabulary.labels, atlas, "twinnings.level"),
        "undated": lambda translate: {"include": translate("Include"), "only": translate("Only")},
        "confidence": partial(vocabulary.labels, atlas, "twinnings.confidence"),
        "asof": lambda translate: {
            TODAY: translate("Today"), DAY_BEFORE: translate("Before the reform of 1 July 2025")
        },
        "layers": vocabulary.layer_names,
    }  # fmt: skip


def bilingual(translate: Translator) -> dict[str, str]:
    """The labels that a visitor may have instead of those in one language."""
    return {"bilingual": translate("Vietnamese + Chinese labels")}


@cached(len(LANGUAGES))
def unit_labels(atlas: Atlas, language: str) -> dict[str, str]:
    """The label of every province, region and prefecture that a filter offers, by slug."""
    return {slug: _unit_label(atlas, slug, Translator(language)) for slug in atlas.province_slugs + atlas.region_slugs}


def _unit_label(atlas: Atlas, slug: str, translate: Translator) -> str:
    """A province or prefecture in all its spellings, so that the box finds it whatever is typed, and what became of it."""
    place = atlas.places.by_slug[slug]
    row = atlas.places[place]
    name = atlas.places.name(place, translate.language)
    plain = [unaccented(row["name_vi"] or ""), unaccented(row["name_en"] or "")]
    other = atlas.places.chinese_name(place) if translate.language != "zh" else row["name_vi"]
    spellings: dict[str, str] = {}
    together = [text.replace("'", "") for text in plain] + [text.replace(" ", "") for text in plain]
    for spelling in filter(None, (name, other, *plain, *together)):
        spellings.setdefault(spelling.casefold(), spelling)
    label = " · ".join(spellings.values())
    successors = [atlas.places.name(unit, translate.language) for unit in atlas.places.successors(place)]
    return (
        translate("{name} (now in {successor})", name=label, successor=translate.join(successors))
        if successors
        else label
    )
