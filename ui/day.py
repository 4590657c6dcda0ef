"""The day for which units are shown, as visitors type it."""

from dataclasses import dataclass

from atlas import LANGUAGES
from atlas.model.selection import is_day
from atlas.model.spelling import LONGEST_SEARCH
from atlas.records.dates import bounds, today, typed
from atlas.words.translator import Translator


@dataclass(frozen=True)
class Said:
    """How a text was read. partial: the date it names, None if none; shown: the day that is shown, None for today."""

    text: str
    partial: str | None
    shown: str | None


def read(text: str, before: str | None, version: str) -> tuple[str | None, Said | None]:
    """The day that a text means, and what is to be said of it.

    A year or month means its last day, at most today; the word for today, in any language, means no day; what is no
    day leaves the one that was shown before.

    :param version: of the data, the earliest day that counts as today.
    """
    if text.strip().casefold() in {Translator(language)("Today").casefold() for language in LANGUAGES}:
        return None, None
    partial = typed(text) if len(text) <= LONGEST_SEARCH else None
    last = partial and min(bounds(partial)[1], max(bounds(partial)[0], today(version))).isoformat()
    chosen = last if last and is_day(last) else None
    return chosen or before, Said(text[:40], chosen and partial, chosen or before)


def sentence(said: Said, translate: Translator) -> str:
    """How a typed day was read, in words."""
    shown = translate.date(said.shown) if said.shown else translate("Today")
    if said.partial is None:
        return translate(
            "“{text}” is no day from 1990 on. The day stays as it was: {day}. Type for example 2016-05-01, 5/2016 or 2016.",
            text=said.text,
            day=shown,
        )
    if len(said.partial) == 10:
        return translate("“{text}” is read as {day}.", text=said.text, day=shown)
    if bounds(said.partial)[1].isoformat() == said.shown:
        return translate("“{text}” is read as its last day, {day}.", text=said.text, day=shown)
    return translate("“{text}” is not over yet and is read as today, {day}.", text=said.text, day=shown)
