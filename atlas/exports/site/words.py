"""What the file says in one language: the frame of its pages, the bar of filters, and the sentences that its script fills."""

from typing import Any

from markupsafe import Markup

from atlas import VERSION
from atlas.cards import bar
from atlas.exports.about import about
from atlas.look import marks
from atlas.model import audience, signs
from atlas.model.atlas import Atlas
from atlas.model.selection import SPELLING, Selection
from atlas.records.dates import today
from atlas.words import agreed, search, sentences, vocabulary
from atlas.words.languages import LANGUAGE_CODES, LANGUAGE_NAMES
from atlas.words.translator import Translator

FRAME = Markup(
    "<button type=button class=skip data-skip>{skip}</button><a class=atlas-name href='#twinning_map'>{name}</a>"
    "<nav aria-label='{label}'>{pages}</nav>{search}"
    "<details class=menu><summary aria-label='{language}: {now}'>{now}</summary><div>{languages}</div></details>"
    "<a class=workspace hidden>{workspace}</a>"
)


def titles(translate: Translator) -> dict[str, str]:
    """The pages of the file."""
    return {
        "twinning_map": translate("Map"),
        "border": translate("Along the border"),
        "table": translate("Table"),
        "commitments": translate("Commitments"),
        "about": translate("About this file"),
    }


def frame(translate: Translator) -> Markup:
    """The line above every page of the file."""
    link = Markup("<a href='#{}' data-page={}>{}</a>")
    choice = Markup("<button type=button data-set='lang={}' lang={} aria-pressed={}>{}</button>")
    return FRAME.format(
        skip=translate("To the list"),
        name=translate("Vietnam–China Border Cooperation Atlas"),
        label=translate("Pages"),
        pages=Markup("").join(link.format(page, page, name) for page, name in titles(translate).items()),
        search=bar.search_everything(translate, "#search", ""),
        language=translate("Language"),
        now=LANGUAGE_NAMES[translate.language],
        languages=Markup("").join(
            choice.format(code, code, str(code == translate.language).lower(), name)
            for code, name in LANGUAGE_NAMES.items()
        ),
        workspace=translate("Open in the workspace"),
    )


def spoken(atlas: Atlas, translate: Translator) -> dict[str, Any]:
    """All that the file says in one language, see the script for what each is for."""
    levels = vocabulary.labels(atlas, "twinnings.level", translate)
    labels = bar.unit_labels(atlas, translate.language)
    return {
        "code": LANGUAGE_CODES[translate.language],
        "title": translate("Vietnam–China Border Cooperation Atlas"),
        "pages": titles(translate),
        "frame": frame(translate),
        "bar": bar.html(atlas, translate.language, True, False, None, False),
        "points": bar.html(atlas, translate.language, False, True, agreed.facets, False),
        "timeline": bar.timeline(atlas, translate) + bar.day_slider(atlas, translate),
        "levels": levels,
        "pictures": {level: marks.legend_mark(level) for level in levels},
        "chips": {
            "province": {slug: labels[slug] for slug in atlas.province_slugs},
            "region": {slug: labels[slug] for slug in atlas.region_slugs},
            "level": {SPELLING[level]: name for level, name in levels.items()},
            "confidence": vocabulary.labels(atlas, "twinnings.confidence", translate),
            **{name: texts for name, (_, texts) in agreed.facets(atlas, translate).items()},
            "undated": {
                "include": translate("with those without a date"),
                "only": translate("only without a date"),
            },
        },
        "map": of_map(atlas, translate),
        "about": [(name, text) for name, text in about(atlas, None, translate)],
        "audience": _for_whom(atlas, translate),
        "said": sentences_of(atlas, translate),
        "kinds": search.group_labels(translate),
    }


def of_map(atlas: Atlas, translate: Translator) -> dict[str, Any]:
    """What the map says, see :func:`atlas.maps.leaflet.selection_group`."""
    layers = vocabulary.layer_names(translate)
    return {
        "levels": vocabulary.labels(atlas, "twinnings.level", translate),
        "group": vocabulary.group_text(translate),
        "several": vocabulary.several_text(translate),
        "says": vocabulary.control_names(translate),
        "words": vocabulary.labels(atlas, "places.gate_class", translate)
        | vocabulary.labels(atlas, "places.coordinate_precision", translate),
        "legend": vocabulary.legend_names(translate),
        "signs": vocabulary.sign_names(translate, layers),
        "layers": list(layers),
    }


def sentences_of(atlas: Atlas, translate: Translator) -> dict[str, str | list[str]]:
    """Sentences; the script puts texts and numbers for what stands in braces, and chooses where there are two by the number."""
    last = today(atlas.version).year
    seen = {value: vocabulary.seen(value, translate) for value in signs.choices(last)}
    everything = len(Selection().twinnings(atlas))
    return {
        "shown": translate.forms("shown {n} of {m} twinning", "shown {n} of {m} twinnings", m=everything),
        "asof": translate("as of {day}", day="{day}"),
        "records": translate("records of {day}", day=translate.date(atlas.version)),
        "ready": translate.forms("Show {n} record", "Show {n} records"),
        "takeBack": translate("Take back"),
        "clearAll": translate("Clear all"),
        "seen": translate("{name}: {value}", name=translate("Last seen in a source"), value="{value}"),
        "seenBefore": translate("before {year}", year="{year}"),
        "seenNever": seen[signs.NEVER],
        "undated": translate.forms(
            "{n} record without a date is left out · Show it", "{n} records without a date are left out · Show them"
        ),
        "nothing": translate("No twinning passes all filters together. Loosen one of these: {filters}.", filters="{filters}"),
        "years": translate("Years"),
        "points": translate.forms("{n} commitment", "{n} commitments"),
        "pointsOfPaper": translate.forms("{n} point", "{n} points"),
        "noPoints": translate("No commitment passes all filters together. Take back one of the filters, or reset them."),
        "cardDay": translate("Records stand here as of {day}.", day=translate.date(atlas.version)),
        "stripDays": translate(
            "Units stand here as of today, or as of 30 June 2025 for any day before the reform of 1 July 2025."
        ),
        "results": translate("Search results"),
        "lost": translate("No such record"),
        "noRecord": translate("This file has no such record. It may have been left out for its readers, or the address may be cut."),
        "twinning": translate("Twinning"),
        "signed": translate("Signed"),
        "level": translate("Level"),
        "vn": translate("Vietnamese side"),
        "cn": translate("Chinese side"),
        "lastSeen": translate("Last seen in a source"),
        "listed": translate("The twinnings that the filters leave, one a row"),
        "unknown": translate("date unknown"),
        "noSource": translate("no source found"),
        "list": translate("List"),
        "mapTab": translate("Map"),
        "of": translate("{n} of {total}", n="{n}", total="{total}"),
        "before": translate("Record before"),
        "next": translate("Next record"),
        "open": translate("Open page"),
        "copy": translate("Copy link"),
        "copied": translate("Copied"),
        "print": translate("Print"),
        "close": translate("Close"),
        "allResults": translate("All results"),
        "nothingFound": translate("Nothing was found. A part of a name is enough, in any spelling."),
        "boundaries": sentences.about_boundaries(translate),
        "proposed": sentences.proposed_names(translate) if atlas.proposes_names else "",
        "version": " · ".join(
            (
                translate("{name}: {value}", name=translate("Data version"), value=translate.date(atlas.version)),
                translate("{name}: {value}", name=translate("Software version"), value=VERSION),
            )
        ),
    }  # fmt: skip


def _for_whom(atlas: Atlas, translate: Translator) -> str:
    names = {"both": translate("both sides"), "own": translate("our own side")}
    return translate("{name}: {value}", name=translate("For whom"), value=names[audience.of(atlas)])
