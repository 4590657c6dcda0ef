"""The record card of a twinning: everything that is known of it, as safe HTML."""

from collections.abc import Iterator
from datetime import date

from markupsafe import Markup
from pandas import Series

from atlas.cards.discrepancy import differences
from atlas.cards.facts import items, listed
from atlas.cards.linked import Linked, To
from atlas.cards.seen import seen
from atlas.cards.source import sources
from atlas.cards.succession import became
from atlas.model import relations
from atlas.model.atlas import Atlas
from atlas.model.gazetteer import PROPOSED
from atlas.words import vocabulary
from atlas.words.languages import in_order
from atlas.words.sentences import proposed_names
from atlas.words.translator import Translator


def html(atlas: Atlas, twinning: str, translate: Translator, day: date, to: To | None = None) -> Markup:
    """The card of one twinning as of a day, see :func:`inside`.

    :param to: makes the addresses of the pages of the records that it names.
    """
    return Markup("<article class='card'>{}</article>").format(inside(Linked(atlas, translate, to), twinning, day))


def inside(linked: Linked, twinning: str, day: date) -> Markup:
    """Both sides, what it is, who stands in on a day, sources; then everything else."""
    atlas, translate = linked.atlas, linked.translate
    row = atlas.twinnings.loc[twinning]
    vietnamese = _side(linked, twinning, "VN", translate("Vietnamese side"))
    chinese = _side(linked, twinning, "CN", translate("Chinese side"))
    sides = Markup("").join(in_order(translate.language, vietnamese, chinese))
    # pages in Chinese say it below, for all names on them
    proposes = PROPOSED in sides and translate.language != "zh"
    parts = [
        Markup("<div class='sides'>{}</div>").format(sides),
        _what(atlas, row, translate),
        *_ends(linked, twinning, day),
        Markup("<h4>{}</h4>{}").format(translate("Sources"), sources(linked, row["sources"])),
        seen(linked, twinning, day),
        _details(linked, twinning),
        _other_twinnings(linked, twinning),
        _small(proposed_names(translate)) if proposes else Markup(""),
    ]
    return Markup("").join(parts)


def _what(atlas: Atlas, row: Series, translate: Translator) -> Markup:
    """Level, signature and state of a twinning in one line."""
    signed = translate.date(row["signed_on"])
    said = [
        vocabulary.label(atlas, "twinnings.level", row, translate),
        translate("signed {day}", day=signed) if row["signed_on"] else translate("date of signature not stated"),
        vocabulary.label(atlas, "twinnings.status", row, translate),
    ]
    return Markup("<p class='what'>{}</p>").format(" · ".join(said))


def _details(linked: Linked, twinning: str) -> Markup:
    atlas, translate = linked.atlas, linked.translate
    row = atlas.twinnings.loc[twinning]
    placed = [
        translate(
            "{name}: {value}",
            name=atlas.places.name(place, translate.language),
            value=vocabulary.label(atlas, "places.coordinate_precision", atlas.places[place], translate),
        )
        for place in (*row["vn"], *row["cn"])
        if atlas.places[place]["coordinate_precision"] not in (None, "point")
    ]
    return listed(
        [
            (translate("Renewed"), row["renewed_on"] and translate.date(row["renewed_on"])),
            (translate("Last confirmed"), row["last_confirmed"] and translate.date(row["last_confirmed"])),
            (translate("Agreement"), linked.record("agreements", row["agreement"])),
            (translate("Sources differ"), differences(linked, "twinnings", twinning)),
            (translate("Confidence"), vocabulary.label(atlas, "twinnings.confidence", row, translate)),
            (translate("Note"), translate.text(row, "note")),
            (translate("Position"), translate.join_long(placed)),
        ]
    )


def _side(linked: Linked, twinning: str, country: str, head: str) -> Markup:
    members = (one for one in linked.atlas.members[twinning] if one["side"] == country)
    said = Markup("").join(_member(linked, member) for member in members)
    return Markup("<section><h4>{}</h4>{}</section>").format(head, said)


def _small(text: str) -> Markup:
    return Markup("<small>{}</small>").format(text)


def _member(linked: Linked, member: dict) -> Markup:
    atlas, translate, place = linked.atlas, linked.translate, member["place"]
    row = atlas.places[place]
    organisation = translate.text(member, "organisation")
    # with their types, as the first has it, or a city stands there twice
    vietnamese, english = (row[f"name_{one}"] and atlas.places.name(place, one) for one in ("vi", "en"))
    latin = row["name_pinyin"] or english
    spellings = [atlas.places.name(place, translate.language), vietnamese, atlas.places.chinese_name(place), latin]
    names = dict.fromkeys(name for name in spellings if name)
    named = linked.link("places", place, " · ".join(names))
    first, *more = [organisation, named] if organisation else [named]
    lines = [Markup("<strong>{}</strong>").format(first), *more, linked.places(atlas.places.ancestors(place))]
    if member["name_as_signed"]:
        lines.append(_small(translate("as signed: {name}", name=member["name_as_signed"])))
    if row["gate_class"]:
        lines.append(_small(vocabulary.label(atlas, "places.gate_class", row, translate)))
    return Markup("<p>{}</p>").format(Markup("<br>").join(line for line in lines if line))


def _ends(linked: Linked, twinning: str, day: date) -> Iterator[Markup]:
    """What became of each member that does not exist on a day, each beside its name."""
    pattern = linked.translate("{name}: {value}", name="{}", value="{}")
    for member in linked.atlas.members[twinning]:
        if ended := _end_of(linked, member["place"], day):
            said = Markup(pattern).format(linked.place(member["place"]), ended)
            yield Markup("<p class='ended'>{}</p>").format(said)


def _end_of(linked: Linked, place: str, day: date) -> Markup:
    """What became of a unit, or of the commune of a village, that does not exist on a day."""
    places = linked.atlas.places
    row = places[place]
    if not places.exists(place, day):
        return became(linked, place)
    if row["kind"] == "village" and row["parent"] and not places.exists(row["parent"], day):
        return Markup("{}: {}").format(linked.place(row["parent"]), became(linked, row["parent"]))
    return Markup("")


def _other_twinnings(linked: Linked, twinning: str) -> Markup:
    atlas = linked.atlas
    places = (*atlas.twinnings.at[twinning, "vn"], *atlas.twinnings.at[twinning, "cn"])
    others = [one for one in relations.twinnings_of(atlas, places) if one != twinning]
    if not others:
        return Markup("")
    head = linked.translate("Other links of these places")
    return Markup("<h4>{}</h4>{}").format(head, items("ul", linked.records("twinnings", others)))
