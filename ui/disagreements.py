"""The points on which sources disagree: a list to choose from, and the statements of the chosen one beside it."""

from urllib.parse import quote

import streamlit as st
from markupsafe import Markup

from atlas.cards import discrepancy
from atlas.model import disagreements
from atlas.model.atlas import Atlas
from atlas.words import vocabulary
from atlas.words.translator import Translator
from ui import filters, links, state, views

ALL = "all"


def show(atlas: Atlas, translate: Translator) -> None:
    """Draw topics with their counts, a search with the provinces, the list, and the open point or the first of the list."""
    selection = state.selection()

    def found(topic: str | None, provinces: tuple[str, ...]) -> list[str]:
        return discrepancy.found(atlas, selection.q, disagreements.chosen(atlas, topic, provinces), translate)

    names = {ALL: translate("All")} | vocabulary.disagreement_topics(translate)
    counted = {name: len(found(None if name == ALL else name, selection.province)) for name in names}
    topics = {name: translate("{name} ({n})", name=text, n=counted[name]) for name, text in names.items()}
    chosen = views.choose(topics, translate("Topic"), "list")
    topic = None if chosen == ALL else chosen
    of_province = {slug: len(found(topic, (slug,))) for slug in atlas.province_slugs}
    filters.search(atlas, translate, translate("Search in what sources say"), counted[chosen], of_province)
    ids = found(topic, selection.province)
    if not ids:
        st.info(translate("No point matches. Change the search, the topic or the province."))
        return
    opened = next((one for one in selection.record if one in ids), ids[0])
    with st.container(key="disagreements", horizontal=True):
        with st.container(key="records-table"):
            st.html(_index(atlas, ids, opened, translate))
        # on paper an open point stands alone, while the first one does not take the place of the list
        with st.container(key="record-card" if opened in selection.record else "first-card"):
            st.html(discrepancy.html(atlas, opened, translate, links.record))


def _index(atlas: Atlas, ids: list[str], opened: str, translate: Translator) -> Markup:
    """The titles under what the atlas makes of them; the row of the point that is shown is marked."""
    rows = atlas.table("discrepancies").loc[ids]
    head, row = Markup("<tr class=group><th scope=rowgroup>{} <b>{}</b>"), Markup("<tr data-id={}{}><td>{}")
    body = Markup("")
    for status, name in vocabulary.labels(atlas, "discrepancies.status", translate).items():
        of_status = rows[rows["status"] == status]
        if of_status.empty:
            continue
        body += head.format(name, len(of_status))
        body += Markup("").join(
            row.format(quote(one, safe=""), Markup(" aria-current=true" if one == opened else ""), title)
            for one, title in of_status[f"title_{translate.language}"].items()
        )
    label = translate("Where sources disagree")
    whole = Markup(
        "<div class='records grouped'><table aria-label='{}' data-parameter=record>"
        "<thead><tr><th scope=col>{}<tbody>{}</table></div>"
    )
    return whole.format(label, label, body)
