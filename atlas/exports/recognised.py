"""A pasted list with what was recognised in it, as a table to take away."""

from collections.abc import Iterable

import pandas as pd

from atlas import SPOKEN
from atlas.exports import about, excel, spreadsheets
from atlas.model import relations, standing
from atlas.model.atlas import Atlas
from atlas.model.pasted import Recognised
from atlas.records.dates import today
from atlas.words import naming, vocabulary
from atlas.words.translator import Translator
from atlas.words.voice import Voice

NAMES = ("name_vi", "name_zh", "name_pinyin", "name_en")


def states(translate: Translator) -> dict[str, str]:
    """What is said of a line, by its state."""
    return {
        "sure": translate("recognised"),
        "choose": translate("several possible"),
        "none": translate("not found"),
        "empty": translate("empty line"),
        "late": translate("not looked up"),
    }


def reason(one: Recognised, translate: Translator) -> str:
    """By what the first candidate of a line was found."""
    return vocabulary.reasons(translate)[one.candidates[0].reason] if one.candidates else ""


def stands_in(atlas: Atlas, place: str) -> tuple[str, ...]:
    """The units that stand in today for a place."""
    return standing.of_today(atlas, place, today(atlas.version))


def typed(atlas: Atlas, places: Iterable[str], translate: Translator) -> str:
    """Units with what they are and what is above them, in one line."""
    return translate.join_long(_typed(atlas, place, translate.language) for place in places)


def _typed(atlas: Atlas, place: str, language: str) -> str:
    if SPOKEN[language].han:
        return atlas.places.full_name(place, language)  # Chinese names have their types
    above = (atlas.places.name(one, language) for one in atlas.places.ancestors(place)[:1])
    return ", ".join([atlas.places.typed_name(place, language), *above])


def table(atlas: Atlas, rows: list[Recognised], translate: Translator) -> pd.DataFrame:
    """Every line of a list in its order: what was written, what it means, what stands in today, its twinnings.

    A line of which the meaning is not certain has no place but all candidates, each with its id.
    """
    return pd.DataFrame([_row(atlas, one, translate) for one in rows])


def csv(atlas: Atlas, rows: list[Recognised], language: str) -> bytes:
    """The list as CSV for spreadsheets."""
    return spreadsheets.csv(table(atlas, rows, Translator(language)))


def xlsx(atlas: Atlas, rows: list[Recognised], language: str) -> bytes:
    """The list as an Excel workbook, after a sheet that says what it is."""
    translate = Translator(language)
    sheets = {translate("Recognised list"): [table(atlas, rows, translate)]}
    return excel.workbook(atlas, about.about(atlas, None, translate), sheets, Voice(language))


def _row(atlas: Atlas, one: Recognised, translate: Translator) -> dict[str, object]:
    place, language = one.place, translate.language
    known = atlas.places[place] if place else {}
    ties = relations.twinnings_of(atlas, [place] if place else [])
    candidates = (
        []
        if place
        else [f"{atlas.places.full_name(each.place, language)} [{each.place}]" for each in one.candidates or ()]
    )
    return {
        translate("Line"): one.line.number,
        translate("Written"): one.line.written,
        translate("Result"): states(translate)[one.state],
        translate("Place"): atlas.places.full_name(place, language) if place else "",
        translate("Kind"): naming.kind(atlas, place, translate) if place else "",
        translate("Vietnamese name"): known.get("name_vi") or "",
        translate("Chinese name"): (atlas.places.chinese_name(place) if place else "") or "",
        translate("Pinyin"): known.get("name_pinyin") or "",
        translate("English name"): known.get("name_en") or "",
        translate("Found by"): reason(one, translate),
        translate("Until"): known.get("valid_until") or "",
        translate("Unit of today"): typed(atlas, stands_in(atlas, place), translate) if place else "",
        translate("Number of twinnings"): len(ties) if place else "",
        translate("Twinnings"): translate.join_long(
            naming.record_name(atlas, "twinnings", tie, translate) for tie in ties
        ),
        translate("Possible places"): translate.join_long(candidates),
        translate("Id"): place or "",
        translate("Ids of the units of today"): ";".join(stands_in(atlas, place)) if place else "",
    }
