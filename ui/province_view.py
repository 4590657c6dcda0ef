"""Parts of the page on one province, and the list of all provinces."""

from collections.abc import Iterable
from dataclasses import astuple, replace

import pandas as pd
import streamlit as st
from markupsafe import Markup

from atlas.cards import bar, twinning
from atlas.cards.facts import items
from atlas.cards.linked import Linked
from atlas.cards.session import link
from atlas.charts import counts
from atlas.model import commitments, outlook, signs
from atlas.model.atlas import Atlas
from atlas.model.selection import Selection
from atlas.model.topics import EVERYTHING, LABOUR, SCHOLARSHIPS, TRAINING, Topic
from atlas.records.dates import today
from atlas.words import outlook as words
from atlas.words import sentences as said
from atlas.words import vocabulary
from atlas.words.translator import IN_LISTS, Translator
from ui import charts, compare_choice, flow_view, links, map_view, record_list, state
from ui.records import nothing, show_cards, show_coverage

Records = flow_view.Records


def chosen(atlas: Atlas, selection: Selection) -> str | None:
    """The id of the one province that is filtered; None where there is none, or more than one."""
    return atlas.places.by_slug[selection.province[0]] if len(selection.province) == 1 else None


def records_of(atlas: Atlas, selection: Selection) -> Records:
    """The records of all kinds that pass the filters, twinnings among them."""
    return {"twinnings": selection.twinnings(atlas)} | EVERYTHING.records(atlas, selection)


def overview(atlas: Atlas, selection: Selection, translate: Translator) -> None:
    """The provinces that are filtered, or all, one a row, each a link to its page."""
    st.html(
        Markup("<p class=below>{}</p>").format(translate("Choose a province to see what is next and what is open."))
    )
    slugs = selection.province or atlas.province_slugs
    labels = bar.unit_labels(atlas, translate.language)
    of_unit = outlook.by_unit(atlas, selection.chosen)
    numbers = zip(*(astuple(of_unit(slug)) for slug in slugs))
    heads = [
        translate("Twinnings"),
        translate("Agreements"),
        translate("Meetings and courses"),
        translate("Figures"),
        translate("Commitments without evidence"),
        translate("Twinnings that lost a unit"),
    ]
    counted = {head: list(map(translate.number, column)) for head, column in zip(heads, numbers)}
    with st.container(key="provinces"):
        named = {translate("Province"): [labels[slug] for slug in slugs]}
        record_list.show(named | counted, slugs, translate("Provinces"), "province")


def last_seen(atlas: Atlas, twinnings: Iterable[str], selection: Selection, translate: Translator) -> None:
    """When the twinnings of the province were last seen in a source: a choice of the filter a line, each the way to its list."""
    choices = signs.choices(today(atlas.version).year)
    counted = signs.counted(atlas, twinnings, choices, selection.asof)
    line = translate("{name}: {value}", name="{}", value="{}")
    told = [
        Markup(line).format(
            Markup("<a href='{}'>{}</a>").format(
                links.to(links.FIRST, view="table", seen=one), vocabulary.seen(one, translate)
            ),
            translate.number(n),
        )
        for one, n in counted.items()
        if n
    ]
    if told:
        head = translate("Twinnings by when they were last seen in a source")
        st.html(Markup("<div class=last-seen><h4>{}</h4>{}</div>").format(head, items("ul", told)))


def head(atlas: Atlas, place: str, translate: Translator) -> None:
    """The province's names, what it was or became, and the way to the others."""
    row = atlas.places[place]
    names = dict.fromkeys(
        name
        for name in (
            *(atlas.places.name(place, one) for one in (translate.language, "vi")),
            atlas.places.chinese_name(place),
        )
        if name
    )
    everything = Markup("<a class=everything href='{}'>{}</a>").format(
        links.record("place", place), translate("Everything of this province: units, records, sources")
    )
    said = [
        Markup("<h2>{}</h2>").format(" · ".join(names)),
        _chooser(atlas, place, translate),
        _others(atlas, place, translate),
        everything,
    ]
    if after := _units(atlas, atlas.places.successors(place), translate):
        text = translate(
            "until {day}, now part of {successors}", day=translate.date(row["valid_until"]), successors="{}"
        )
        said.append(Markup("<p>{}</p>").format(Markup(text).format(after)))
    if before := _units(atlas, atlas.places.predecessors(place), translate):
        text = translate(
            "since {day}, formed from {predecessors}", day=translate.date(row["valid_from"]), predecessors="{}"
        )
        said.append(Markup("<p>{}</p>").format(Markup(text).format(before)))
    st.html(Markup("<div class=province-name>{}</div>").format(Markup("").join(said)))


def _units(atlas: Atlas, places: Iterable[str], translate: Translator) -> Markup:
    """Names of units, those that have a page as links to it."""
    named = []
    for place in places:
        name, slug = atlas.places.name(place, translate.language), atlas.places[place]["slug"]
        to = Markup("<a href='{}'>{}</a>").format(links.to("province", province=(slug,)), name)
        named.append(to if slug in atlas.province_slugs else Markup.escape(name))
    return Markup(translate.join(named))  # what stands between items in a language is no markup


def _chooser(atlas: Atlas, place: str, translate: Translator) -> Markup:
    """The provinces with how many twinnings each has under the other filters, in a menu."""
    link_to = Markup("<a href='{}'{}><span>{}</span><b>{}</b></a>")
    groups: dict[str, list[Markup]] = {translate("Provinces of today"): [], translate("Former provinces"): []}
    today, former = groups.values()
    for slug in atlas.province_slugs:
        one = atlas.places.by_slug[slug]
        number = len(replace(state.selection(), province=(slug,)).twinnings(atlas, "id"))
        here = Markup(" aria-current=true") if one == place else ""
        entry = link_to.format(
            links.to("province", province=(slug,)), here, atlas.places.full_name(one, translate.language), number
        )
        (former if atlas.places[one]["valid_until"] else today).append(entry)
    inside = Markup("").join(
        Markup("<h3>{}</h3>{}").format(name, Markup("").join(entries)) for name, entries in groups.items()
    )
    everything = Markup("<a href='{}'><span>{}</span></a>").format(
        links.to("province", province=()), translate("All provinces")
    )
    whole = Markup("<details class=menu><summary>{}</summary><div>{}{}</div></details>")
    return whole.format(translate("Another province"), everything, inside)


def _others(atlas: Atlas, place: str, translate: Translator) -> Markup:
    """The other provinces, each a link to the comparison with it, in a menu."""
    slug = atlas.places[place]["slug"]
    link_to = Markup("<a href='{}'>{}</a>")
    entries = Markup("").join(
        link_to.format(
            compare_choice.address(slug, other),
            atlas.places.full_name(atlas.places.by_slug[other], translate.language),
        )
        for other in atlas.province_slugs
        if other != slug
    )
    whole = Markup("<details class=menu><summary>{}</summary><div>{}</div></details>")
    return whole.format(translate("Compare with …"), entries)


def key_figures(atlas: Atlas, records: Records, selection: Selection, translate: Translator) -> None:
    """How much the atlas has of the province, each number a link to the records that it counts."""
    found = outlook.outlook(atlas, selection)

    def counted(topic: Topic) -> int:
        return len(topic.records(atlas, selection)["figures"])

    entries = [
        (len(records["twinnings"]), translate("Twinnings"), links.to("twinning_map")),
        (len(records["agreements"]), translate("Agreements"), links.to("meetings", view="agreements")),
        (len(records["events"]), translate("Meetings and courses"), links.to("meetings", view="events")),
        (counted(SCHOLARSHIPS), translate("Figures on scholarships and study"), links.to("scholarships")),
        (counted(TRAINING), translate("Figures on training"), links.to("training")),
        (counted(LABOUR), translate("Figures on labour"), links.to("labour")),
        (len(found.commitments), translate("Commitments"), links.to("province", view="commitments")),
        (
            len(flow_view.disputed(atlas, records)),
            translate("Points on which sources disagree"),
            links.to("province", view="differences"),
        ),
    ]
    entry = Markup("<li><a href='{}'><b>{}</b>{}</a></li>")
    shown = Markup("").join(entry.format(to, translate.number(n), name) for n, name, to in entries)
    st.html(Markup("<ul class=key-figures>{}</ul>").format(shown))


def sentences(atlas: Atlas, selection: Selection, translate: Translator) -> None:
    """What is next and what is open, each in a sentence that leads to it."""
    found = outlook.outlook(atlas, selection)

    def listed(said: list[words.Sentence]) -> Markup:
        return items("ul", [link(one, lambda page, changes: links.to(page, **changes)) for one in said])

    whole = Markup("<div class=outlook><h2>{}</h2>{}<h2>{}</h2>{}</div>")
    st.html(
        whole.format(
            translate("What is next"),
            listed(words.coming(atlas, found, translate)),
            translate("What is open"),
            listed(words.open_points(found, translate)),
        )
    )


def map_of(atlas: Atlas, twinnings: pd.DataFrame, selection: Selection, translate: Translator) -> None:
    """The twinnings of the province on the map, framed on them."""
    with st.container(key="province-map"):
        if twinnings.empty:
            nothing(selection, translate)
        else:
            map_view.show(atlas, selection, twinnings, translate)
            st.html(Markup("<div class=below><p>{}</p></div>").format(said.about_boundaries(translate)))


def lists(atlas: Atlas, records: Records, selection: Selection, translate: Translator) -> str:
    """The records of the province, one kind at a time, and the open one beside them. Returns the kind that is shown."""
    names = {
        "twinnings": translate("Twinnings"),
        "agreements": translate("Agreements"),
        "events": translate("Meetings and courses"),
        "figures": translate("Figures"),
        "commitments": translate("Commitments"),
        "differences": translate("Where sources disagree"),
    }
    promised, points = outlook.outlook(atlas, selection).commitments, flow_view.disputed(atlas, records)
    counted = records | {"commitments": promised, "differences": points}
    kind = flow_view.choose_list(atlas, names, counted, translate, parameter="view")
    is_open = selection.pair in records["twinnings"].index or flow_view.opened(atlas)
    with st.container(key="province-lists"):
        left, right = st.columns([3, 2]) if is_open else (st.container(), None)
    with left:
        match kind:
            case "commitments":
                _commitments(atlas, promised, selection.asof, translate)
            case "differences":
                flow_view.points(atlas, points, translate)
            case _:
                flow_view.table(atlas, kind, records[kind], translate)
    if right:
        with right:
            _card(atlas, records, selection, translate)
    return kind


def figures(atlas: Atlas, rows: pd.DataFrame, selection: Selection, translate: Translator) -> None:
    """Charts of the figures of the province, and what is documented of the totals that sources state."""
    plots = [
        charts.of_figures(atlas, counts.parts, rows, translate, translate("Students, by degree")),
        charts.of_figures(atlas, counts.outcomes, rows, translate, translate("What became of the students")),
    ]
    charts.in_columns(atlas, plots, translate, "province")
    charts.unnumbered(atlas, rows, translate)
    show_coverage(atlas, selection, translate)


def _card(atlas: Atlas, records: Records, selection: Selection, translate: Translator) -> None:
    if selection.pair and selection.pair in records["twinnings"].index:
        card = twinning.html(atlas, selection.pair, translate, selection.day(atlas), links.record)
        show_cards(card, "", translate, links.record("twinning", selection.pair))
    else:
        flow_view.card_in_place(atlas, records, translate)


def _commitments(atlas: Atlas, ids: Iterable[str], asof: str | None, translate: Translator) -> None:
    """What was agreed, what is without evidence first; a row opens the paper or session."""
    rows = sorted(
        (row for row in atlas.table("commitments").loc[list(ids)].to_dict("records")),
        key=lambda row: commitments.state_of(atlas, row["id"], asof) != commitments.NO_EVIDENCE,
    )
    if not rows:
        st.info(translate("No commitment of an agreement or meeting is on record."))
        return
    states, fields = vocabulary.commitment_states(translate), vocabulary.labels(atlas, "commitments.field", translate)
    papers, linked = [row["agreement"] or row["event"] for row in rows], Linked(atlas, translate, links.record)
    record_list.show(
        {
            translate("What was agreed"): [translate.text(row, "text") for row in rows],
            translate("State"): [
                linked.link("commitments", row["id"], states[commitments.state_of(atlas, row["id"], asof)])
                for row in rows
            ],
            translate("Due"): [translate.date(row["due"], IN_LISTS) if row["due"] else "" for row in rows],
            translate("Field"): [fields[row["field"]] for row in rows],
            translate("Agreed in"): [
                translate.text(atlas.table(atlas.record_tables[one]).loc[one], "title") for one in papers
            ],
        },
        papers,
        translate("What was agreed, one point a row"),
    )
