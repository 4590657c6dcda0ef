"""What a scene says, as a sentence with its number, made from records.

Every number of a sentence is that of a record with its qualifier; figures of different definitions are never added.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import pandas as pd

from atlas import SPOKEN
from atlas.model.atlas import Atlas
from atlas.words import values
from atlas.words.translator import Translator

Write = Callable[[float], str]  # a number, once for all languages
MOST_PLACES = 3  # that a sentence names
ANY_DEGREE = (None, "all", "short_course")


@dataclass(frozen=True)
class Counted:
    """What a sentence puts together: a number in words, how many it stands for, and from where to where."""

    value: str
    n: int
    origin: str
    destination: str


def place(atlas: Atlas, one: str, language: str) -> str:
    """The name of a place in a sentence: ``广西`` rather than ``广西壮族自治区``."""
    name = atlas.places.name(one, language)
    if not SPOKEN[language].han or "自治" not in name:
        return name
    known = atlas.places[one]["also_known_as"]
    return next((short for short in known if name.startswith(short.rstrip("州县区"))), name)


def places(atlas: Atlas, listed: Iterable[str], translate: Translator) -> str:
    """Some places in a sentence, see :func:`place`."""
    return translate.join(place(atlas, one, translate.language) for one in listed)


def of_figure(atlas: Atlas, row: dict, translate: Translator, write: Write) -> str:
    """What a row of table ``figures`` says, as a sentence; its title with the number where no sentence fits."""
    said = SENTENCES.get((row["programme"], row["measure"], row["rate"]))
    if said is None or not _fits(atlas, row):
        return translate(
            "{name}: {value}", name=translate.text(row, "title"), value=values.quantity(row, translate, write)
        )
    n = 2 if row["qualifier"] == "range" else int(row["value"])
    ends = (places(atlas, row[side], translate) for side in ("origin", "destination"))
    text = said(translate, Counted(values.quantity(row, translate, write), n, *ends))
    return text[0].upper() + text[1:]


def _fits(atlas: Atlas, row: dict) -> bool:
    """Whether a sentence says what a figure counts: its ends are known, and no degree, outcome or total is left out."""
    degree = row["category"] if row["programme"] != "vocational_training" else None
    known = all(0 < len(row[side]) <= MOST_PLACES for side in ("origin", "destination"))
    whole = degree in ANY_DEGREE and not row["outcome"] and not row["part_of"]
    return known and whole and all(atlas.places[one]["slug"] for one in row["origin"])


def with_graduates(said: str, part: dict, translate: Translator, write: Write) -> str:
    """A sentence about persons who studied, and how many of them have graduated."""
    value = values.quantity(part, translate, write)
    return translate.plural(
        "{said}; {value} has graduated", "{said}; {value} have graduated", int(part["value"]), said=said, value=value
    )


def with_degrees(said: str, parts: Iterable[tuple[str, str]], translate: Translator) -> str:
    """A sentence about persons who studied, and how many of them for each degree."""
    counted = (translate("{value} {degree}", value=value, degree=degree.lower()) for value, degree in parts)
    return translate("{name}: {value}", name=said, value=translate.join(counted))


def of_total(atlas: Atlas, row: dict, translate: Translator, write: Write) -> str:
    """What a row of table ``totals`` says, as a sentence where it counts all there are, otherwise its label with the number."""
    value = values.quantity(row, translate, write)
    all_of_all = pd.notna(row["out_of"]) and row["out_of"] == row["value"]
    unit = row["place"] or row["counterpart"]
    if all_of_all and unit and row["levels"] == ("commune",):
        name = place(atlas, unit, translate.language)
        return translate("All {n} of {n} border communes and towns of {place} are twinned", n=value, place=name)
    return translate("{name}: {value}", name=translate.text(row, "label"), value=value)


def _scholars(translate: Translator, counted: Counted) -> str:
    return translate.plural(
        "{value} student from {origin} has studied in {destination} on a scholarship",
        "{value} students from {origin} have studied in {destination} on scholarships",
        counted.n,
        **_ends(counted),
    )


def _scholarships(translate: Translator, counted: Counted) -> str:
    return translate.plural(
        "{value} scholarship was given to a student from {origin} to study in {destination}",
        "{value} scholarships were given to students from {origin} to study in {destination}",
        counted.n,
        **_ends(counted),
    )


def _scholarships_a_year(translate: Translator, counted: Counted) -> str:
    return translate.plural(
        "{value} scholarship a year is given to students from {origin} to study in {destination}",
        "{value} scholarships a year are given to students from {origin} to study in {destination}",
        counted.n,
        **_ends(counted),
    )


def _students(translate: Translator, counted: Counted) -> str:
    return translate.plural(
        "{value} person from {origin} studied in {destination}",
        "{value} people from {origin} studied in {destination}",
        counted.n,
        **_ends(counted),
    )


def _officials(translate: Translator, counted: Counted) -> str:
    return translate.plural(
        "{value} official from {origin} was trained in {destination}",
        "{value} officials from {origin} were trained in {destination}",
        counted.n,
        **_ends(counted),
    )


def _trainees(translate: Translator, counted: Counted) -> str:
    return translate.plural(
        "{value} person from {origin} took vocational training in {destination}",
        "{value} people from {origin} took vocational training in {destination}",
        counted.n,
        **_ends(counted),
    )


def _workers(translate: Translator, counted: Counted) -> str:
    return translate.plural(
        "{value} worker from {origin} had work in {destination}",
        "{value} workers from {origin} had work in {destination}",
        counted.n,
        **_ends(counted),
    )


def _trips(translate: Translator, counted: Counted) -> str:
    return translate.plural(
        "Workers from {origin} made {value} trip to work in {destination}",
        "Workers from {origin} made {value} trips to work in {destination}",
        counted.n,
        **_ends(counted),
    )


def _ends(counted: Counted) -> dict[str, str]:
    return {"value": counted.value, "origin": counted.origin, "destination": counted.destination}


SENTENCES: dict[tuple[str, str, str], Callable[[Translator, Counted], str]] = {
    ("scholarship", "persons", "total"): _scholars,
    ("scholarship", "scholarships", "total"): _scholarships,
    ("scholarship", "scholarships", "per_year"): _scholarships_a_year,
    ("student_exchange", "persons", "total"): _students,
    ("cadre_training", "persons", "total"): _officials,
    ("vocational_training", "persons", "total"): _trainees,
    ("labour", "persons", "total"): _workers,
    ("labour", "trips", "total"): _trips,
}
