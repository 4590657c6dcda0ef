"""The bar of filters of every page. It is the same for every selection; the script puts counts and choices into it."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import streamlit as st
from markupsafe import Markup

from atlas import LANGUAGES
from atlas.model import facets, signs
from atlas.model.atlas import Atlas, cached
from atlas.model.selection import FIRST_YEAR, SPELLING, Selection
from atlas.model.spelling import LONGEST_SEARCH
from atlas.records.dates import today
from atlas.words import vocabulary
from atlas.words.translator import Translator
from ui import day, state, views

DAY_BEFORE = "2025-06-30"  # the last day of Vietnam's districts and former communes
NARROW_FROM = 9  # choices of a filter that need a box to find one in


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
    :param years: whether the years are among the filters; the page may have :func:`timeline` instead.
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
    if own:
        sent |= {name: dict(numbers) for name, numbers in own.counts.items()}
    with st.container(key="filters"):
        st.html(_bar(atlas, translate.language, twinnings, years, own and own.facets))
        said = state.visit().said
        ready = translate.plural("Show {n} record", "Show {n} records", number)
        spoken = Markup("<p class=day-said role=status>{}</p>").format(day.sentence(said, translate)) if said else ""
        st.html(_mark(sent, ready, _chips(atlas, selection, translate, own) + spoken))


def _mark(counts: Mapping[str, Mapping[str, int]], ready: str, chips: Markup) -> Markup:
    """What is chosen, with what the script puts into the bar: how many records each choice would leave."""
    mark = Markup("<div class=chips data-counts='{}' data-ready='{}'>{}</div>")
    return mark.format(json.dumps(counts, separators=(",", ":")), ready, chips)


@cached(15)
def _bar(
    atlas: Atlas,
    language: str,
    twinnings: bool,
    years: bool,
    own: Callable[[Atlas, Translator], Mapping[str, tuple[str, Mapping[str, str]]]] | None,
) -> Markup:
    translate = Translator(language)
    find = _search(translate("Find a place"), translate("Mèo Vạc, meo vac, 富宁, funing …"))
    parts = [find, *_places(atlas, translate)]
    if twinnings:
        levels = {
            SPELLING[level]: name for level, name in vocabulary.labels(atlas, "twinnings.level", translate).items()
        }
        parts.append(_facet("level", translate("Level"), _choices("level", levels)))
    if years:
        parts.append(_facet("year", translate("Years"), timeline(atlas, translate)))
    for name, (title, texts) in own(atlas, translate).items() if own else ():
        parts.append(_facet(name, title, _choices(name, texts), len(texts), translate))
    parts.append(_facet("more", translate("More"), _more(atlas, translate, twinnings)))
    whole = Markup(
        "<div class=bar role=search aria-label='{}'><button type=button class=drawer-open>{}<b></b></button>"
        "<div class=facets>{}<button type=button class=drawer-close></button></div></div>"
    )
    return whole.format(translate("Filters"), translate("Filters"), Markup("").join(parts))


def search(
    atlas: Atlas, translate: Translator, label: str, number: int, provinces: Mapping[str, int] | None = None
) -> None:
    """Draw a search, and the Vietnamese provinces if they are given, for a list that has no other filter.

    :param label: what is searched.
    :param number: of rows that are left.
    :param provinces: how many rows each would leave, by slug.
    """
    parts = [_search(label, label)] + ([_places(atlas, translate)[0]] if provinces else [])
    bar = Markup("<div class='bar always' role=search aria-label='{}'><div class=facets>{}</div></div>")
    held = state.selection()
    chips = _chips(atlas, Selection(q=held.q, province=held.province if provinces else ()), translate)
    with st.container(key="filters"):
        st.html(bar.format(label, Markup("").join(parts)))
        st.html(_mark({"province": provinces or {}}, translate.number(number), chips))


def _search(label: str, example: str) -> Markup:
    box = Markup("<input type=search class=find data-live=q maxlength={} aria-label='{}' placeholder='{}'>")
    return box.format(LONGEST_SEARCH, label, example)


def _places(atlas: Atlas, translate: Translator) -> list[Markup]:
    labels = unit_labels(atlas, translate.language)
    ended = [slug for slug in atlas.province_slugs if atlas.places[atlas.places.by_slug[slug]]["valid_until"]]
    groups = {
        translate("Provinces of today"): [slug for slug in atlas.province_slugs if slug not in ended],
        translate("Former provinces"): ended,
    }
    vietnamese = Markup("").join(
        Markup("<h3>{}</h3>{}").format(head, _choices("province", {slug: labels[slug] for slug in slugs}))
        for head, slugs in groups.items()
    )
    chinese = _choices("region", {slug: labels[slug] for slug in atlas.region_slugs})
    return [
        _facet("province", translate("Vietnamese province"), vietnamese, len(atlas.province_slugs), translate),
        _facet("region", translate("Chinese region or prefecture"), chinese, len(atlas.region_slugs), translate),
    ]


def _facet(name: str, title: str, inside: Markup, choices: int = 0, translate: Translator | None = None) -> Markup:
    """A filter that opens below its name; one of many choices has a box to find one in."""
    narrow = views.narrow(title, translate) if translate and choices >= NARROW_FROM else ""
    whole = Markup(
        "<details class=facet data-facet={}><summary>{}<b></b></summary><div class=choices>{}{}</div></details>"
    )
    return whole.format(name, title, narrow, inside)


def _choices(name: str, labels: Mapping[str, str]) -> Markup:
    choice = Markup("<li><button type=button data-toggle='{}={}' aria-pressed=false>{}<b></b></button>")
    return Markup("<ul>{}</ul>").format(
        Markup("").join(choice.format(name, value, text) for value, text in labels.items())
    )


def _more(atlas: Atlas, translate: Translator, twinnings: bool) -> Markup:
    """The day, and what is wanted less often."""
    box = Markup(
        "<label>{}<input class=day data-typed=asof maxlength={} placeholder='{}'></label><small>{}</small>"
        "<ul><li><button type=button data-set='asof=' data-if='asof='>{}</button>"
        "<li><button type=button data-set='asof={}' data-if='asof={}'>{}</button></ul>"
    )
    parts = [
        box.format(
            translate("Units as of"),
            LONGEST_SEARCH,
            translate("Today"),
            translate("Any day from 1990 on can be typed, for example 2016-05-01 or 1/5/2016"),
            translate("Today"),
            DAY_BEFORE,
            DAY_BEFORE,
            translate("Before the reform of 1 July 2025"),
        )
    ]
    if twinnings:
        confidence = _choices("confidence", vocabulary.labels(atlas, "twinnings.confidence", translate))
        parts += [
            _head(translate("Confidence"), confidence),
            _head(translate("Also on the map"), _choices("layers", vocabulary.layer_names(translate))),
        ]
    bilingual = {"bilingual": translate("Vietnamese + Chinese labels")}
    parts += [_head(translate("Labels"), _choices("labels", bilingual))]
    if twinnings:  # the longest stands last, so that none of the others is out of sight
        parts += [_head(translate("Last seen in a source"), _seen(atlas, translate))]
    return Markup("").join(parts)


def _seen(atlas: Atlas, translate: Translator) -> Markup:
    """One of the years before which twinnings were last seen in a source."""
    choice = Markup("<li><button type=button data-set='seen={}' data-if='seen={}'>{}<b></b></button>")
    values = signs.choices(today(atlas.version).year)
    named = {"": translate("Any time")} | {one: vocabulary.seen(one, translate) for one in values}
    return Markup("<ul>{}</ul>").format(
        Markup("").join(choice.format(value, value, text) for value, text in named.items())
    )


def _head(title: str, inside: Markup) -> Markup:
    return Markup("<h3>{}</h3>{}").format(title, inside)


def timeline(atlas: Atlas, translate: Translator) -> Markup:
    """The years as bars, of which one or several can be chosen, with the undated on a shelf of their own."""
    whole = Markup(
        "<div class=years data-first={} data-last={}><div class=histogram role=group aria-label='{}'></div>"
        "<div class=undated role=group aria-label='{}'><span>{} <b></b></span>"
        "<button type=button data-undated=include>{}</button><button type=button data-undated=only>{}</button>"
        "<button type=button data-undated=hide>{}</button></div></div>"
    )
    return whole.format(
        FIRST_YEAR,
        today(atlas.version).year + 1,
        translate("Years: click one, or drag over several"),
        translate("Date unknown"),
        translate("Date unknown"),
        translate("Show"),
        translate("Only"),
        translate("Hide"),
    )


def show_timeline(atlas: Atlas, translate: Translator) -> None:
    """The years as bars, and the day as a slider that can play, below a map."""
    last = today(atlas.version).year
    dated = atlas.twinnings["first"].dropna()
    # the last year without a twinning of known date
    first = max(FIRST_YEAR, int(min(dated, default=str(last))[:4]) - 1)
    slider = Markup(
        "<div class=as-of><button type=button class=play aria-pressed=false title='{}' aria-label='{}'>▶</button>"
        "<label>{}<input type=range min={} max={} value={} data-today='{}' data-start={}></label><output></output></div>"
    )
    play, day = translate("Play the years"), translate("Units as of")
    parts = slider.format(play, play, day, first, last, last, translate("Today"), first)
    st.html(Markup("<div class=timeline>{}{}</div>").format(timeline(atlas, translate), parts))


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
    usual = ("province", "region", "level", "confidence", "from", "to", "undated", "q", "asof", "seen")
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


@cached(len(LANGUAGES))
def unit_labels(atlas: Atlas, language: str) -> dict[str, str]:
    """The label of every province, region and prefecture that a filter offers, by slug."""
    return {slug: _unit_label(atlas, slug, Translator(language)) for slug in atlas.province_slugs + atlas.region_slugs}


def _unit_label(atlas: Atlas, slug: str, translate: Translator) -> str:
    """A province or prefecture in both scripts, and what became of it; the box finds it without marks and spaces too."""
    place = atlas.places.by_slug[slug]
    row = atlas.places[place]
    names = (
        atlas.places.full_name(place, translate.language),
        row["name_vi"],
        atlas.places.chinese_name(place),
        row["name_en"],
    )
    spellings: dict[str, str] = {}
    for name in filter(None, names):
        spellings.setdefault(name.casefold(), name)
    label = " · ".join(spellings.values())
    successors = [atlas.places.name(unit, translate.language) for unit in atlas.places.successors(place)]
    return (
        translate("{name} (now in {successor})", name=label, successor=translate.join(successors))
        if successors
        else label
    )
