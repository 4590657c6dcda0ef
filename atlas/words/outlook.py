"""What lies ahead of a selection and what is open, in plain sentences that lead to the records they speak of."""

from dataclasses import dataclass, field
from typing import Any

from atlas.model.atlas import Atlas
from atlas.model.outlook import Outlook
from atlas.words import values, vocabulary
from atlas.words.translator import Translator

NAMED = 1  # agreement that a sentence names; of more it says the number


@dataclass(frozen=True)
class Sentence:
    """A sentence, and where it leads: a page by its name, and what changes in the address (parameter -> value)."""

    text: str
    page: str
    changes: dict[str, Any] = field(default_factory=dict)


def series_name(atlas: Atlas, row: dict, translate: Translator) -> str:
    """The name of the series of a session."""
    return vocabulary.label(atlas, "events.series", row, translate)


def session_title(atlas: Atlas, row: dict, translate: Translator) -> str:
    """A session of a series by its name and number, e.g. "Joint Working Committee with Guangxi, no. 16"."""
    name, session = series_name(atlas, row, translate), values.session(row, translate)
    return translate("{series}, {session}", series=name, session=session) if session else name


def host(atlas: Atlas, row: dict, translate: Translator) -> str:
    """The place of a meeting, or that it is not stated."""
    return atlas.places.name(row["place"], translate.language) if row["place"] else translate("place not stated")


def coming(atlas: Atlas, found: Outlook, translate: Translator) -> list[Sentence]:
    """The sessions that are announced, each in a sentence, and those of which nothing more was heard; one for none."""
    said = [
        Sentence(
            translate(
                "{session}: announced for {date}, {place}.",
                session=session_title(atlas, row, translate),
                date=values.event_date(row, translate),
                place=host(atlas, row, translate),
            ),
            "meetings",
            {"record": (row["id"],)},
        )
        for row in found.ahead
    ]
    if not said:
        said = [Sentence(translate("No next meeting of this selection is announced in the sources."), "meetings")]
    return said + [
        Sentence(
            translate(
                "{session}: was announced for {date}; no source found says whether it was held.",
                session=session_title(atlas, row, translate),
                date=values.event_date(row, translate),
            ),
            "meetings",
            {"record": (row["id"],)},
        )
        for row in found.not_heard_of
    ]


def open_points(found: Outlook, translate: Translator) -> list[Sentence]:
    """What is open: commitments, terms of agreements and units that ended, each in a sentence, also where it is none."""
    return [_commitments(found, translate), *_terms(found, translate), *_units(found, translate)]


def _commitments(found: Outlook, translate: Translator) -> Sentence:
    everything, without = len(found.commitments), len(found.without_evidence)
    if not everything:
        text = translate("No commitment of an agreement or meeting is on record.")
    elif not without:
        text = translate.plural(
            "Sources report on the one commitment on record.",
            "Sources report on all {n} commitments on record.",
            everything,
        )
    else:
        text = translate.plural(
            "No source found reports on the one commitment on record.",
            "No source found reports on {without} of {n} commitments.",
            everything,
            without=without,
        )
    return Sentence(text, "province", {"view": "commitments"})


def _terms(found: Outlook, translate: Translator) -> list[Sentence]:
    ending, ended = (_until(rows, translate) for rows in (found.ending, found.ended))
    texts = []
    if found.ending:
        texts.append(
            translate.plural(
                "{n} agreement ends within a year: {titles}",
                "{n} agreements end within a year: {titles}",
                len(found.ending),
                titles=ending,
            )
        )
    if found.ended:
        texts.append(
            translate.plural(
                "The stated term of {n} agreement has ended: {titles}",
                "The stated terms of {n} agreements have ended: {titles}",
                len(found.ended),
                titles=ended,
            )
        )
    if not texts:
        texts.append(translate("No stated term of an agreement has ended or ends within a year."))
    return [Sentence(text, "province", {"view": "agreements"}) for text in texts]


def _until(agreements: tuple[dict, ...], translate: Translator) -> str:
    """The first agreements with the ends of their terms, and how many there are beside them."""
    said = [
        translate("{title} (until {date})", title=translate.text(row, "title"), date=translate.date(row["valid_until"]))
        for row in agreements[:NAMED]
    ]
    if len(agreements) > NAMED:
        said.append(translate("and {n} more", n=len(agreements) - NAMED))
    return translate.join_long(said)


def _units(found: Outlook, translate: Translator) -> list[Sentence]:
    signers, villages = found.lost.signers, found.lost.villages
    texts = []
    if signers:
        texts.append(
            translate.plural(
                "In {n} twinning, a unit that signed has ended.",
                "In {n} twinnings, a unit that signed has ended.",
                signers,
            )
        )
    if villages:
        texts.append(
            translate.plural(
                "In {n} twinning, a village goes on while its commune has ended.",
                "In {n} twinnings, a village goes on while its commune has ended.",
                villages,
            )
        )
    if not texts:
        texts.append(translate("No unit of a twinning has ended."))
    return [Sentence(text, "reform") for text in texts]
