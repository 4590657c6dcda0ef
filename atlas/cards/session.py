"""The last and the next session of the series of meetings, as safe HTML."""

from collections.abc import Callable

from markupsafe import Markup

from atlas.cards.facts import items
from atlas.model import agreed
from atlas.model.atlas import Atlas
from atlas.model.outlook import Outlook
from atlas.words import outlook, values
from atlas.words.translator import IN_LISTS, Translator

LEADING = ("joint_working_committee", "yunnan_joint_working_group")  # series whose last session is told whole
OTHERS = 4  # series beside it whose last session has a line
To = Callable[[str, dict], str]  # a page and what changes -> an address


def html(atlas: Atlas, found: Outlook, translate: Translator, to: To) -> Markup:
    """Two cards: the last session of the leading series with its outcomes, and what is announced or that nothing is.

    :param to: makes the address of a page.
    """
    return Markup("<div class='sessions'>{}{}</div>").format(
        _last(atlas, found, translate, to), _next(atlas, found, translate, to)
    )


def link(sentence: outlook.Sentence, to: To) -> Markup:
    """A sentence as the link to what it speaks of."""
    return Markup("<a href='{}'>{}</a>").format(to(sentence.page, sentence.changes), sentence.text)


def leading(found: Outlook) -> dict | None:
    """The session that is told whole: the last of the first leading series that has one, else the last of all."""
    by_series = {row["series"]: row for row in found.last}
    return next((by_series[series] for series in LEADING if series in by_series), next(iter(found.last), None))


def _last(atlas: Atlas, found: Outlook, translate: Translator, to: To) -> Markup:
    head = translate("Last session")
    row = leading(found)
    if row is None:
        return _card(
            head, Markup("<p>{}</p>").format(translate("No session of a series with a known date is on record."))
        )
    outcomes = translate.text(row, "outcomes")
    said = Markup("<p><strong>{}</strong><br>{}</p><p class='outcomes'>{}</p><p><a href='{}'>{}</a></p>").format(
        outlook.session_title(atlas, row, translate),
        translate(
            "{date}, {place}",
            date=values.event_date(row, translate, IN_LISTS),
            place=outlook.host(atlas, row, translate),
        ),
        outcomes or translate("No source found states its outcomes."),
        to("meetings", {"record": (row["id"],)}),
        translate("All outcomes, with sources") if outcomes else translate("The record, with sources"),
    )
    if agreed.since(atlas, row["id"]).ids:
        report = Markup("<p><a href='{}'>{}</a></p>")
        said += report.format(
            to("commitments", {"since": row["id"]}),
            translate("What was agreed since, as the report for the next session"),
        )
    others = [one for one in found.last if one is not row][:OTHERS]
    listed = [
        link(
            outlook.Sentence(
                translate(
                    "{session}: {date}",
                    session=outlook.session_title(atlas, one, translate),
                    date=values.event_date(one, translate, IN_LISTS),
                ),
                "meetings",
                {"record": (one["id"],)},
            ),
            to,
        )
        for one in others
    ]
    return _card(head, said + (items("ul", listed) if listed else Markup("")))


def _next(atlas: Atlas, found: Outlook, translate: Translator, to: To) -> Markup:
    row = leading(found)
    sentences = outlook.coming(atlas, found, translate)
    said = [link(sentence, to) for sentence in sentences if sentence.changes]
    if row and found.ahead and row["series"] not in {one["series"] for one in found.ahead}:
        name = outlook.series_name(atlas, row, translate)
        said.insert(0, Markup.escape(translate("{series}: no date of a next session is announced.", series=name)))
    nothing = Markup("").join(Markup("<p>{}</p>").format(one.text) for one in sentences if not one.changes)
    return _card(translate("Next sessions"), nothing + (items("ul", said) if said else Markup("")))


def _card(head: str, inside: Markup) -> Markup:
    return Markup("<section><h2>{}</h2>{}</section>").format(head, inside)
