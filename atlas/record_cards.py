"""Figures, events and agreements in words, and their record cards as safe HTML."""

from html import escape

import numpy as np
import pandas as pd

from atlas import cards, commitments, meetings
from atlas.dates import anniversary, today
from atlas.i18n import FORMATS, Translator
from atlas.maps import title as twinning_title
from atlas.store import Atlas

TABLES = ("figures", "events", "agreements")


def table_of(atlas: Atlas, record: str) -> str | None:
    """The table (figures, events or agreements) that has a record of this id, None when none has."""
    return atlas.record_tables.get(record)


def programmes(translate: Translator) -> dict[str, str]:
    """The programmes that figures belong to, in words."""
    return {
        "scholarship": translate("Scholarships"),
        "student_exchange": translate("Students"),
        "language_training": translate("Language courses"),
        "cadre_training": translate("Cadre training"),
        "vocational_training": translate("Vocational training"),
        "labour": translate("Labour"),
        "cooperation": translate("Delegations, agreements, border"),
        "health": translate("Health"),
        "other": translate("Crossings and other"),
    }


def units(translate: Translator) -> dict[tuple[str, str], str]:
    """What one unit of a value is, by measure and rate; only values of one unit may share an axis or a sum."""
    named = {
        "persons": translate("Persons"),
        "scholarships": translate("Scholarships"),
        "courses": translate("Courses"),
        "trips": translate("Trips"),
        "permits": translate("Permits"),
        "crossings": translate("Crossings"),
        "pairs": translate("Pairs"),
        "missions": translate("Delegations and meetings"),
        "agreements": translate("Agreements"),
        "money_cny": translate("Yuan"),
        "money_vnd": translate("Đồng"),
        "kilometres": translate("Kilometres"),
        "other": translate("Other units"),
    }
    rates = {
        "total": "{unit}",
        "per_year": translate("{unit} a year", unit="{unit}"),
        "per_month": translate("{unit} a month", unit="{unit}"),
        "per_day": translate("{unit} a day", unit="{unit}"),
    }
    return {(measure, rate): form.format(unit=name) for rate, form in rates.items() for measure, name in named.items()}


def categories(translate: Translator) -> dict[str, str]:
    """Degrees and kinds of study or course in words."""
    return {
        "undergraduate": translate("Undergraduate"),
        "master": translate("Master"),
        "doctoral": translate("Doctoral"),
        "postgraduate": translate("Postgraduate"),
        "vocational": translate("Vocational"),
        "language": translate("Language study"),
        "preparatory": translate("Preparatory year"),
        "short_course": translate("Short course"),
        "all": translate("All degrees"),
        "other": translate("Other"),
    }


def outcomes(translate: Translator) -> dict[str, str]:
    """What became of students, in words."""
    return {
        "graduated": translate("Graduated"),
        "studying": translate("Studying"),
        "not_stated": translate("Not stated"),
    }


def series(translate: Translator) -> dict[str, str]:
    """The series of numbered meetings in words, in the order of the legend."""
    return {
        "spring_meeting": translate("Spring Meeting of party secretaries with Guangxi"),
        "joint_working_committee": translate("Joint Working Committee with Guangxi"),
        "education_conference": translate("Education exchange conference with Guangxi"),
        "yunnan_secretaries_conference": translate("Conference of party secretaries with Yunnan"),
        "yunnan_joint_working_group": translate("Joint Working Group with Yunnan"),
        "border_defence_exchange": translate("Border defence friendship exchange"),
        "courts_conference": translate("Conference of courts of the border provinces"),
        "procuracies_conference": translate("Conference of procuracies of the border provinces"),
        "justice_conference": translate("Meeting of justice departments with Guangxi"),
        "customs_talks_nanning": translate("Customs talks with Nanning"),
        "customs_talks_kunming": translate("Customs talks with Kunming"),
        "youth_meeting": translate("China–Vietnam youth meeting"),
    }


def kinds(translate: Translator) -> dict[str, str]:
    """The kinds of event in words."""
    return {
        "joint_working_committee": translate("Joint Working Committee"),
        "spring_meeting": translate("Spring Meeting"),
        "secretaries_conference": translate("Secretaries' conference"),
        "joint_working_group": translate("Joint Working Group"),
        "education_conference": translate("Education conference"),
        "high_level_visit": translate("High-level visit or talks"),
        "cadre_training_meeting": translate("Meeting on cadre training"),
        "training_course": translate("Training course"),
        "labour_talks": translate("Labour talks"),
        "twinning_ceremony": translate("Twinning ceremony"),
        "border_talks": translate("Border talks"),
        "court_meeting": translate("Meeting of courts"),
        "procuracy_meeting": translate("Meeting of procuracies"),
        "justice_meeting": translate("Meeting of justice departments"),
        "customs_talks": translate("Customs talks"),
        "defence_exchange": translate("Border defence exchange"),
        "health_exchange": translate("Health exchange"),
        "media_exchange": translate("Media exchange"),
        "exchange": translate("Exchange"),
        "other": translate("Other"),
    }


def subjects(translate: Translator) -> dict[str, str]:
    """The subjects of agreements in words."""
    return {
        "twinning": translate("Twinning"),
        "labour": translate("Labour"),
        "education": translate("Education"),
        "cadre_training": translate("Cadre training"),
        "joint_working_committee": translate("Joint committees and groups"),
        "border_management": translate("Border management"),
        "justice": translate("Courts and justice"),
        "health": translate("Health"),
        "media": translate("Media"),
        "tourism": translate("Culture and tourism"),
        "other": translate("Other"),
    }


def term(row: dict, translate: Translator) -> str:
    """The duration that a paper states, and whether its end was counted from it."""
    if not row["term"]:
        return ""
    n = int(row["term"][1:-1])
    text = (
        translate.plural("{n} year", "{n} years", n)
        if row["term"].endswith("Y")
        else translate.plural("{n} month", "{n} months", n)
    )
    return translate("{text} (the end is counted from it)", text=text) if row["valid_until_inferred"] else text


def _anniversary(atlas: Atlas, row: dict, translate: Translator) -> str:
    if row["status"] != "signed" or not row["signed_on"]:
        return ""
    found = anniversary(row["signed_on"], today(atlas.version))
    return translate("{years} years: {day}", years=found[0], day=translate.date(found[1])) if found else ""


def quantity(row: dict, translate: Translator) -> str:
    """A value with its qualifier, e.g. "at least 2,000" or "18–25"."""
    value = translate.number(row["value"])
    if row["qualifier"] == "range":
        return f"{value}–{translate.number(row['value_max'])}"
    if row["qualifier"] == "at_least":
        return translate("at least {value}", value=value)
    if row["qualifier"] == "about":
        return translate("about {value}", value=value)
    return value


def amount(row: dict, translate: Translator) -> str:
    """A figure's value with qualifier, unit and rate, e.g. "at least 2,000 trips"; never a zero for what is not stated."""
    if pd.isna(row["value"]):
        return translate("number not stated")
    text = quantity(row, translate)
    n = 2 if row["qualifier"] == "range" else int(row["value"])
    match row["measure"]:
        case "persons":
            text = translate.plural("{value} person", "{value} persons", n, value=text)
        case "scholarships":
            text = translate.plural("{value} scholarship", "{value} scholarships", n, value=text)
        case "courses":
            text = translate.plural("{value} course", "{value} courses", n, value=text)
        case "trips":
            text = translate.plural("{value} trip", "{value} trips", n, value=text)
        case "permits":
            text = translate.plural("{value} permit", "{value} permits", n, value=text)
        case "crossings":
            text = translate.plural("{value} crossing", "{value} crossings", n, value=text)
        case "pairs":
            text = translate.plural("{value} pair", "{value} pairs", n, value=text)
        case "missions":
            text = translate.plural("{value} delegation or meeting", "{value} delegations or meetings", n, value=text)
        case "agreements":
            text = translate.plural("{value} agreement", "{value} agreements", n, value=text)
        case "money_cny":
            text = translate("{value} yuan", value=text)
        case "money_vnd":
            text = translate("{value} đồng", value=text)
        case "kilometres":
            text = translate("{value} km", value=text)
    if row["rate"] == "per_year":
        return translate("{unit} a year", unit=text)
    if row["rate"] == "per_month":
        return translate("{unit} a month", unit=text)
    if row["rate"] == "per_day":
        return translate("{unit} a day", unit=text)
    return text


def when(row: dict, translate: Translator) -> str:
    """The time that a figure speaks of: its period, whether it is cumulative, and the date as of which it is stated."""
    first, last = row["period_from"], row["period_to"]
    parts = []
    if row["cumulative"] and first and not last:
        parts.append(translate("cumulative since {day}", day=translate.date(first)))
    elif row["cumulative"]:
        parts.append(translate("cumulative"))
    elif first and not last:
        parts.append(translate("since {day}", day=translate.date(first)))
    if last:
        parts.append(translate.period(first, last))
    text = as_of(row, translate)
    for part in reversed(parts):
        text = translate("{text}, {more}", text=part, more=text)
    return text


def as_of(row: dict, translate: Translator) -> str:
    """The date for which a figure is stated, and whether that date rests on reasoning."""
    if not row["as_of"]:
        return translate("as-of date not stated")
    text = translate("as of {day}", day=translate.date(row["as_of"]))
    return translate("{text} (inferred)", text=text) if row["as_of_inferred"] else text


def places(atlas: Atlas, ids: tuple[str, ...], language: str) -> str:
    """Names of places in one line."""
    return Translator(language).join(atlas.places.name(place, language) for place in ids)


def direction(atlas: Atlas, row: dict, translate: Translator) -> str:
    """From where to where a figure counts; an end that no source names is said to be so."""
    ends = [
        places(atlas, row[side], translate.language) or translate("not stated") for side in ("origin", "destination")
    ]
    return " → ".join(ends)


def event_date(row: dict, translate: Translator, formats: dict = FORMATS) -> str:
    """When an event was held or is planned, and whether that rests on reasoning."""
    text = translate.period(row["date_from"], row["date_to"], formats)
    return translate("{text} (inferred)", text=text) if row["date_inferred"] and row["date_from"] else text


def event_status(row: dict, translate: Translator) -> str:
    """Whether an event was held or was only announced."""
    return translate("Held") if row["status"] == "held" else translate("Announced; that it was held is not documented")


def agreement_statuses(translate: Translator) -> dict[str, str]:
    """The states of an agreement in words."""
    return {
        "signed": translate("Signed, in force or not stated"),
        "agreed": translate("Agreed; a signature is not reported"),
        "planned": translate("Planned"),
    }


def session(row: dict, translate: Translator) -> str:
    """The number of a meeting in its series, and whether it was counted here or stated by a source."""
    if pd.isna(row["ordinal"]):
        return ""
    number = translate("no. {n}", n=int(row["ordinal"]))
    return translate("{number} (counted, not stated)", number=number) if row["ordinal_inferred"] else number


def labels(atlas: Atlas, translate: Translator) -> dict[str, str]:
    """What the map says of each figure, event and agreement, in one line; the browser fetches it once."""
    figures = {
        row["id"]: f"{translate.text(row, 'title')}: {amount(row, translate)} ({as_of(row, translate)})"
        for row in atlas.records("figures", atlas.table("figures").index)
    }
    events = {
        row["id"]: f"{event_date(row, translate)}: {translate.text(row, 'title')}"
        for row in atlas.records("events", atlas.table("events").index)
    }
    agreements = {
        row["id"]: f"{translate.date(row['signed_on'])}: {translate.text(row, 'title')}"
        for row in atlas.records("agreements", atlas.table("agreements").index)
    }
    return figures | events | agreements


def differences(atlas: Atlas, table: str, ids) -> pd.DataFrame:
    """The discrepancies that concern any of these records of a table (figures, events, agreements)."""
    wanted = set(ids)
    rows = atlas.table("discrepancies")
    return rows[np.array([not wanted.isdisjoint(concerned) for concerned in rows[table]], bool)]


def html(atlas: Atlas, record: str, translate: Translator) -> str:
    """The card of one figure, event or agreement; every text from the data is escaped.

    :raises KeyError: no table has a record of this id.
    """
    table = table_of(atlas, record)
    if table is None:
        raise KeyError(record)
    (row,) = atlas.records(table, [record])
    facts = {"figures": _figure, "events": _event, "agreements": _agreement}[table](atlas, row, translate)
    facts += [
        (
            translate("Sources differ"),
            [
                f"{translate.text(one, 'title')}: {translate.text(one, 'used')}"
                for one in atlas.records("discrepancies", differences(atlas, table, [record]).index)
            ],
        ),
        (translate("Confidence"), cards.confidences(translate)[row["confidence"]]),
        (translate("Note"), translate.text(row, "note")),
    ]
    listed = "".join(f"<dt>{escape(name)}</dt><dd>{_value(value)}</dd>" for name, value in facts if value)
    return (
        f"<article class='card'><strong>{escape(translate.text(row, 'title'))}</strong><dl>{listed}</dl>"
        f"{commitments.html(atlas, table, record, translate) if table != 'figures' else ''}"
        f"<h4>{escape(translate('Sources'))}</h4>{sources(atlas, row['sources'], translate)}</article>"
    )


def sources(atlas: Atlas, ids: tuple[str, ...], translate: Translator) -> str:
    """A list of sources as HTML."""
    return f"<ol>{''.join(f'<li>{cards.source(atlas, one, translate)}</li>' for one in ids)}</ol>"


def publishers(atlas: Atlas, ids: tuple[str, ...]) -> list[str]:
    """The publishers of sources, each once; the title where the publisher is not known."""
    return list(dict.fromkeys(row["publisher"] or row["title"] for row in atlas.records("sources", ids)))


def _value(value: str | list[str]) -> str:
    if isinstance(value, str):
        return escape(value)
    return f"<ul>{''.join(f'<li>{escape(one)}</li>' for one in value)}</ul>"


def _titles(atlas: Atlas, table: str, column: str, record: str, translate: Translator) -> list[str]:
    rows = atlas.table(table)
    return [translate.text(row, "title") for row in atlas.records(table, rows.index[rows[column] == record])]


def _one_title(atlas: Atlas, table: str, record: str | None, translate: Translator) -> str:
    return translate.text(atlas.records(table, [record])[0], "title") if record else ""


def institution(atlas: Atlas, place: str) -> str:
    """An institution's names in all languages that have one."""
    row = atlas.places[place]
    names = (row["name_vi"], atlas.places.chinese_name(place), row["name_pinyin"], row["name_en"])
    return " · ".join(dict.fromkeys(name for name in names if name))


def _figure(atlas: Atlas, row: dict, translate: Translator) -> list[tuple[str, str | list[str]]]:
    every = atlas.table("figures")
    return [
        (translate("Value"), amount(row, translate)),
        (translate("Time"), when(row, translate)),
        (translate("From → to"), direction(atlas, row, translate)),
        (translate("Programme"), programmes(translate)[row["programme"]]),
        (translate("Kind"), row["category"] and categories(translate)[row["category"]]),
        (translate("Outcome"), row["outcome"] and outcomes(translate)[row["outcome"]]),
        (
            translate("Part of"),
            f"{_one_title(atlas, 'figures', row['part_of'], translate)}: {amount(atlas.records('figures', [row['part_of']])[0], translate)}"
            if row["part_of"]
            else "",
        ),
        (
            translate("Of which"),
            [
                f"{translate.text(one, 'title')}: {amount(one, translate)}"
                for one in atlas.records("figures", every.index[every["part_of"] == row["id"]])
            ],
        ),
        (translate("Provider"), translate.text(row, "provider")),
        (translate("Places of the provider"), places(atlas, row["provider_places"], translate.language)),
        (
            translate("Fields and themes"),
            translate.join(translate.text(one, "name") for one in atlas.records("fields", row["fields"])),
        ),
        (translate("Institutions"), [institution(atlas, one) for one in row["institutions"]]),
        (translate("Agreement"), _one_title(atlas, "agreements", row["agreement"], translate)),
        (translate("Reported at"), _one_title(atlas, "events", row["event"], translate)),
    ]


def _event(atlas: Atlas, row: dict, translate: Translator) -> list[tuple[str, str | list[str]]]:
    language = translate.language
    formats = {"in_person": translate("In person"), "online": translate("Online")}
    figures = atlas.table("figures")
    return [
        (translate("Date"), event_date(row, translate)),
        (translate("Status"), event_status(row, translate)),
        (translate("Series"), row["series"] and series(translate)[row["series"]]),
        (translate("Session"), session(row, translate)),
        (translate("Held together with"), _one_title(atlas, "events", row["held_with"], translate)),
        (translate("Kind"), kinds(translate)[row["kind"]]),
        (translate("Form"), row["format"] and formats[row["format"]]),
        (translate("Place"), row["place"] and atlas.places.full_name(row["place"], language)),
        (translate("Vietnamese side"), places(atlas, row["vn_places"], language)),
        (translate("Chinese side"), places(atlas, row["cn_places"], language)),
        (
            translate("Members of the series"),
            places(atlas, meetings.members(atlas.table("series_members").to_dict("records"), row), language)
            if row["series"]
            else "",
        ),
        (translate("Route"), " → ".join(atlas.places.name(place, language) for place in row["route"])),
        (translate("Outcomes"), translate.text(row, "outcomes")),
        (translate("Signed there"), _titles(atlas, "agreements", "event", row["id"], translate)),
        (
            translate("Figures reported there"),
            [
                f"{translate.text(one, 'title')}: {amount(one, translate)}"
                for one in atlas.records("figures", figures.index[figures["event"] == row["id"]])
            ],
        ),
        (translate("Twinnings"), [_twinning(atlas, one, language) for one in row["twinnings"]]),
    ]


def _agreement(atlas: Atlas, row: dict, translate: Translator) -> list[tuple[str, str | list[str]]]:
    language = translate.language
    twinnings = atlas.twinnings
    return [
        (translate("Subject"), subjects(translate)[row["subject"]]),
        (translate("Signed"), translate.date(row["signed_on"])),
        (
            translate("Valid"),
            translate.period(row["valid_from"], row["valid_until"]) if row["valid_from"] or row["valid_until"] else "",
        ),
        (translate("Term"), term(row, translate)),
        (translate("Next anniversary"), _anniversary(atlas, row, translate)),
        (translate("Status"), agreement_statuses(translate)[row["status"]]),
        (translate("Parties"), translate.text(row, "parties")),
        (translate("Vietnamese side"), places(atlas, row["vn_places"], language)),
        (translate("Chinese side"), places(atlas, row["cn_places"], language)),
        (translate("Place"), row["place"] and atlas.places.full_name(row["place"], language)),
        (translate("Signed at"), _one_title(atlas, "events", row["event"], translate)),
        (translate("Figures under it"), _titles(atlas, "figures", "agreement", row["id"], translate)),
        (
            translate("Twinnings"),
            [_twinning(atlas, one, language) for one in twinnings.index[twinnings["agreement"] == row["id"]]],
        ),
    ]


def _twinning(atlas: Atlas, twinning: str, language: str) -> str:
    return twinning_title(atlas, atlas.records("twinnings", [twinning])[0], language)
