"""What is compared, from the address, and how the two sides are chosen."""

from dataclasses import dataclass, replace
from datetime import timedelta
from urllib.parse import urlencode

import streamlit as st
from markupsafe import Markup

from atlas.cards import bar
from atlas.model import sides
from atlas.model.atlas import Atlas
from atlas.model.compared import Comparison
from atlas.model.comparison import compare
from atlas.model.selection import Selection
from atlas.model.sides import Side
from atlas.model.spelling import LONGEST_SEARCH
from atlas.records.dates import today
from atlas.words import comparison as words
from atlas.words.translator import Translator
from ui import links, state, views

YEARS_BACK = 5  # that are offered; others can be typed


@dataclass(frozen=True)
class Asked:
    """What the address asks for: a kind of sides, and the two; ``wrong``: texts that name none of that kind."""

    kind: str
    a: Side | None
    b: Side | None
    wrong: tuple[str, ...] = ()

    @property
    def sides(self) -> tuple[Side, Side] | None:
        """Both, None as long as one is still to choose."""
        return (self.a, self.b) if self.a and self.b else None


def asked(atlas: Atlas, selection: Selection) -> Asked:
    """What the address asks for. Without sides, the provinces or Chinese sides that are filtered are those."""
    visit = state.visit()
    view, texts = visit.part("view"), [visit.part(name) or "" for name in ("a", "b")]
    named = [sides.read(atlas, text) if text else None for text in texts]
    kind = next((one.kind for one in named if one), view if view in sides.KINDS else None)
    if kind is None:
        kind = "region" if selection.region and not selection.province else "province"
    wrong = tuple(text for text, one in zip(texts, named) if text and (one is None or one.kind != kind))
    usual = sides.usual(atlas, kind) or _filtered(selection, kind)
    a, b = (
        one if one and one.kind == kind else (None if text else other) for text, one, other in zip(texts, named, usual)
    )
    return Asked(kind, a, b, wrong)


def _filtered(selection: Selection, kind: str) -> list[Side | None]:
    slugs = selection.province if kind == "province" else selection.region
    found: list[Side | None] = [Side(kind, slug) for slug in slugs[:2]]
    return [*found, None, None][:2]


def compared(atlas: Atlas, asked: Asked, selection: Selection) -> Comparison | None:
    """The comparison that is asked for, None as long as a side is still to choose."""
    return compare(atlas, *asked.sides, selection.chosen) if asked.sides else None


def address(a: str, b: str, selection: Selection | None = None) -> str:
    """The address of a comparison, which takes the place of filters of provinces and Chinese sides."""
    held = selection or state.selection()
    return f"{links.to('compare', replace(held, province=(), region=()))}&{urlencode({'a': a, 'b': b})}"


def show(atlas: Atlas, asked: Asked, translate: Translator) -> None:
    """Draw what can be compared, both sides with what can take their place, and what was not understood."""
    kinds = Markup("").join(
        Markup("<button type=button data-set='view={}&amp;a=&amp;b=' aria-pressed={}>{}</button>").format(
            kind, str(kind == asked.kind).lower(), name
        )
        for kind, name in words.kinds(translate).items()
    )
    swap = Markup("")
    if found := asked.sides:
        button = Markup("<button type=button class=swap data-set='{}' title='{}' aria-label='{}'>⇄</button>")
        said = translate("Swap the sides")
        swap = button.format(urlencode({"a": found[1].text, "b": found[0].text}), said, said)
    whole = Markup(
        "<nav class=views aria-label='{}'>{}</nav><div class='bar choosers' role=group aria-label='{}'>{}{}{}</div>"
    )
    a, b = (_chooser(atlas, asked, name, translate) for name in ("a", "b"))
    with st.container(key="sides"):
        st.html(whole.format(translate("What is compared"), kinds, translate("The two sides"), a, swap, b))
    if asked.wrong:
        st.warning(_wrong(asked, translate))
    elif not asked.sides:
        st.info(translate("Choose two sides to see them in the same rows."))


def _wrong(asked: Asked, translate: Translator) -> str:
    """What of the address names no side, and what would."""
    texts = translate.join(map(views.quoted, asked.wrong))
    possible = {
        "province": translate("two provinces, of today or former"),
        "region": translate("two Chinese regions, provinces or prefectures"),
        "day": translate("two days, such as 2024-12-31"),
        "period": translate("two periods, such as 2024, 2024-H1, 2024-Q3, 2024-05 or 2016/2020"),
    }
    return translate(
        "{texts} cannot be compared here. Possible are, of one kind: {possible}.",
        texts=texts,
        possible=translate.join_long(possible.values()),
    )


def _chooser(atlas: Atlas, asked: Asked, name: str, translate: Translator) -> Markup:
    """A side, and below it all that can take its place."""
    chosen, other = (asked.a, asked.b) if name == "a" else (asked.b, asked.a)
    label = translate("First side") if name == "a" else translate("Second side")
    shown = words.side(atlas, chosen, translate) if chosen else translate("Choose …")
    groups = (
        _places(atlas, asked.kind, translate)
        if asked.kind in ("province", "region")
        else _times(atlas, asked.kind, translate)
    )
    lists = Markup("").join(
        (Markup("<h3>{}</h3>").format(head) if head else Markup(""))
        + Markup("<ul>{}</ul>").format(
            Markup("").join(_choice(name, text, said, chosen, other) for text, said in choices.items())
        )
        for head, choices in groups.items()
    )
    return views.menu(f"side-{name}", label, shown, _box(asked.kind, name, chosen, label, translate) + lists)


def _choice(name: str, text: str, said: str, chosen: Side | None, other: Side | None) -> Markup:
    both = {name: text} | ({"b" if name == "a" else "a": other.text} if other else {})
    change = urlencode(both | {"province": "", "region": ""})
    pressed = str(bool(chosen) and chosen.text == text).lower()  # type: ignore[union-attr]
    return Markup("<li><button type=button data-set='{}' aria-pressed={}>{}</button>").format(change, pressed, said)


def _box(kind: str, name: str, chosen: Side | None, label: str, translate: Translator) -> Markup:
    """Where a place is found by typing, and a day or period is typed."""
    if kind in ("province", "region"):
        return bar.narrow(label, translate)
    box = Markup(
        "<label>{}<input class=day data-typed={} maxlength={} value='{}'></label><small>{}</small>"
        "<p class=nothing hidden></p>"
    )
    example = (
        translate("for example 2024-12-31")
        if kind == "day"
        else translate("for example 2024, 2024-H1, 2024-Q3, 2024-05 or 2016/2020")
    )
    return box.format(label, name, LONGEST_SEARCH, chosen.text if chosen else "", example)


def _places(atlas: Atlas, kind: str, translate: Translator) -> dict[str, dict[str, str]]:
    labels = bar.unit_labels(atlas, translate.language)
    if kind == "region":
        return {"": {slug: labels[slug] for slug in atlas.region_slugs}}
    ended = [slug for slug in atlas.province_slugs if atlas.places[atlas.places.by_slug[slug]]["valid_until"]]
    return {
        translate("Provinces of today"): {slug: labels[slug] for slug in atlas.province_slugs if slug not in ended},
        translate("Former provinces"): {slug: labels[slug] for slug in ended},
    }


def _times(atlas: Atlas, kind: str, translate: Translator) -> dict[str, dict[str, str]]:
    """Days and periods that are often asked for."""
    day = today(atlas.version)
    years = range(day.year, day.year - YEARS_BACK, -1)
    if kind == "day":
        ends = [day, sides.BEFORE_REFORM, sides.BEFORE_REFORM + timedelta(days=1)]
        texts = [one.isoformat() for one in ends] + [f"{year - 1}-12-31" for year in years]
        named = {translate("Often asked for"): texts}
    else:
        named = {
            translate("Years"): [str(year) for year in years],
            translate("Halves"): [f"{year}-{half}" for year in years for half in ("H2", "H1")],
            translate("Quarters"): [f"{year}-Q{n}" for year in years[:2] for n in (4, 3, 2, 1)],
        }
    return {head: {text: _said(atlas, text, translate) for text in texts} for head, texts in named.items()}


def _said(atlas: Atlas, text: str, translate: Translator) -> str:
    one = sides.read(atlas, text)
    return words.side(atlas, one, translate) if one else text
