"""Everything that a text finds, by kind: the page to which the box above every page leads."""

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from atlas.model.asked import own_parameters
from atlas.model.atlas import Atlas
from atlas.model.spelling import LONGEST_SEARCH
from atlas.words import search
from atlas.words.translator import Translator
from ui import frame, links, state, views

EVERY = "all"
FEW, MANY = 4, 3000  # hits of a kind: beside those of other kinds, and by themselves
EXAMPLES = ("Mèo Vạc", "meo vac, ha giang", "富宁县", "Funing", "Trà Lĩnh", "TP. Móng Cái")


def show(atlas: Atlas, translate: Translator) -> None:
    """Draw the page for the text in the address."""
    visit = state.visit()
    text = _readable(visit.part("find") or "")
    if not text:
        frame.head(frame.SEARCH, translate)
        st.html(_how(translate))
        return
    found = search.find(atlas, text, translate.language, FEW)
    groups = found.groups
    kind = visit.part("list")
    if kind in {group.kind for group in groups}:
        whole = search.find(atlas, text, translate.language, MANY)
        groups = tuple(group for group in whole.groups if group.kind == kind)
    shown = sum(len(group.items) for group in groups)
    counts = translate.plural("shown {n} of {m} result", "shown {n} of {m} results", shown, m=found.total)
    frame.head(frame.SEARCH, translate, f"{counts} · “{text}”")
    if len(own_parameters(visit.asked)["find"][-1]) > LONGEST_SEARCH:
        st.warning(translate("The text is too long; its first {n} characters are searched for.", n=LONGEST_SEARCH))
    if groups:
        _kinds(found, translate)
        st.html(_suggested(found.suggestions, translate) + _groups(groups, translate))
    else:
        st.info(translate("Nothing was found. A part of a name is enough, in any spelling."))
        st.html(_suggested(found.suggestions, translate) + _how(translate))


def _readable(text: str) -> str:
    """A text on one line, without characters that cannot be seen."""
    return "".join(char for char in " ".join(text.split()) if char.isprintable())


def _kinds(found: search.Found, translate: Translator) -> None:
    numbers = [(EVERY, translate("All"), found.total)] + [(one.kind, one.label, one.total) for one in found.groups]
    names = {kind: translate("{name} ({n})", name=label, n=total) for kind, label, total in numbers}
    views.choose(names, translate("Search results"), "list")


def _groups(groups: Sequence[search.Group], translate: Translator) -> Markup:
    whole = Markup("<section aria-label='{}'><h2>{} <span>{}</span></h2><ul>{}</ul>{}</section>")
    more = Markup("<button type=button class=action data-set='list={}'>{}</button>")
    parts = [
        whole.format(
            group.label,
            group.label,
            translate.number(group.total),
            Markup("").join(_hit(group.kind, item) for item in group.items),
            more.format(group.kind, translate("Show all {n}", n=group.total)) if group.total > len(group.items) else "",
        )
        for group in groups
    ]
    return Markup("<div class=found>{}</div>").format(Markup("").join(parts))


def _hit(kind: str, item: search.Item) -> Markup:
    hit = Markup("<li><a href='{}'>{}</a> <span>{}</span> <small>{}</small>")
    return hit.format(links.record(kind, item.id), item.title, item.detail, item.reason)


def _suggested(suggestions: Sequence[search.Suggestion], translate: Translator) -> Markup:
    """What the text may have been meant for, told apart from what it finds."""
    link = Markup("<a href='{}'>{}</a>")
    offered = [link.format(one.href, one.text) for one in suggestions]
    whole = Markup("<p class=meant>{} {}</p>")
    return whole.format(translate("Did you mean"), Markup(" ").join(offered)) if offered else Markup("")


def _how(translate: Translator) -> Markup:
    """What can be searched for, with examples."""
    example = Markup("<li><a href='{}'>{}</a>")
    examples = Markup("").join(example.format(links.search(one), one) for one in EXAMPLES)
    return Markup("<div class=how><p>{}</p><ul>{}</ul><p>{} <a href='{}'>{}</a></p></div>").format(
        translate(
            "Type a name into the box above every page: a place of today or a former one, a twinning, an agreement, "
            "a meeting, a figure, a commitment or a source. Vietnamese, Chinese or Latin letters, with or without marks, "
            "with or without the kind of unit and the unit above it: all find the same. For example:"
        ),
        examples,
        translate("For a whole column of names:"),
        links.to("recognise"),
        translate("Recognise a list"),
    )
