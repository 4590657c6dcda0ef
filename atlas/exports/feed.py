"""The releases of the records as an Atom feed (RFC 4287), whole or of some provinces, in one language."""

from collections.abc import Callable
from itertools import pairwise

from lxml import etree
from lxml.builder import ElementMaker
from markupsafe import Markup

from atlas.look.text import clean
from atlas.model import changes, history
from atlas.model.atlas import Atlas
from atlas.model.changes import Change
from atlas.model.changes_selected import selected
from atlas.model.selection import Selection
from atlas.words import agreed
from atlas.words import changes as words
from atlas.words.languages import LANGUAGE_CODES
from atlas.words.translator import Translator

NAMESPACE = "http://www.w3.org/2005/Atom"
IDENTIFIERS = "urn:border-cooperation-atlas:changes"
MOST_RELEASES, MOST_RECORDS = 20, 100  # of a feed; of an entry, the page has them all
E = ElementMaker(namespace=NAMESPACE, nsmap={None: NAMESPACE})

# the page, and its parameters -> an address that holds outside of the atlas
To = Callable[[str, dict[str, str]], str]


def feed(
    atlas: Atlas, selection: Selection, translate: Translator, itself: str, to: To, series: str | None = None
) -> bytes:
    """One entry a release but the first, the newest first, each with what it changed of what is selected.

    :param selection: its provinces and regions.
    :param itself: the address of the feed.
    :param to: gives the addresses of pages.
    :param series: of meetings, after whose last session the releases are told; all are without one.
    :raises atlas.UnknownValue: there is no such series.
    :raises atlas.model.history.DamagedHistory: see :func:`atlas.model.history.replay`.
    """
    versions = list(history.released(atlas))
    filters = {name: ",".join(getattr(selection, name)) for name in ("province", "region") if getattr(selection, name)}
    last = changes.last_session(atlas, series) if series is not None else None
    identifier = ":".join([IDENTIFIERS, translate.language, *filters.values(), *([series] if series else [])])
    name = translate("Vietnam–China Border Cooperation Atlas")
    session = agreed.session(atlas, last["id"], translate) if last else ""
    units = translate.join(
        atlas.places.name(atlas.places.by_slug[slug], translate.language)
        for slug in selection.province + selection.region
    )
    whole = E.feed(
        E.id(identifier),
        E.title(": ".join(filter(None, [translate("What changed"), units, session])) + f" – {name}"),
        E.updated(_moment(versions[-1] if versions else atlas.version)),
        E.author(E.name(name)),
        E.rights(atlas.schema.licence),
        E.link(rel="self", type="application/atom+xml", href=itself),
        E.link(rel="alternate", type="text/html", href=to("changes", filters)),
        {"{http://www.w3.org/XML/1998/namespace}lang": LANGUAGE_CODES[translate.language]},
    )
    pairs = [one for one in pairwise(versions) if not last or one[1] >= last["date_from"]]
    for before, after in reversed(pairs[-MOST_RELEASES:]):
        found = selected(atlas, changes.between(atlas, before, after), selection)
        page = to("changes", {"a": before, "b": after} | filters)
        entry = E.entry(
            E.id(f"{identifier}:{after}"),
            E.title(
                translate(
                    "Records of {day}: {counts}", day=translate.date(after), counts=words.counted(found, translate)
                )
            ),
            E.updated(_moment(after)),
            E.published(_moment(after)),
            E.link(rel="alternate", type="text/html", href=page),
            E.content(clean(_content(atlas, words.in_order(found), translate, page, to)), type="html"),
        )
        whole.append(entry)
    return etree.tostring(whole, xml_declaration=True, encoding="UTF-8")


def _moment(day: str) -> str:
    return f"{day}T00:00:00Z"


def _content(atlas: Atlas, found: list[Change], translate: Translator, page: str, to: To) -> str:
    """The records of an entry as HTML: a list a table and kind, and the link to all of them where they are too many."""
    tables = {name: translate(table.title) for name, table in atlas.schema.tables.items()}
    said = words.kinds(translate)
    parts, last = [], None
    for one in found[:MOST_RECORDS]:
        if (one.table, one.kind) != last:
            last = (one.table, one.kind)
            parts.append(Markup("<h3>{}: {}</h3>").format(tables.get(one.table, one.table), said[one.kind]))
        parts.append(Markup("<p>{}</p>").format(_record(atlas, one, translate, to)))
    if len(found) > MOST_RECORDS:
        more = translate("and {n} more", n=len(found) - MOST_RECORDS)
        parts.append(Markup("<p><a href='{}'>{}</a></p>").format(page, more))
    return Markup("").join(parts)


def _record(atlas: Atlas, one: Change, translate: Translator, to: To) -> Markup:
    name = words.title(atlas, one, translate)
    linked = Markup.escape(name)
    if page := words.linked(one):
        kind, identifier = page
        linked = Markup("<a href='{}'>{}</a>").format(to(kind, {"id": identifier}), name)
    told_cells = words.own(atlas, one.table, (*one.facts, *one.wording), translate)
    cells = (words.cell(atlas, one.table, cell, translate) for cell in told_cells)
    value = Markup("<del>{}</del> → <ins>{}</ins>")
    pattern = Markup("<br>") + translate("{name}: {value}", name="{}", value="{}")
    told = (pattern.format(name, value.format(*values)) for name, *values in cells)
    return linked + Markup("").join(told)
