"""Words for the allowed values of the tables."""

from atlas.model.commitments import NO_EVIDENCE
from atlas.words.languages import LOCALES
from atlas.words.translator import Translator


def statuses(translate: Translator) -> dict[str, str]:
    """The states of a twinning in words."""
    return {
        "active": translate("Active"),
        "lapsed": translate("Lapsed"),
        "planned": translate("Planned"),
        "unknown": translate("Not known today"),
    }


def confidences(translate: Translator) -> dict[str, str]:
    """The degrees of confidence in words."""
    return {"high": translate("High"), "medium": translate("Medium"), "low": translate("Low")}


def source_kinds(translate: Translator) -> dict[str, str]:
    """The kinds of source in words."""
    return {
        "article": translate("press"),
        "official": translate("official"),
        "reference": translate("reference work"),
        "dataset": translate("data set"),
        "mirror": translate("copy on another site, not linked"),
        "machine_translation": translate("machine translation"),
    }


def commitment_states(translate: Translator) -> dict[str, str]:
    """The states of a commitment in words."""
    return {
        "done": translate("Done"),
        "under_way": translate("Under way"),
        "taken_up_again": translate("Taken up again later"),
        "replaced": translate("Replaced"),
        NO_EVIDENCE: translate("No evidence found"),
    }


def evidence_kinds(translate: Translator) -> dict[str, str]:
    """The kinds of evidence in words."""
    return {
        "done": translate("done"),
        "under_way": translate("under way"),
        "number_reported": translate("a number is reported"),
        "taken_up_again": translate("taken up again"),
        "replaced": translate("replaced"),
    }


def evidence_links(translate: Translator) -> dict[str, str]:
    """Whether evidence names the paper, in words."""
    return {
        "paper": translate("the source names the paper or session"),
        "matter": translate("the source reports the same matter only"),
    }


def commitment_bases(translate: Translator) -> dict[str, str]:
    """What a commitment was read in, in words."""
    return {
        "paper": translate("text of the paper"),
        "report": translate("report"),
        "draft": translate("draft of a paper"),
        "own_plan": translate("plan of one side"),
    }


def commitment_fields(translate: Translator) -> dict[str, str]:
    """The fields of commitments in words."""
    return {
        "trade_and_gates": translate("Trade and border gates"),
        "border_management": translate("Border management"),
        "people_to_people": translate("Exchange of people and organisations"),
        "culture_and_tourism": translate("Culture and tourism"),
        "health": translate("Health"),
        "twinning": translate("Twinning"),
        "agriculture": translate("Agriculture"),
        "transport": translate("Transport"),
        "crime": translate("Fight against crime"),
        "labour": translate("Labour"),
        "training": translate("Training"),
        "education": translate("Education"),
        "environment": translate("Environment"),
        "other": translate("Other"),
    }


def group_text(translate: Translator) -> str:
    """What the map says of twinnings that stand together as one mark; the browser puts their number for ``{n}``."""
    return translate("{n} twinnings here; click to come closer", n="{n}")


def several_text(translate: Translator) -> str:
    """What the mark of a place says that has several twinnings; the browser puts their number for ``{n}``."""
    return translate("{n} twinnings here; click to list them", n="{n}")


def control_names(translate: Translator) -> dict[str, str]:
    """The names of what moves the map and closes a list on it."""
    return {
        "whole": translate("Whole border"),
        "closer": translate("Zoom in"),
        "farther": translate("Zoom out"),
        "close": translate("Close"),
    }


def level_names(translate: Translator) -> dict[str, str]:
    """The levels of twinning in words, in the order of the legend."""
    return {
        "province": translate("Province"),
        "prefecture": translate("Prefecture"),
        "district": translate("District, county"),
        "commune": translate("Commune, township"),
        "village": translate("Village"),
        "border_guard": translate("Border guard"),
        "organisation": translate("Organisation"),
        "border_gate": translate("Paired border gates"),
    }


def layer_names(translate: Translator) -> dict[str, str]:
    """The layers of ``MARKS`` in words."""
    return {
        "crossings": translate("Gates and crossings"),
        "study": translate("Cities and institutions of study"),
    }


def gate_classes(translate: Translator) -> dict[str, str]:
    """The classes of border crossings in words."""
    return {
        "international": translate("international crossing"),
        "bilateral": translate("bilateral crossing"),
        "local": translate("local crossing"),
    }


def precisions(translate: Translator) -> dict[str, str]:
    """The precision of a position in words."""
    return {
        "surveyed": translate("surveyed position"),
        "point": translate("position of the centre"),
        "about_500_m": translate("position to about 500 m"),
        "about_2_km": translate("position to about 2 km"),
        "parent": translate("position of the unit above it"),
    }


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


def scene_kinds(translate: Translator) -> dict[str, str]:
    """The kinds of scene in words."""
    return {
        "title": translate("Title"),
        "results": translate("Results"),
        "map": translate("Twinnings on the map"),
        "pair": translate("One twinning"),
        "scholarships": translate("Scholarships and students"),
        "training": translate("Training of officials and vocational training"),
        "labour": translate("Labour"),
        "meetings": translate("Meetings"),
        "open": translate("What is open"),
    }


def discrepancy_states(translate: Translator) -> dict[str, str]:
    """What the atlas makes of statements that disagree, in words."""
    return {
        "open": translate("left open"),
        "resolved": translate("one statement is used"),
        "explained": translate("the statements count different things"),
    }


def language_name(code: str, translate: Translator) -> str:
    """The name of a source's language, as the reader calls it; its code where no name is known."""
    return LOCALES[translate.language].languages.get(code.partition("-")[0], code)
