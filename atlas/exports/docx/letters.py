"""Draft letters of units of today that propose to confirm or to sign anew, each with its annex."""

from collections.abc import Iterator
from string import ascii_lowercase

from atlas.exports import desk
from atlas.exports.docx import sheet, styles
from atlas.exports.docx.lists import numbered
from atlas.exports.docx.paper import Paper
from atlas.exports.docx.text import runs, w
from atlas.exports.resigning import known_since
from atlas.exports.tables import Table
from atlas.model.atlas import Atlas
from atlas.model.desk import Tie, Unit
from atlas.words import naming, sentences
from atlas.words.translator import Translator
from atlas.words.voice import Voice


def write(paper: Paper, unit: Unit, first: bool) -> None:
    """A letter in each language of the paper, the first language first, and the annex of both.

    :param first: whether it is the first of the paper; others begin on a new sheet.
    """
    if not first:
        sheet.turn(paper, across=False)
    for number, translate in enumerate(paper.voice.translators):
        _letter(paper, unit, translate, new_page=bool(number) or not first)
    sheet.turn(paper)
    _annex(paper, unit)


def _head(paper: Paper, text: str, new_page: bool) -> None:
    """The mark above a part, on a page of its own."""
    look = [w("pageBreakBefore")] if new_page else []
    paper.add(paper.paragraph(styles.MARK, *runs(text, paper.form.han_head), look=look))


def _letter(paper: Paper, unit: Unit, translate: Translator, new_page: bool) -> None:
    atlas, name = paper.atlas, desk.formal(paper.atlas, unit.place, translate.language)
    _head(paper, translate("Draft"), new_page)
    paper.strong(styles.TITLE, translate("Proposal to confirm or to sign anew"))
    paper.strong(styles.SUBTITLE, name)
    partners = dict.fromkeys(one for tie in unit.ties for one in _partners(atlas, tie, translate))
    lines = [
        translate("To: {names}", names=translate.join_long(partners)),
        translate("From: {names}", names=name),
        translate(
            "Administrative units on the Vietnamese side have changed. These links concern the present area of {unit}:",
            unit=name,
        ),
        *(line for number, tie in enumerate(unit.ties, start=1) for line in _link(atlas, number, tie, name, translate)),
        translate("Both sides may choose, for each of them:"),
        *(f"{letter}) {text}" for letter, text in zip(ascii_lowercase, desk.options(unit, name, translate))),
        translate("The names of all units stand in the annex in both languages. Please state the form that you use."),
        *([sentences.proposed_names(translate)] if atlas.proposes_names else []),
        translate("Number, place, date and signature are added by those who send it."),
    ]
    paper.text(styles.BODY, "\n".join(lines))


def _partners(atlas: Atlas, tie: Tie, translate: Translator) -> Iterator[str]:
    """The bodies or localities of the Chinese side."""
    for member in atlas.members[tie.twinning]:
        if member["side"] == "CN":
            body = translate.text(member, "organisation")
            yield body or desk.formal(atlas, member["place"], translate.language)


def _link(atlas: Atlas, number: int, tie: Tie, unit: str, translate: Translator) -> Iterator[str]:
    """What was signed, and what has changed since."""
    title = naming.pair(atlas, tie.twinning, translate.language)
    yield translate("{n}. {title}: {text}.", n=number, title=title, text=desk.signed(atlas, tie, translate))
    changed = translate("{unit} {change}", unit=unit, change=desk.way(atlas, tie, translate))
    yield translate(
        "What has changed: {text}.",
        text=translate.join_long(filter(None, (changed, desk.split(atlas, tie, translate)))),
    )


def _annex(paper: Paper, unit: Unit) -> None:
    voice, atlas = paper.voice, paper.atlas
    _head(paper, voice(lambda translate: translate("Annex"), " · "), new_page=True)
    paper.strong(
        styles.TITLE,
        voice(
            lambda translate: translate(
                "Links that fall on {unit}", unit=desk.formal(atlas, unit.place, translate.language)
            )
        ),
    )
    paper.table(numbered(links(atlas, unit, voice), voice))
    paper.table(names(atlas, unit, voice))


def links(atlas: Atlas, unit: Unit, voice: Voice) -> Table:
    """The twinnings of a unit: what was signed, what has changed, what is known since, and the sources of all of it."""

    def changed(tie: Tie, translate: Translator) -> str:
        return translate.join_long(filter(None, (desk.way(atlas, tie, translate), desk.split(atlas, tie, translate))))

    cells = tuple(
        (
            voice(lambda translate, tie=tie: naming.pair(atlas, tie.twinning, translate.language)),
            voice(lambda translate, tie=tie: desk.signed(atlas, tie, translate)),
            voice(lambda translate, tie=tie: changed(tie, translate)),
            voice(lambda translate, tie=tie: known_since(atlas, tie.row, translate)),
        )
        for tie in unit.ties
    )
    sources = atlas.twinnings["sources"]
    heads = (
        lambda translate: translate("Link"),
        lambda translate: translate("Signed"),
        lambda translate: translate("What has changed"),
        lambda translate: translate("Known since the reform"),
    )
    return Table(
        voice(lambda translate: translate("Twinnings")),
        tuple(map(voice, heads)),
        (28, 34, 46, 30),
        cells,
        tuple(tie.twinning for tie in unit.ties),
        tuple(tuple(dict.fromkeys((*sources[tie.twinning], *tie.sources))) for tie in unit.ties),
    )


def names(atlas: Atlas, unit: Unit, voice: Voice) -> Table:
    """The unit, the former ones and the Chinese ones by their names in both languages; the proposed ones are marked."""
    chinese = dict.fromkeys(place for tie in unit.ties for place in atlas.twinnings.at[tie.twinning, "cn"])
    roles = {
        unit.place: lambda translate: translate("Unit of today"),
        **dict.fromkeys(unit.former, lambda translate: translate("Former unit")),
        **dict.fromkeys(chinese, lambda translate: translate("Chinese side")),
    }
    heads = (
        lambda translate: translate("Unit"),
        lambda translate: translate("Vietnamese name"),
        lambda translate: translate("Chinese name"),
        lambda translate: translate("Pinyin"),
    )
    rows = tuple(
        (
            voice(role),
            desk.formal(atlas, place, "vi"),
            desk.formal(atlas, place, "zh") if atlas.places[place]["name_zh"] else "–",
            atlas.places[place]["name_pinyin"] or "–",
        )
        for place, role in roles.items()
    )
    return Table(
        voice(lambda translate: translate("Names in both languages")),
        tuple(map(voice, heads)),
        (22, 44, 40, 32),
        rows,
        tuple(roles),
        ((),) * len(rows),
    )
