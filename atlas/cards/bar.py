"""The bar of filters as safe HTML. It is the same for every selection; the script puts counts and choices into it."""

from collections.abc import Callable, Mapping

from markupsafe import Markup

from atlas import LANGUAGES
from atlas.model import changes, signs
from atlas.model.atlas import Atlas, cached
from atlas.model.selection import FIRST_YEAR, SPELLING
from atlas.model.spelling import LONGEST_SEARCH
from atlas.records.dates import today
from atlas.words import vocabulary
from atlas.words.translator import Translator

DAY_BEFORE = "2025-06-30"  # the last day of Vietnam's districts and former communes
RELEASES = 5  # the newest, since which the filter can leave what is new or has changed
NARROW_FROM = 9  # choices of a filter that need a box to find one in


@cached(15)
def html(
    atlas: Atlas,
    language: str,
    twinnings: bool,
    years: bool,
    own: Callable[[Atlas, Translator], Mapping[str, tuple[str, Mapping[str, str]]]] | None = None,
    changed: bool = True,
) -> Markup:
    """The bar of filters of a page, the same for every selection.

    :param twinnings: whether the page lists twinnings, which alone have a level and a confidence to filter by.
    :param years: whether the years are among the filters.
    :param own: makes the page's own filters: of each parameter its heading and the values with their texts.
    :param changed: whether it can leave what is new or has changed since a release.
    """
    translate = Translator(language)
    find = search(translate("Find a place"), translate("Mèo Vạc, meo vac, 富宁, funing …"))
    parts = [find, *places(atlas, translate)]
    if twinnings:
        levels = {
            SPELLING[level]: name for level, name in vocabulary.labels(atlas, "twinnings.level", translate).items()
        }
        parts.append(_facet("level", translate("Level"), _choices("level", levels)))
    if years:
        parts.append(_facet("year", translate("Years"), timeline(atlas, translate)))
    for name, (title, texts) in own(atlas, translate).items() if own else ():
        parts.append(_facet(name, title, _choices(name, texts), len(texts), translate))
    parts.append(_facet("more", translate("More"), _more(atlas, translate, twinnings, changed)))
    whole = Markup(
        "<div class=bar role=search aria-label='{}'><button type=button class=drawer-open>{}<b></b></button>"
        "<div class=facets>{}<button type=button class=drawer-close></button></div></div>"
    )
    return whole.format(translate("Filters"), translate("Filters"), Markup("").join(parts))


def search(label: str, example: str) -> Markup:
    """The box for a text that is searched for."""
    box = Markup("<input type=search class=find data-live=q maxlength={} aria-label='{}' placeholder='{}'>")
    return box.format(LONGEST_SEARCH, label, example)


def places(atlas: Atlas, translate: Translator) -> list[Markup]:
    """The filters of Vietnamese provinces and of Chinese regions and prefectures."""
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
    finder = narrow(title, translate) if translate and choices >= NARROW_FROM else ""
    whole = Markup(
        "<details class=facet data-facet={}><summary>{}<b></b></summary><div class=choices>{}{}</div></details>"
    )
    return whole.format(name, title, finder, inside)


def _choices(name: str, labels: Mapping[str, str]) -> Markup:
    choice = Markup("<li><button type=button data-toggle='{}={}' aria-pressed=false>{}<b></b></button>")
    return Markup("<ul>{}</ul>").format(
        Markup("").join(choice.format(name, value, text) for value, text in labels.items())
    )


def _more(atlas: Atlas, translate: Translator, twinnings: bool, changed: bool) -> Markup:
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
    if changed and (offered := {one: translate.date(one) for one in releases(atlas)}):
        parts += [_head(translate("New or changed since"), _one_of("changed", offered, translate))]
    bilingual = {"bilingual": translate("Vietnamese + Chinese labels")}
    parts += [_head(translate("Labels"), _choices("labels", bilingual))]
    if twinnings:  # the longest stands last, so that none of the others is out of sight
        seen = {one: vocabulary.seen(one, translate) for one in signs.choices(today(atlas.version).year)}
        parts += [_head(translate("Last seen in a source"), _one_of("seen", seen, translate))]
    return Markup("").join(parts)


def releases(atlas: Atlas) -> tuple[str, ...]:
    """The releases since which what is new or has changed can be chosen, the newest first."""
    return changes.versions(atlas)[: -RELEASES - 1 : -1]


def _one_of(name: str, values: Mapping[str, str], translate: Translator) -> Markup:
    """One value of a filter of times, or any."""
    choice = Markup("<li><button type=button data-set='{0}={1}' data-if='{0}={1}'>{2}<b></b></button>")
    named = {"": translate("Any time"), **values}
    return Markup("<ul>{}</ul>").format(
        Markup("").join(choice.format(name, value, text) for value, text in named.items())
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


def day_slider(atlas: Atlas, translate: Translator) -> Markup:
    """The day as a slider that can play the years, from the last one without a twinning of known date."""
    last = today(atlas.version).year
    dated = atlas.twinnings["first"].dropna()
    first = max(FIRST_YEAR, int(min(dated, default=str(last))[:4]) - 1)
    slider = Markup(
        "<div class=as-of><button type=button class=play aria-pressed=false title='{}' aria-label='{}'>▶</button>"
        "<label>{}<input type=range min={} max={} value={} data-today='{}' data-start={}></label><output></output></div>"
    )
    play, day = translate("Play the years"), translate("Units as of")
    return slider.format(play, play, day, first, last, last, translate("Today"), first)


def search_everything(translate: Translator, page: str, listed: str) -> Markup:
    """The box that searches everything. It is the same whatever is chosen, so that what is typed stays; a script fills it.

    :param page: the address of the page of results.
    :param listed: what the page is called that takes many names at once.
    """
    whole = Markup(
        "<form class=search role=search aria-label='{name}' action={page} data-lang={lang} data-all='{all}' data-guess='{guess}' "
        "data-nothing='{nothing}' data-failed='{failed}' data-list='{list}'>"
        "<button type=button class=search-open aria-label='{name}' title='{name}'></button><div class=search-box>"
        "<input name=find role=combobox aria-label='{name}' aria-expanded=false aria-controls=search-list aria-autocomplete=list "
        "aria-keyshortcuts='/' autocomplete=off autocapitalize=off spellcheck=false enterkeyhint=search maxlength={longest} "
        "placeholder='{name}'><kbd aria-hidden=true>/</kbd><button type=button class=search-close aria-label='{close}'>×</button>"
        "<div class=search-found hidden><p class=search-nothing hidden></p><div id=search-list role=listbox aria-label='{hits}'></div></div>"
        "<p class=search-said role=status></p></div></form>"
    )
    return whole.format(
        page=page,
        lang=translate.language,
        longest=LONGEST_SEARCH,
        name=translate("Search everything"),
        close=translate("Close"),
        hits=translate("Search results"),
        all=translate("All results"),
        guess=translate("Did you mean"),
        nothing=translate("Nothing was found. A part of a name is enough, in any spelling."),
        failed=translate("The server does not answer. Please try again."),
        list=listed,
    )


def narrow(label: str, translate: Translator) -> Markup:
    """The box by which a choice is found among many."""
    box = Markup("<input type=search class=narrow aria-label='{}' placeholder='{}'><p class=nothing hidden>{}</p>")
    return box.format(label, translate("Type to find"), translate("Nothing found"))


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
