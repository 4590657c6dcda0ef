"""What every export says of itself: what was selected, as of when, from which data, under which terms."""

from atlas import VERSION
from atlas.exports.rows import day
from atlas.model.atlas import Atlas
from atlas.model.selection import Selection
from atlas.records.dates import today
from atlas.words import naming, sentences, vocabulary
from atlas.words.translator import Translator


def about(atlas: Atlas, selection: Selection | None, translate: Translator) -> list[tuple[str, str]]:
    """Label and text of each statement, in the order to show them."""
    return [
        (translate("Title"), translate("Vietnam–China Border Cooperation Atlas")),
        (translate("Selection"), described(atlas, selection, translate)),
        (translate("Units as of"), translate.date(day(atlas, selection))),
        (translate("Data version"), translate.date(atlas.version)),
        (translate("Software version"), VERSION),
        (
            translate("Licence"),
            translate(
                "{licence}: free to use and to change if the atlas is named as the source", licence=atlas.schema.licence
            ),
        ),
        (translate("Boundaries"), disclaimer(translate)),
        (
            translate("Reading the tables"),
            translate(
                "An empty cell means unknown or not applicable. Dates are written as far as they are known: year, year-month or year-month-day."
            ),
        ),
        (
            translate("Chinese names"),
            sentences.proposed_names(translate)
            if atlas.proposes_names
            else translate("Names that are only proposed are left out; the Vietnamese name stands in their place."),
        ),
        (translate("How to cite"), citation(atlas, translate)),
    ]


def described(atlas: Atlas, selection: Selection | None, translate: Translator) -> str:
    """The filters of a selection in one line."""
    if selection is None or not selection.restricts:
        return translate("everything, no filter") if selection is None else translate("all twinnings, no filter")
    levels = vocabulary.labels(atlas, "twinnings.level", translate)
    confidences = vocabulary.labels(atlas, "twinnings.confidence", translate)
    units = {
        name: translate.join(
            atlas.places.name(atlas.places.by_slug[slug], translate.language) for slug in getattr(selection, name)
        )
        for name in ("province", "region")
    }
    filters = [
        (translate("Find a place"), selection.q),
        (translate("Vietnamese province"), units["province"]),
        (translate("Chinese region or prefecture"), units["region"]),
        (translate("Level"), translate.join(levels[level] for level in selection.level)),
        (translate("Signed from"), str(selection.year_from or "")),
        (translate("Signed to"), str(selection.year_to or "")),
        (
            translate("Date unknown"),
            {"include": translate("Include"), "only": translate("Only"), None: ""}[selection.undated],
        ),
        (translate("Confidence"), translate.join(confidences[one] for one in selection.confidence)),
        (translate("Last seen in a source"), vocabulary.seen(selection.seen, translate) if selection.seen else ""),
        (translate("New or changed since"), translate.date(selection.changed) if selection.changed else ""),
    ]
    return translate.join_long(translate("{name}: {value}", name=name, value=value) for name, value in filters if value)


def disclaimer(translate: Translator) -> str:
    """What the boundaries are not."""
    return translate("Boundaries and positions are approximate and not for legal use.")


def citation(atlas: Atlas, translate: Translator) -> str:
    """How to cite the atlas, in one line."""
    return translate(
        "{title}. Data version {version}. Licence {licence}.",
        title=translate("Vietnam–China Border Cooperation Atlas"),
        version=atlas.version,
        licence=atlas.schema.licence,
    )


def record_citation(atlas: Atlas, table: str, identifier: str, address: str, translate: Translator) -> str:
    """How to cite one record, in one line, with the day on which it is read.

    :param address: of its page.
    """
    return translate(
        "{authors}: {record} ({id}). {title}, data version {version}, software version {software}. {address} ({day}). Licence {licence}.",
        authors=translate("The keepers of the Border Cooperation Atlas"),
        record=naming.record_name(atlas, table, identifier, translate),
        id=identifier,
        title=translate("Vietnam–China Border Cooperation Atlas"),
        version=atlas.version,
        software=VERSION,
        address=address,
        day=translate.date(today(atlas.version).isoformat()),
        licence=atlas.schema.licence,
    )


def bibtex(atlas: Atlas, translate: Translator) -> str:
    """The same for BibTeX."""
    return "\n".join(
        [
            f"@misc{{border-cooperation-atlas-{atlas.version},",
            f"  title = {{{{{translate('Vietnam–China Border Cooperation Atlas')}}}}},",
            f"  year = {{{atlas.version[:4]}}},",
            f"  version = {{{atlas.version}}},",
            f"  note = {{Data set, licence {atlas.schema.licence}}}",
            "}",
        ]
    )


def text(atlas: Atlas, selection: Selection | None, translate: Translator) -> str:
    """All statements, one a line."""
    return "".join(f"{label}: {value}\n" for label, value in about(atlas, selection, translate))
