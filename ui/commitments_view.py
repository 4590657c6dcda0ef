"""Parts of the page on commitments: what is chosen, the points by paper, the report since a session, and where."""

from collections import Counter
from collections.abc import Iterable
from urllib.parse import urlencode

import pandas as pd
import streamlit as st
from markupsafe import Markup

from atlas.cards import agreed as cards
from atlas.cards import bar
from atlas.cards.linked import Linked
from atlas.look import palette
from atlas.maps import flows
from atlas.model import agreed, commitments
from atlas.model.agreed import Wanted
from atlas.model.atlas import Atlas
from atlas.model.selection import POINTS, Selection
from atlas.words import agreed as words
from atlas.words import sentences, vocabulary
from atlas.words.translator import Translator
from ui import filters, flow_view, links, state, views

AT_ONCE = 30  # points that are listed; the papers of all others stand below them, each a link to its own
MOST_WRONG = 5  # values of an address that are named


def asked(atlas: Atlas) -> tuple[Wanted, list[tuple[str, str]]]:
    """What the address asks for, and (parameter, value) of all that is not known."""
    visit = state.visit()
    return Wanted.from_query({name: visit.values(name) for name in (*POINTS, "since")}, atlas)


def filters_of_page(atlas: Atlas, selection: Selection, wanted: Wanted) -> filters.Own:
    """The page's own filters with what each choice would leave."""
    chosen = tuple((name, value) for name in POINTS for value in getattr(wanted, name))
    return filters.Own(words.facets, agreed.counts(atlas, selection, wanted), chosen)


def counted(rows: pd.DataFrame, translate: Translator) -> str:
    """How many points there are, in how many papers and sessions, and of how many sources tell."""
    told = int((rows["state"] != commitments.NO_EVIDENCE).sum())
    return " · ".join(
        [
            translate.plural("{n} commitment", "{n} commitments", len(rows)),
            translate.plural("{n} meeting or paper", "{n} meetings and papers", rows["paper"].nunique()),
            translate("sources tell of {n}", n=told),
            state.of_day(),
        ]
    )


def not_understood(wrong: list[tuple[str, str]], translate: Translator) -> None:
    """What of the address names nothing, and what would."""
    sessions, others = (
        translate.join(views.quoted(value, name) for name, value in wrong[:MOST_WRONG] if (name == "since") == one)
        for one in (True, False)
    )
    if sessions:
        st.warning(
            translate(
                "{text} names no session, so that all commitments are shown. Choose one at the top of the page.",
                text=sessions,
            )
        )
    if others:
        st.warning(translate("{text} names nothing that the commitments are filtered by, and is ignored.", text=others))


def choose_since(atlas: Atlas, wanted: Wanted, translate: Translator) -> None:
    """The session since which a report is wanted, and what else can be chosen."""
    head = translate("Report for the next session: agreed since")
    shown = words.session(atlas, wanted.since, translate) if wanted.since else translate("choose a session")
    choice = Markup("<li><button type=button data-set='since={}' aria-pressed={}>{}</button>")
    listed = Markup("").join(
        choice.format(one, str(one == wanted.since).lower(), words.session(atlas, one, translate))
        for one in agreed.sessions(atlas)
    )
    back = Markup("<button type=button data-set='since='>{}</button>").format(translate("All commitments"))
    inside = bar.narrow(head, translate) + Markup("<ul>{}</ul>").format(listed)
    whole = Markup("<div class='bar choosers' role=group aria-label='{}'>{}{}</div>")
    with st.container(key="since"):
        st.html(whole.format(head, views.menu("since", head, shown, inside), back if wanted.since else ""))


def report(atlas: Atlas, event: str, rows: pd.DataFrame, selection: Selection, translate: Translator) -> None:
    """What the report since a session holds, in sentences; which points may be earlier, since no day of their paper is known."""
    found = agreed.since(atlas, event)
    said = words.since(atlas, found, len(rows), translate)
    linked = Linked(atlas, translate, links.record)
    known = agreed.found(atlas, selection, Wanted())
    undated = known[known.index.isin(found.undated)]
    more = Markup("")
    if len(undated):
        head = translate.plural(
            "{n} commitment of papers without a known day, which may be earlier or later",
            "{n} commitments of papers without a known day, which may be earlier or later",
            len(undated),
        )
        items = Markup("").join(
            Markup("<li>{}</li>").format(
                Markup("<a href='{}'>{}</a>").format(of_page(paper=(one,)), cards.name(linked, one))
            )
            for one in undated["paper"].unique()
        )
        more = Markup("<details><summary>{}</summary><ul>{}</ul></details>").format(head, items)
    sentences_of = Markup("").join(map(Markup("<p>{}</p>").format, said))
    with st.container(key="since-report"):
        st.html(Markup("<div class=report>{}{}</div>").format(sentences_of, more))


def of_page(**wanted: Iterable[str]) -> str:
    """The address of this page with filters of its own in place of those that are set."""
    return f"{links.to('commitments')}&{urlencode(wanted, doseq=True)}"


def listed(atlas: Atlas, rows: pd.DataFrame, selection: Selection, translate: Translator) -> None:
    """The points by paper or session, the newest first; of very many the newest papers, and links to all others."""
    if rows.empty:
        st.info(translate("No commitment passes all filters together. Take back one of the filters, or reset them."))
        return
    linked = Linked(atlas, translate, links.record)
    papers = [(paper, list(part.index)) for paper, part in rows.groupby("paper", sort=False)]
    shown, rest = _shared(papers)
    sections = Markup("").join(cards.of_paper(linked, paper, ids, selection.asof) for paper, ids in shown)
    with st.container(key="commitments"):
        st.html(Markup("<div class=agreed>{}</div>").format(sections))
        if rest:
            st.html(_further(linked, rest, translate))
        said = [translate("Where no side or day stands, the text of the point states none.")]
        if (rows["state"] == commitments.NO_EVIDENCE).any():
            said.append(sentences.no_evidence(translate))
        st.html(Markup("<div class=below><p>{}</p></div>").format(" ".join(said)))


def _shared(papers: list[tuple[str, list[str]]]) -> tuple[list, list]:
    """The papers whose points are listed, at least one, and those that are only named."""
    left = AT_ONCE
    for at, (_, ids) in enumerate(papers):
        left -= len(ids)
        if left < 0 and at:
            return papers[:at], papers[at:]
    return papers, []


def _further(linked: Linked, papers: list[tuple[str, list[str]]], translate: Translator) -> Markup:
    """The papers that have no room, each with a click that shows its points which pass the filters."""
    item = Markup("<li><button type=button data-set='paper={}'>{}</button> <small>{}</small>")
    items = Markup("").join(
        item.format(
            paper,
            cards.name(linked, paper),
            translate.join([cards.day(linked, paper), translate.plural("{n} point", "{n} points", len(ids))]),
        )
        for paper, ids in papers
    )
    head = translate.plural("{n} earlier meeting or paper", "{n} earlier meetings and papers", len(papers))
    return Markup("<section class=further><h2>{}</h2><ul>{}</ul></section>").format(head, items)


def where(atlas: Atlas, rows: pd.DataFrame, selection: Selection, translate: Translator) -> None:
    """The card of what is open, and a map of the units whose papers and sessions have these points."""
    records = {
        name: atlas.table(name).loc[lambda table: table.index.isin(rows["paper"])] for name in ("agreements", "events")
    }
    with st.container(key="commitments-map"):
        st.html(Markup("<h2>{}</h2>").format(translate("Whom they concern")))
        flow_view.show(atlas, selection, _shapes(atlas, rows), translate, "commitments")
        counted = translate("The number in a mark is how many of the listed commitments concern this unit.")
        st.html(Markup("<div class=below><p>{} {}</p></div>").format(counted, sentences.about_boundaries(translate)))
        if any(one in listed.index for one in flow_view.opened(atlas) for listed in records.values()):
            flow_view.card_in_place(atlas, records, translate)


def _shapes(atlas: Atlas, rows: pd.DataFrame) -> dict:
    """A numbered mark for each unit that the papers and sessions name."""
    concerned: dict[str, Counter[str]] = {}
    for paper, number in Counter(rows["paper"]).items():
        (row,) = atlas.records(atlas.record_tables[paper], [paper])
        for place in dict.fromkeys((*row["vn_places"], *row["cn_places"])):
            concerned.setdefault(place, Counter())[paper] = number
    return flows.unit_shapes(atlas, concerned, palette.MEETING)


def by_field(atlas: Atlas, rows: pd.DataFrame, selection: Selection, translate: Translator) -> None:
    """How many points concern each province, chosen or of today, in each field; a number filters by both."""
    table = agreed.by_province(rows, selection.province or _of_today(atlas))
    if not table:
        return
    names = vocabulary.labels(atlas, "commitments.field", translate)
    heads = [field for field in names if any(field in numbers for numbers in table.values())]
    cell = Markup("<td><button type=button data-set='province={}&amp;field={}'>{}</button>")
    lines = Markup("").join(
        Markup("<tr><th scope=row>{}{}").format(
            atlas.places.name(atlas.places.by_slug[slug], translate.language),
            Markup("").join(
                cell.format(slug, field, translate.number(number)) if (number := numbers[field]) else Markup("<td>")
                for field in heads
            ),
        )
        for slug, numbers in table.items()
    )
    head = Markup("").join(Markup("<th scope=col>{}").format(names[field]) for field in heads)
    title = translate("Commitments by province and field")
    whole = Markup(
        "<section class=by-field><h2>{}</h2><div><table aria-label='{}'><thead><tr><th>{}<tbody>{}</table></div><p>{}</p></section>"
    )
    note = translate("A commitment of several provinces counts for each of them.")
    st.html(whole.format(title, title, head, lines, note))


def _of_today(atlas: Atlas) -> list[str]:
    return [slug for slug in atlas.province_slugs if not atlas.places[atlas.places.by_slug[slug]]["valid_until"]]
