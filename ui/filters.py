"""The bar of filters of every page. It is the same for every selection; the script puts counts and choices into it."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from itertools import chain

import streamlit as st
from markupsafe import Markup

from atlas.cards import bar
from atlas.model import changes, facets, signs
from atlas.model.atlas import Atlas, cached
from atlas.model.selection import SPELLING, Selection
from atlas.records.dates import today
from atlas.words import vocabulary
from atlas.words.translator import Translator
from ui import day, state


@dataclass(frozen=True)
class Own:
    """The filters that one page has beside those of all pages.

    facets: makes, for a language, of each parameter its heading and the values with their texts; counts: how many records
    each value would leave; chosen: (parameter, value) of those that are set.
    """

    facets: Callable[[Atlas, Translator], Mapping[str, tuple[str, Mapping[str, str]]]]
    counts: Mapping[str, Mapping[str, int]]
    chosen: tuple[tuple[str, str], ...]


def show(
    atlas: Atlas,
    translate: Translator,
    rows: facets.Rows,
    twinnings: bool = True,
    years: bool = True,
    own: Own | None = None,
) -> None:
    """Draw the filters with what each choice would leave, and what is chosen; all of it is read from the address.

    :param rows: the records of the page that pass a selection, see :func:`atlas.model.facets.counts`.
    :param twinnings: whether the page lists twinnings, which alone have a level and a confidence to filter by.
    :param years: whether the years are among the filters; the page may have :func:`show_timeline` instead.
    :param own: the page's own filters.
    """
    selection = state.selection()
    until = today(atlas.version).year + 1
    counted = facets.counts(rows, selection, until)
    number = sum(map(len, rows(selection)))
    known = {"province": atlas.province_slugs, "region": atlas.region_slugs}
    sent = {
        facet: {value: n for value, n in numbers.items() if value in known.get(facet, numbers)}
        for facet, numbers in counted.items()
    }
    sent["level"] = {SPELLING[level]: n for level, n in sent["level"].items()}
    if twinnings:
        whole = (table for table in rows(replace(selection, seen=None)) if "level" in table)
        ids = [one for table in whole for one in table.index]
        sent["seen"] = signs.counted(atlas, ids, signs.choices(until - 1), selection.asof)
    if offered := bar.releases(atlas):
        left = {one for table in rows(replace(selection, changed=None)) for one in table.index}
        sent["changed"] = {one: len(left & _changed(atlas, one)) for one in offered}
    if own:
        sent |= {name: dict(numbers) for name, numbers in own.counts.items()}
    with st.container(key="filters"):
        st.html(bar.html(atlas, translate.language, twinnings, years, own and own.facets))
        said = state.visit().said
        ready = translate.plural("Show {n} record", "Show {n} records", number)
        spoken = Markup("<p class=day-said role=status>{}</p>").format(day.sentence(said, translate)) if said else ""
        st.html(_mark(sent, ready, _chips(atlas, selection, translate, own) + spoken))


@cached(bar.RELEASES)
def _changed(atlas: Atlas, release: str) -> frozenset[str]:
    """The ids of all that is new or has changed since a release; no two tables share one."""
    return frozenset(chain.from_iterable(changes.since(atlas, release).values()))


def _mark(counts: Mapping[str, Mapping[str, int]], ready: str, chips: Markup) -> Markup:
    """What is chosen, with what the script puts into the bar: how many records each choice would leave."""
    mark = Markup("<div class=chips data-counts='{}' data-ready='{}'>{}</div>")
    return mark.format(json.dumps(counts, separators=(",", ":")), ready, chips)


def search(
    atlas: Atlas, translate: Translator, label: str, number: int, provinces: Mapping[str, int] | None = None
) -> None:
    """Draw a search, and the Vietnamese provinces if they are given, for a list that has no other filter.

    :param label: what is searched.
    :param number: of rows that are left.
    :param provinces: how many rows each would leave, by slug.
    """
    parts = [bar.search(label, label)] + ([bar.places(atlas, translate)[0]] if provinces else [])
    whole = Markup("<div class='bar always' role=search aria-label='{}'><div class=facets>{}</div></div>")
    held = state.selection()
    chips = _chips(atlas, Selection(q=held.q, province=held.province if provinces else ()), translate)
    with st.container(key="filters"):
        st.html(whole.format(label, Markup("").join(parts)))
        st.html(_mark({"province": provinces or {}}, translate.number(number), chips))


def show_timeline(atlas: Atlas, translate: Translator) -> None:
    """The years as bars, and the day as a slider that can play, below a map."""
    parts = bar.timeline(atlas, translate) + bar.day_slider(atlas, translate)
    st.html(Markup("<div class=timeline>{}</div>").format(parts))


def _chips(atlas: Atlas, selection: Selection, translate: Translator, own: Own | None = None) -> Markup:
    """What is chosen, each with a click to take it back, and one for all."""
    of_page = own.facets(atlas, translate) if own and own.chosen else {}
    further = [(of_page[name][1][value], f"{name}={value}") for name, value in (own.chosen if own else ())]
    chips = [
        (text, Markup("data-toggle='{}'").format(change))
        for text, change in [*_chosen(atlas, selection, translate), *further]
    ]
    chips += [(text, Markup("data-set='{}'").format(change)) for text, change in _set(selection, translate)]
    if not chips:
        return Markup("")
    chip = Markup("<button type=button {} title='{}'>{}<i aria-hidden=true>×</i></button>")
    said = translate("Take back")
    usual = ("province", "region", "level", "confidence", "from", "to", "undated", "q", "asof", "seen", "changed")
    clear = "&".join(f"{name}=" for name in (*usual, *of_page))
    last = Markup("<button type=button class=clear data-set='{}'>{}</button>").format(clear, translate("Clear all"))
    return Markup("").join(chip.format(action, said, text) for text, action in chips) + last


def _chosen(atlas: Atlas, selection: Selection, translate: Translator) -> list[tuple[str, str]]:
    names = vocabulary.labels(atlas, "twinnings.level", translate)
    sure = vocabulary.labels(atlas, "twinnings.confidence", translate)
    slugs = [("province", slug) for slug in selection.province] + [("region", slug) for slug in selection.region]
    places = [
        (atlas.places.full_name(atlas.places.by_slug[slug], translate.language), f"{name}={slug}")
        for name, slug in slugs
    ]
    levels = [(names[level], f"level={SPELLING[level]}") for level in selection.level]
    return places + levels + [(sure[one], f"confidence={one}") for one in selection.confidence]


def _set(selection: Selection, translate: Translator) -> list[tuple[str, str]]:
    found = []
    if selection.year_from or selection.year_to:
        first, last = (str(year) if year else "…" for year in (selection.year_from, selection.year_to))
        found.append((first if first == last else f"{first} – {last}", "from=&to="))
    if selection.undated:
        states = {"include": translate("with those without a date"), "only": translate("only without a date")}
        found.append((states[selection.undated], "undated="))
    if selection.seen:
        text = vocabulary.seen(selection.seen, translate)
        found.append((translate("{name}: {value}", name=translate("Last seen in a source"), value=text), "seen="))
    if selection.changed:
        found.append((vocabulary.changed_since(selection.changed, translate), "changed="))
    if selection.asof:
        found.append((translate("as of {day}", day=translate.date(selection.asof)), "asof="))
    if selection.q:
        found.append((f"“{selection.q}”", "q="))
    return found


def left_undated(selection: Selection, count: Callable[[Selection], int], translate: Translator) -> None:
    """How many undated records the years leave out, with a click that shows them.

    :param count: counts the records of the page that pass a selection.
    """
    undated = selection.left_undated
    if undated and (n := count(undated)):
        text = translate.plural(
            "{n} record without a date is left out · Show it", "{n} records without a date are left out · Show them", n
        )
        button = Markup("<button type=button class=show-undated data-set='undated=include'>{}</button>")
        st.html(button.format(text))
