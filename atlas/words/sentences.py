"""Sentences that say what was counted."""

from atlas.model.atlas import Atlas
from atlas.model.gazetteer import PROPOSED
from atlas.model.results import Part
from atlas.model.standing import Count
from atlas.words import vocabulary
from atlas.words.translator import Translator


def proposed_names(translate: Translator) -> str:
    """What the mark after a Chinese name means."""
    return translate(
        "{mark} after a Chinese name: proposed by rule, since no Chinese source that prints one is known.",
        mark=PROPOSED,
    )


def mark_of_proposed(translate: Translator) -> str:
    """The same in short, for the foot of a picture."""
    return translate("{mark}: proposed Chinese name", mark=PROPOSED)


def no_evidence(translate: Translator) -> str:
    """What it means that no source reports on a commitment."""
    return translate("“No evidence found” means that no source read so far reports on it, not that nothing was done.")


def part_names(atlas: Atlas, translate: Translator) -> dict[str, str]:
    """What became of persons and what they study, in words, for :func:`part_name`."""
    return {
        value: name
        for column in ("figures.outcome", "figures.category")
        for value, name in vocabulary.labels(atlas, column, translate).items()
    }


def of_part(atlas: Atlas, part: Part, translate: Translator) -> str:
    """What the persons of a part of a total have in common."""
    if not part.row:
        return translate("not stated (calculated)")
    return part_name(part.row, part.by_outcome, part_names(atlas, translate), translate)


def part_name(row: dict, by_outcome: bool, names: dict[str, str], translate: Translator) -> str:
    """What the persons of a figure have in common, as a part of a total; ``names``: see :func:`part_names`."""
    if not by_outcome:
        return names[row["category"]]
    if row["category"] and row["category"] != "all":
        return translate("{outcome}: {degree}", outcome=names[row["outcome"]], degree=names[row["category"]])
    return names[row["outcome"]]


def relation(counted: Count, translate: Translator) -> str:
    """How many twinnings lost a unit and of which two kinds they are, e.g. "69 = 55 … + 14 …"."""
    return translate(
        "{all} = {signers} whose unit that signed has ended + {villages} of villages whose commune has ended",
        all=counted.twinnings,
        signers=counted.signers,
        villages=counted.villages,
    )


def about_boundaries(translate: Translator) -> str:
    """What the boundaries on the map are, and are not, in words."""
    return translate(
        "Boundaries are approximate, for orientation only and not for legal use. Land border © OpenStreetMap contributors; rivers: World Data Bank II; Chinese units: Tianditu; Vietnamese areas: cells around commune points."
    )
