"""Every kind of file by its name, for the command line and the pages."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from atlas import UnknownValue
from atlas.exports import (
    briefing,
    comparison,
    foreign,
    glossary,
    handout,
    pictures,
    present,
    report,
    termbase,
    unrolled,
    wall,
)
from atlas.exports.excel import xlsx
from atlas.exports.foreign import DOCX, PPTX, File, Form, Refused
from atlas.exports.geodata import geojson
from atlas.exports.geopackage import gpkg
from atlas.exports.linked.places import linked_places
from atlas.exports.media import MEDIA
from atlas.exports.spreadsheets import csv_table, csv_zip
from atlas.maps import browser
from atlas.model import agreed, desk, readymade
from atlas.model.agreed import Wanted
from atlas.model.atlas import Atlas
from atlas.model.audience import Audience, released
from atlas.model.comparison import compare
from atlas.model.selection import Selection
from atlas.model.session import Session
from atlas.model.sides import Side
from atlas.words.translator import Translator
from atlas.words.voice import LANGUAGES, Voice

Progress = Callable[[str, float], None]
Make = Callable[[Atlas, Selection | None, str, Progress, Session | None, File | None], bytes]

TEMPLATES = {"docx": DOCX, "dotx": DOCX, "pptx": PPTX, "potx": PPTX}  # by the end of the name
LETTERS = "letters-docx"
MAIN_TABLE = "twinnings"  # the one in a CSV file where none is named


@dataclass(frozen=True)
class Kind:
    """One kind of file.

    make: takes an atlas, a selection (None for everything), a language, what is told of the steps, the session that
    it follows (None without one), and an office's own template (None for that of the atlas); suffixes: the ends of its
    name, first the one it is given;
    document: whether it is a document or picture for readers, which is made for both sides unless another audience is
    named, not a table for further work; bilingual: whether it can speak two languages at once, as documents can;
    template: what a template has to be, None where there can be none.
    """

    make: Make
    suffixes: tuple[str, ...]
    document: bool
    bilingual: bool = False
    template: Form | None = None

    @property
    def suffix(self) -> str:
        """The end of the name that a file is given."""
        return self.suffixes[0]

    @property
    def mime(self) -> str:
        """The media type of such a file."""
        return MEDIA[self.suffix]

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that it can speak."""
        return LANGUAGES if self.document or self.bilingual else tuple(one for one in LANGUAGES if "-" not in one)


def _following(make: Callable[..., bytes], *suffixes: str, template: Form | None = None) -> Kind:
    def made(
        atlas: Atlas,
        selection: Selection | None,
        language: str,
        progress: Progress,
        session: Session | None,
        given: File | None,
    ) -> bytes:
        followed = session or readymade.own(atlas, selection or Selection(), language)
        return make(atlas, followed, progress, *([given] if template else []))

    return Kind(made, suffixes, document=True, template=template)


def _paper(name: str, **options: Any) -> Kind:
    def made(atlas: Atlas, session: Session, progress: Progress, template: File | None) -> bytes:
        from atlas.exports import docx  # python-docx takes a tenth of a second, which every other command spares

        progress(Voice(session.language).first("Writing the file"), 0.1)
        return getattr(docx, name)(atlas, session, template, **options)

    return _following(made, "docx", template=DOCX)


def _picture(make: Callable[[Atlas, Selection | None, str], bytes], *suffixes: str) -> Kind:
    return Kind(lambda *asked: make(*asked[:3]), suffixes, document=True)


def _tables(make: Callable[[Atlas, Selection | None, Translator], bytes], *suffixes: str) -> Kind:
    def made(atlas: Atlas, selection: Selection | None, language: str, *more: Any) -> bytes:
        return make(atlas, selection, Translator(language))

    return Kind(made, suffixes, document=False)


def _page(*asked: Any) -> bytes:
    """A session to present; without one, a selection to read."""
    atlas, selection, language, progress, session, _ = asked
    return present.html(atlas, session, progress) if session else handout.html(atlas, selection, language, progress)


def _site(
    atlas: Atlas, selection: Selection | None, language: str, progress: Progress, session: Session | None, *more: Any
) -> bytes:
    from atlas.exports import site

    return site.html(atlas, selection or Selection(), Voice(language).first.language, progress)


def _deck(*asked: Any) -> bytes:
    from atlas.exports import slides  # python-pptx takes a fifth of a second, which every other command spares

    return slides.pptx(*asked)


def _deck_of_comparison(*asked: Any) -> bytes:
    from atlas.exports import slides

    return slides.of_comparison(*asked)


def _glossary(
    atlas: Atlas,
    selection: Selection | None,
    language: str,
    _: Progress,
    session: Session | None,
    template: File | None,
) -> bytes:
    from atlas.exports import docx

    chosen = selection or Selection()
    followed = session or readymade.own(atlas, chosen, language)
    return docx.glossary(atlas, followed, template, chosen.record)


def _paper_of_report(atlas: Atlas, wanted: Wanted, selection: Selection, language: str) -> bytes:
    from atlas.exports import docx

    return docx.report(atlas, report.session(atlas, wanted, selection, language), wanted)


def _deck_of_report(atlas: Atlas, wanted: Wanted, selection: Selection, language: str) -> bytes:
    from atlas.exports import slides
    from atlas.exports.docx import lists

    rows = atlas.table("commitments").loc[report.points(atlas, wanted, selection)]
    listed = lists.by_paper(atlas, rows, Voice(language), selection.asof)
    return slides.pptx(atlas, report.session(atlas, wanted, selection, language), listed=listed)


def _workbook(
    atlas: Atlas, selection: Selection | None, language: str, _: Progress, session: Session | None, *more: Any
) -> bytes:
    return xlsx(atlas, selection, language, session)


KINDS = {
    "pptx": _following(_deck, "pptx", template=PPTX),
    "pdf": _following(briefing.pdf, "pdf"),
    "docx": _paper("briefing"),
    "pairs-docx": _paper("pairs"),
    "resigning-docx": _paper("resigning"),
    LETTERS: _paper("resigning_letters"),
    "commitments-docx": _paper("commitments"),
    "glossary-docx": Kind(_glossary, ("docx",), document=True, template=DOCX),
    "glossary-xlsx": _picture(glossary.xlsx, "xlsx"),
    "glossary-tbx": _picture(termbase.tbx, "tbx"),
    "changes-docx": _paper("changes"),
    "html": Kind(_page, ("html", "htm"), document=True),
    "site": Kind(_site, ("html", "htm"), document=True),
    "png": _picture(pictures.png, "png"),
    "svg": _picture(pictures.svg, "svg"),
    "border-svg": _picture(unrolled.svg, "svg"),
    "border-png": _picture(unrolled.png, "png"),
    "border-pdf": _picture(unrolled.pdf, "pdf"),
    "sheet-pdf": _picture(partial(wall.pdf, paper="a3"), "pdf"),
    **{f"wall-{paper}": _picture(partial(wall.pdf, paper=paper), "pdf") for paper in ("a2", "a1", "a0")},
    "xlsx": Kind(_workbook, ("xlsx",), document=False, bilingual=True),
    "csv": _tables(csv_zip, "zip", "csv"),
    "geojson": _tables(geojson, "geojson"),
    "gpkg": _tables(gpkg, "gpkg"),
    "linked-places": _tables(linked_places, "jsonld", "geojson", "json"),
}

# what a comparison of two sides can be made into
COMPARISONS = {"csv": comparison.csv, "xlsx": comparison.xlsx, "pptx": _deck_of_comparison}

# what the report on all that was agreed since a session can be made into
REPORTS = {"docx": _paper_of_report, "xlsx": report.xlsx, "pptx": _deck_of_report}


def file_name(atlas: Atlas, selection: Selection | None, language: str, suffix: str, part: str = "") -> str:
    """A name that says which data, which language and whether it is a part: ``border-cooperation-atlas-2026-11-22-selection-vi.xlsx``."""
    restricted = "selection" if selection and selection.restricts else ""
    stem = "-".join(
        filter(None, ("border-cooperation-atlas", atlas.version, part.replace("_", "-"), restricted, language))
    )
    return f"{stem}.{suffix}"


def export(
    atlas: Atlas,
    kind: str,
    selection: Selection | None,
    language: str,
    progress: Progress = lambda step, share: None,
    proposed_names: bool = True,
    table: str | None = None,
    audience: Audience | None = None,
    sides: tuple[Side, Side] | None = None,
    session: Session | None = None,
    template: File | None = None,
    reported: Wanted | None = None,
    units: tuple[str, ...] | None = None,
) -> bytes:
    """One file of a selection; the same selection of the same data gives the same bytes.

    :param kind: one of :data:`KINDS`.
    :param language: ``vi``, ``zh`` or ``en``; for documents, pictures and workbooks also ``vi-zh`` and ``zh-vi``, both below each other.
    :param progress: called with the step, in the language, and the share that is done.
    :param proposed_names: whether places have Chinese names that are only proposed; without them the Vietnamese name stands.
    :param audience: for whom the file is, see :mod:`atlas.model.audience`. If left out, documents and pictures are for both
        sides, and tables hold all that the atlas knows.
    :param table: for ``csv``: the one table to write; without it all are written as an archive of CSV files.
    :param sides: the two that the file compares; then it is one of :data:`COMPARISONS`.
    :param session: what a document follows: its language, audience and selection go before those given here.
    :param template: an office's own template, into which the file is poured.
    :param reported: the commitments on which the file reports, and since which session; then it is one of :data:`REPORTS`.
    :param units: ids of the only units of today whose letters are written; for :data:`LETTERS` alone.
    :raises atlas.UnknownValue: there is no such kind or event, it cannot be made in this language, or it has no template or
        units; or a unit is none of :func:`atlas.model.desk.units`.
    :raises atlas.exports.foreign.Refused: the template cannot be used.
    """
    kinds = COMPARISONS if sides else REPORTS if reported else KINDS
    if kind not in kinds:
        raise UnknownValue.of("kind", kind, kinds)
    known = KINDS[kind] if units is None else _paper("resigning_letters", units=units)
    if session:
        selection, audience = session.selection, session.audience
        language = session.language if session.language in known.languages else session.language.partition("-")[0]
    if units is not None:
        _check_units(atlas, kind, units, selection or Selection())
    if language not in known.languages:
        raise UnknownValue.of(f"{kind} in language", language, known.languages)
    if template:
        form_of_template(kind)
    if not proposed_names:
        atlas = browser.without_proposed_names(atlas)
    audience = audience or ("both" if known.document else None)
    if audience:
        atlas = released(atlas, audience)
    if sides:
        found = compare(atlas, *sides, (selection or Selection()).chosen)
        return COMPARISONS[kind](atlas, found, selection, language)
    if reported:
        if (since := report.event(reported)) not in atlas.table("events").index:
            raise UnknownValue.of("since", since, agreed.sessions(atlas))
        return REPORTS[kind](atlas, reported, selection or Selection(), language)
    if table:
        return csv_table(atlas, selection, Translator(language), table)
    return known.make(atlas, selection, language, progress, session, template)


def _check_units(atlas: Atlas, kind: str, units: Iterable[str], selection: Selection) -> None:
    if kind != LETTERS:
        raise UnknownValue.of("kind with units", kind, (LETTERS,))
    known = [unit.place for unit in desk.units(atlas, selection)]
    for one in units:
        if one not in known:
            raise UnknownValue.of("unit", one, known)


def form_of_template(kind: str) -> Form:
    """What a template of a kind of file has to be.

    :raises atlas.UnknownValue: there can be none.
    """
    form = KINDS[kind].template
    if form is None:
        raise UnknownValue.of("kind with a template", kind, (name for name, one in KINDS.items() if one.template))
    return form


def own_template() -> bytes:
    """The template of slides that the atlas uses, for an office that wants to make it its own."""
    from atlas.exports.slides import template

    return template.OWN.read_bytes()


def form_of_file(name: str) -> Form:
    """What a template has to be by the end of its name.

    :raises atlas.exports.foreign.Refused: it is the name of no template.
    """
    form = TEMPLATES.get(name.rpartition(".")[2].lower())
    if form is None:
        raise Refused("other", name, PPTX)
    return form


def check_template(given: File) -> None:
    """Look whether a template can be used: that of slides has all that a deck needs, a letterhead can be opened.

    :raises atlas.exports.foreign.Refused: it cannot; its text names everything that is wrong.
    """
    if form_of_file(given.name) is PPTX:
        from atlas.exports.slides import template

        template.opened(given)
    else:
        from atlas.exports.docx import sheet

        foreign.opened(given.name, given.content, DOCX, sheet.blank)


def suffix_of(name: str, ends: Iterable[str]) -> str:
    """Which of some ends a file's name has, so that no file says that it is of another kind than it is.

    :raises atlas.UnknownValue: it has none of them.
    """
    suffix = next((one for one in ends if name.lower().endswith(f".{one}")), None)
    if not suffix:
        raise UnknownValue(f'"{name}": expected a name that ends in {" or ".join(f".{one}" for one in ends)}')
    return suffix


def table_for(atlas: Atlas, suffix: str, table: str | None) -> str | None:
    """The one table that a file whose name has this end holds, None if it holds all that its kind can.

    :param table: the table that was asked for.
    :raises atlas.UnknownValue: there is no such table, or several tables fit into such a file.
    """
    tables = atlas.schema.tables
    if table and table not in tables:
        raise UnknownValue.of("--table", table, tables)
    if table and suffix != "csv":
        raise UnknownValue(f'--table "{table}": expected a name that ends in .csv, not .{suffix}')
    return table or (MAIN_TABLE if suffix == "csv" else None)
