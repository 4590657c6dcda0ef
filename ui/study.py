"""The stories of the pages on study and work, and what their figures name: fields of study, themes, sectors, institutions."""

import pandas as pd
import streamlit as st
from markupsafe import Markup

from atlas.cards.linked import Linked
from atlas.charts import bars, counts, places, timelines
from atlas.look import palette
from atlas.maps import flows
from atlas.model.atlas import Atlas
from atlas.words import values
from atlas.words.languages import LANGUAGE_NAMES
from atlas.words.translator import IN_LISTS, Translator
from ui import charts, links, record_list

Records = dict[str, pd.DataFrame]


def totals(atlas: Atlas, figures: pd.DataFrame, translate: Translator) -> None:
    """The totals of students that sources state: by degree, by what became of them, and by city."""
    granted = figures[figures["programme"] == "scholarship"]
    plots = [
        charts.of_figures(atlas, counts.parts, granted, translate, translate("Students on scholarships, by degree")),
        charts.of_figures(atlas, counts.outcomes, granted, translate, translate("What became of the students")),
    ]
    cities = places.matrix(atlas, figures, translate)
    shown = [plot for plot in plots if plot]
    if not shown and not cities:
        return
    left, right = st.columns(2, gap="medium") if shown and cities else [st.container()] * 2
    with left:
        for number, plot in enumerate(shown):
            charts.show(atlas, plot, translate, f"totals-{number}")
    with right:
        if cities:
            _by_city(cities, translate)


def _by_city(cities: Markup, translate: Translator) -> None:
    title = translate("Students by province and city of study")
    note = translate(
        "Persons. {mark}: a source names the city without a number. Empty: no source names it. A click opens the figures.",
        mark=places.NAMED,
    )
    whole = Markup("<h2>{}</h2><div class=wide>{}</div><div class=below><p>{}</p></div>")
    with st.container(key="chart-cities"):
        st.html(whole.format(title, cities, note))


def by_place(atlas: Atlas, figures: pd.DataFrame, translate: Translator) -> None:
    """All figures on scholarships and study by place; open at first where none of them has a city."""
    title = translate("Scholarships, students and language courses by place")
    plot = charts.of_figures(atlas, places.panels, figures, translate, title)
    charts.folded(atlas, plot, translate, "by-place", opened=not places.matrix(atlas, figures, translate))


def course_shapes(atlas: Atlas, events: pd.DataFrame) -> dict:
    """Courses and their routes as shapes of the map."""
    return flows.event_shapes(atlas, events, lambda row: palette.TRAINING)


def courses(atlas: Atlas, records: Records, translate: Translator) -> None:
    """Agreements and courses on one axis of time, the sites of the courses that went from place to place, the figures."""
    events = atlas.records("events", records["events"].index)
    shade = palette.PROGRAMME_COLOURS["vocational_training"]
    spans = [
        *timelines.agreement_spans(
            atlas.records("agreements", records["agreements"].index), translate, palette.TRAINING
        ),
        *timelines.event_spans(events, translate, shade),
    ]
    legend = ((translate("Agreements"), palette.TRAINING), (translate("Courses"), shade))
    title = translate("Agreements and courses on cadre training")
    line = timelines.timeline(spans, translate, title, legend)
    routes = [row for row in events if len(row["route"]) > 1]
    title = translate("Persons trained, by place")
    figures = charts.of_figures(atlas, places.panels, records["figures"], translate, title)
    left, right = st.columns([3, 2], gap="medium") if line and (routes or figures) else [st.container()] * 2
    with left:
        if line:
            charts.show(atlas, line, translate, "courses")
    with right:
        for row in routes:
            _route(atlas, row, translate)
        if figures:
            charts.show(atlas, figures, translate, "trained")


def _route(atlas: Atlas, event: dict, translate: Translator) -> None:
    """The sites of a course in their order, each with the place where it lies."""
    stop = Markup("<li>{}{}</li>")
    stops = Markup("").join(
        stop.format(
            atlas.places.name(place, translate.language),
            Markup(" <small>{}</small>").format(
                values.places(atlas, atlas.places.ancestors(place)[:1], translate.language)
            ),
        )
        for place in event["route"]
    )
    head = translate("Route: {title}", title=translate.text(event, "title"))
    when = values.event_date(event, translate, IN_LISTS)
    whole = Markup("<h2>{}</h2><p class=when>{}</p><ol class=route>{}</ol>")
    with st.container(key=f"route-{event['id']}"):
        st.html(whole.format(bars.opening(head, [event["id"]]), when, stops))


def labour(atlas: Atlas, records: Records, translate: Translator) -> None:
    """The agreements and talks along the years, and the figures by place and by what they count."""
    spans = [
        *timelines.agreement_spans(atlas.records("agreements", records["agreements"].index), translate, palette.LABOUR),
        *timelines.event_spans(atlas.records("events", records["events"].index), translate, palette.LABOUR),
    ]
    line = timelines.timeline(spans, translate, translate("Agreements and talks on labour, by date"))
    figures = charts.of_figures(
        atlas, places.panels, records["figures"], translate, translate("Workers, trips and permits, by place")
    )
    for plot, key in ((line, "agreements"), (figures, "by-place")):
        if plot:
            charts.show(atlas, plot, translate, key)


def fields(atlas: Atlas, figures: pd.DataFrame, translate: Translator, title: str) -> None:
    """Each field that the figures name, its kind, and from where to where they count."""
    kinds = {
        "field_of_study": translate("Field of study"),
        "theme": translate("Theme of courses"),
        "sector": translate("Priority sector"),
    }
    named: dict[str, list[str]] = {}
    for row in atlas.records("figures", figures.index):
        for field in row["fields"]:
            named.setdefault(field, []).append(values.direction(atlas, row, translate))
    if not named:
        return
    rows = atlas.table("fields").loc[list(named)].sort_values("kind")
    columns = {
        translate("Field"): [translate.text(row, "name") for row in atlas.records("fields", rows.index)],
        translate("Kind"): [kinds[kind] for kind in rows["kind"]],
        translate("Named for"): [translate.join_long(dict.fromkeys(named[field])) for field in rows.index],
    }
    with st.expander(title):
        record_list.plain(columns, title)


def institutions(atlas: Atlas, figures: pd.DataFrame, translate: Translator) -> None:
    """Each institution that the figures name, with its names in three languages as far as sources give them."""
    ids = list(dict.fromkeys(one for named in figures["institutions"] for one in named))
    if not ids:
        return
    rows = [atlas.places[one] for one in ids]
    columns = {language: f"{name}" for language, name in LANGUAGE_NAMES.items()}
    linked = Linked(atlas, translate, links.record)
    lie = [linked.places(atlas.places.ancestors(one)) for one in ids]
    names = {
        columns[language]: [
            linked.link("places", row["id"], name) if (name := row.get(f"name_{language}")) else "" for row in rows
        ]
        for language in columns
    }
    with st.expander(translate("Institutions")):
        record_list.plain(names | {translate("Place"): lie}, translate("Institutions"))
