"""What was agreed in words: who is responsible, by when, the filters of points, and what came since a session."""

from collections.abc import Iterator

from atlas.model import agreed
from atlas.model.agreed import Since, Wanted
from atlas.model.atlas import Atlas
from atlas.words import naming, outlook, vocabulary
from atlas.words.languages import in_order
from atlas.words.translator import IN_LISTS, Translator


def responsible(row: dict, translate: Translator) -> Iterator[str]:
    """Who is responsible for a commitment, by side in the order of the language; nothing where it is not stated."""
    heads = sides(translate)
    for side in in_order(translate.language, "vn", "cn"):
        if name := translate.text(row, f"responsible_{side}"):
            yield translate("{name}: {value}", name=heads[side], value=name)


def due(row: dict, translate: Translator) -> str:
    """Until when and how often; empty where it is not stated."""
    day = translate("due {day}", day=translate.date(row["due"])) if row["due"] else ""
    return translate.join(filter(None, (day, translate.text(row, "rhythm"))))


def evidence(translate: Translator) -> dict[str, str]:
    """The headings under which reports stand, by whether they name the paper."""
    return {
        "paper": translate("Reported with the paper’s name"),
        "matter": translate("Reported of the same matter only"),
    }


def reported(row: dict, translate: Translator) -> str:
    """What a source reports, after its day.

    :param row: of table ``commitment_evidence``.
    """
    text = translate.text(row, "text")
    return translate("{name}: {value}", name=translate.date(row["date"]), value=text) if row["date"] else text


def sides(translate: Translator) -> dict[str, str]:
    """The sides that can be responsible, see :data:`atlas.model.agreed.SIDES`."""
    return {
        "vn": translate("Vietnamese side"),
        "cn": translate("Chinese side"),
        "both": translate("both sides"),
        "none": translate("not stated"),
    }


def facets(atlas: Atlas, translate: Translator) -> dict[str, tuple[str, dict[str, str]]]:
    """The filters of :class:`atlas.model.agreed.Wanted`: their headings, and their values in words."""
    known = agreed.known(atlas)
    series = vocabulary.labels(atlas, "events.series", translate)
    fields = vocabulary.labels(atlas, "commitments.field", translate)
    return {
        "series": (translate("Series of meetings"), {one: series[one] for one in known["series"]}),
        "session": (translate("Session"), {one: session(atlas, one, translate) for one in known["session"]}),
        "paper": (translate("Paper"), {one: paper(atlas, one, translate) for one in known["paper"]}),
        "field": (translate("Field of cooperation"), {one: fields[one] for one in known["field"]}),
        "side": (translate("Responsible side"), sides(translate)),
        "state": (translate("State"), vocabulary.commitment_states(translate)),
    }


def chosen(atlas: Atlas, wanted: Wanted, translate: Translator) -> list[tuple[str, str]]:
    """The filters that are set, but for the session since which: their headings, and their values in words."""
    texts = facets(atlas, translate)
    set_here = {name: values for name in texts if (values := getattr(wanted, name))}
    return [
        (texts[name][0], translate.join(texts[name][1][one] for one in values)) for name, values in set_here.items()
    ]


def session(atlas: Atlas, event: str, translate: Translator) -> str:
    """A session by its series and number, else its title, with its day."""
    (row,) = atlas.records("events", [event])
    name = outlook.session_title(atlas, row, translate) if row["series"] else translate.text(row, "title")
    return _dated(name, row["date_from"], translate)


def paper(atlas: Atlas, record: str, translate: Translator) -> str:
    """A paper, or a session without one, with its day."""
    name = naming.record_name(atlas, atlas.record_tables[record], record, translate)
    return _dated(name, agreed_on(atlas, record), translate)


def agreed_on(atlas: Atlas, record: str) -> str | None:
    """The day of a paper or session, a partial date or None."""
    table = atlas.record_tables[record]
    (row,) = atlas.records(table, [record])
    return row["signed_on" if table == "agreements" else "date_from"]


def _dated(name: str, day: str | None, translate: Translator) -> str:
    return translate("{title} ({day})", title=name, day=translate.date(day, IN_LISTS)) if day else name


def since_title(atlas: Atlas, event: str, translate: Translator) -> str:
    """What a report since a session is called."""
    return translate("Agreed since {session}", session=session(atlas, event, translate))


def since(atlas: Atlas, found: Since, shown: int, translate: Translator) -> list[str]:
    """What a report since a session holds: what the session itself agreed, what came later, and what else is chosen.

    :param shown: points that pass all other filters as well.
    """
    name = session(atlas, found.event, translate)
    (row,) = atlas.records("events", [found.event])
    there = translate("{session}: no point agreed there is on record.", session=name)
    if found.own:
        there = translate.plural(
            "{session}: {n} point agreed there.", "{session}: {n} points agreed there.", len(found.own), session=name
        )
    said = [there]
    if not row["date_from"]:
        return [*said, translate("No source states its day, so that what was agreed since it cannot be told.")]
    said.append(
        translate.plural(
            "Since that day {n} point was agreed between the same parties, in papers and at meetings.",
            "Since that day {n} points were agreed between the same parties, in papers and at meetings.",
            len(found.ids),
        )
    )
    if found.unsure:
        said.append(
            translate.plural(
                "{n} of them stands in a paper of which only the month or year is known; it may be older than the session.",
                "{n} of them stand in papers of which only the month or year is known; they may be older than the session.",
                len(found.unsure),
            )
        )
    if shown != len(found.ids):
        said.append(translate.plural("{n} of them passes the filters.", "{n} of them pass the filters.", shown))
    return said
