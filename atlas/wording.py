"""Words for what the tables hold as keys: the name of any record, and of any allowed value."""

from atlas import cards, commitments, maps, record_cards
from atlas.i18n import LANGUAGE_NAMES, Translator
from atlas.records import Field
from atlas.store import Atlas

NAMED_BY = {"totals": "label", "fields": "name", "commitments": "text", "commitment_evidence": "text"}
SUFFIXES = {"_vi": (" (Vietnamese)", "vi"), "_zh": (" (Chinese)", "zh"), "_en": (" (English)", "en")}


def record_name(atlas: Atlas, table: str, identifier: str, translate: Translator) -> str:
    """What a reader calls a record; its id if the table has no such record."""
    if table == "places":
        return atlas.places.full_name(identifier, translate.language) if identifier in atlas.places else identifier
    if table == "series_members":
        return record_cards.series(translate)[identifier]
    if identifier not in atlas.table(table).index:
        return identifier
    row = atlas.table(table).loc[identifier]
    if table == "twinnings":
        return maps.title(atlas, row, translate.language)
    if table == "sources":
        return row["title"]
    return translate.text(row, NAMED_BY.get(table, "title"))


def discrepancy_states(translate: Translator) -> dict[str, str]:
    """What the atlas makes of statements that disagree, in words."""
    return {
        "open": translate("left open"),
        "resolved": translate("one statement is used"),
        "explained": translate("the statements count different things"),
    }


def title(field: Field) -> str:
    """The message id of a column's title; columns of one text in three languages share it."""
    suffix, _ = SUFFIXES.get(field.name[-3:], ("", None))
    return field.title.removesuffix(suffix)


def title_with_language(field: Field, translate: Translator) -> str:
    """A column's title, with the language where it is one of three columns of the same text."""
    suffix, language = SUFFIXES.get(field.name[-3:], ("", None))
    return (
        f"{translate(title(field))} ({LANGUAGE_NAMES[language]})"
        if suffix and field.title.endswith(suffix)
        else translate(field.title)
    )


def of_field(table: str, field: Field, translate: Translator) -> dict[str, str]:
    """The allowed values of one column in words; empty for a column that takes any."""
    elsewhere = {
        ("sources", "kind"): cards.source_kinds,
        ("places", "coordinate_precision"): maps.precisions,
        ("places", "gate_class"): maps.gate_classes,
        ("twinnings", "level"): maps.level_names,
        ("totals", "levels"): maps.level_names,
        ("twinnings", "status"): cards.statuses,
        ("agreements", "subject"): record_cards.subjects,
        ("events", "kind"): record_cards.kinds,
        ("events", "series"): record_cards.series,
        ("series_members", "series"): record_cards.series,
        ("commitments", "field"): commitments.fields,
        ("commitments", "basis"): commitments.bases,
        ("commitment_evidence", "kind"): commitments.kinds,
        ("commitment_evidence", "link"): commitments.links,
        ("figures", "programme"): record_cards.programmes,
        ("figures", "category"): record_cards.categories,
        ("figures", "outcome"): record_cards.outcomes,
    }
    if (table, field.name) in elsewhere:
        return elsewhere[table, field.name](translate)
    if field.name == "confidence":
        return cards.confidences(translate)
    if (table, field.name) == ("figures", "measure"):
        return {measure: unit for (measure, rate), unit in record_cards.units(translate).items() if rate == "total"}
    words = _words(translate)
    return {value: words[value] for value in field.enum}


def _words(translate: Translator) -> dict[str, str]:
    """Allowed values that no card shows by themselves."""
    return {
        "VN": translate("Vietnam"),
        "CN": translate("China"),
        "country": translate("country"),
        "province": translate("province"),
        "region": translate("autonomous region"),
        "prefecture": translate("prefecture or prefecture-level city"),
        "district": translate("district"),
        "county": translate("county"),
        "commune": translate("commune or ward"),
        "township": translate("township"),
        "village": translate("village"),
        "border_gate": translate("border gate"),
        "institution": translate("institution"),
        "attested": translate("attested by a source"),
        "proposed": translate("proposed by rule"),
        "merged": translate("merged"),
        "split": translate("split"),
        "renamed": translate("renamed"),
        "unchanged": translate("unchanged"),
        "abolished": translate("abolished"),
        "signed": translate("signed"),
        "agreed": translate("agreed, signature not reported"),
        "planned": translate("Planned"),
        "held": translate("held"),
        "in_person": translate("In person"),
        "online": translate("Online"),
        "field_of_study": translate("field of study"),
        "theme": translate("course theme"),
        "sector": translate("sector"),
        "exact": translate("exact"),
        "at_least": translate("at least"),
        "about": translate("about"),
        "range": translate("from – to"),
        "not_stated": translate("not stated"),
        "total": translate("in total"),
        "per_year": translate("per year"),
        "per_month": translate("per month"),
        "per_day": translate("per day"),
        "both": translate("for both sides"),
        "own": translate("for one's own side"),
        "none": translate("in no paper"),
        "twinnings": translate("twinnings"),
        "vn_localities": translate("Vietnamese localities"),
        "cn_localities": translate("Chinese localities"),
        **discrepancy_states(translate),
    }


def cell(atlas: Atlas, field: Field, value, words: dict[str, str], translate: Translator):
    """A value of a table as a reader sees it: names for ids (sources keep theirs), ``words`` for allowed values, lists in one line."""
    if field.many or field.references:
        items = value if isinstance(value, tuple) else (value,) if value else ()
        if field.references and field.references != "sources":
            return "; ".join(record_name(atlas, field.references, item, translate) for item in items)
        return "; ".join(words[item] if field.enum else item for item in items)
    if field.type == "boolean":
        return translate("yes") if value else translate("no")
    if field.enum:
        return words[value] if value else ""
    return "" if value is None else value
