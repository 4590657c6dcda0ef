"""What scenes of agreements, meetings, twinnings and points agreed say above them: one sentence with its number.

A line of the title holds some 56 letters, or 31 Chinese characters; what does not fit stands below it, in small type.
"""

import pandas as pd

from atlas.words.translator import IN_LISTS, Translator


def sessions(place: str, last: dict | None, coming: dict | None, unheard: dict | None, translate: Translator) -> str:
    """Which session of a series was the last, and what is known of the one after it.

    :param place: of the last one, or that it is not stated.
    :param last, coming, unheard: rows of ``events``: the last one held, the next one announced, and one whose announced
        time has passed without a word of it.
    """
    if last is None:
        return _announced(coming or unheard or {}, translate)
    if pd.isna(last["ordinal"]):
        when = translate.period(last["date_from"], last["date_to"], IN_LISTS)
        return translate("The last meeting was held: {place}, {date}", place=place, date=when)
    number = _numeral(last)
    if coming and not pd.isna(coming["ordinal"]):
        return translate(
            "Session no. {n} was held; no. {next} is announced for {date}",
            n=number,
            next=_numeral(coming),
            date=_day(coming, translate),
        )
    if unheard and not pd.isna(unheard["ordinal"]):
        return translate(
            "Session no. {n} was held; no source says that no. {next} was", n=number, next=_numeral(unheard)
        )
    when = translate.period(last["date_from"], last["date_to"], IN_LISTS)
    return translate("Session no. {n} was held: {place}, {date}", n=number, place=place, date=when)


def _announced(row: dict, translate: Translator) -> str:
    if not row:
        return translate("No session with a known date has been held")
    if pd.isna(row["ordinal"]):
        return translate("A meeting is announced for {date}", date=_day(row, translate))
    return translate("Session no. {n} is announced for {date}", n=_numeral(row), date=_day(row, translate))


def _numeral(row: dict) -> str:
    return str(int(row["ordinal"]))


def _day(row: dict, translate: Translator) -> str:
    return translate.period(row["date_from"], row["date_to"], IN_LISTS)


def series(count: int, held: int, translate: Translator) -> str:
    """How many sessions of several series were held."""
    meetings = translate.plural("{n} session held", "{n} sessions held", held)
    said = translate.plural("{n} series of meetings", "{n} series of meetings", count)
    return translate("{series}: {sessions}", series=said, sessions=meetings)


def agreements(subject: str, count: int, limited: int, translate: Translator) -> str:
    """How many agreements there are, and of how many of them the sources state the term.

    :param subject: in words; empty where there are several.
    """
    said = translate.plural("{n} agreement", "{n} agreements", count)
    if subject:
        said = translate("{subject}: {agreements}", subject=subject, agreements=said)
    if not limited:
        return translate("{agreements}; the sources state no term", agreements=said)
    return translate("{agreements}; the sources state the term of {n}", agreements=said, n=limited)


def clusters(total: int | None, count: int, vn: int, cn: int, translate: Translator) -> str:
    """How many clusters of twinned communities there are.

    :param total: as a source states it, None where none does.
    :param count, vn, cn: the clusters that sources name, with the communities of both sides in them.
    """
    if total is not None:
        return translate.plural(
            "{n} cluster of border communities is twinned", "{n} clusters of border communities are twinned", total
        )
    return translate.plural(
        "{n} cluster: {communities} in Vietnam and {others} in China",
        "{n} clusters: {communities} in Vietnam and {others} in China",
        count,
        communities=translate.plural("{n} community", "{n} communities", vn),
        others=translate.number(cn),
    )


def named_clusters(count: int, vn: int, cn: int, translate: Translator) -> str:
    """How many of the clusters that a source counts are named."""
    return translate.plural(
        "{n} cluster is named in the sources: {communities} in Vietnam and {others} in China.",
        "{n} clusters are named in the sources: {communities} in Vietnam and {others} in China.",
        count,
        communities=translate.plural("{n} community", "{n} communities", vn),
        others=translate.number(cn),
    )


def matrix(province: str, provinces: int, twinnings: int, levels: int, translate: Translator) -> str:
    """How many twinnings one province has, or several have, at how many levels.

    :param province: the name of the only one; empty where there are several.
    """
    whose = province or translate.plural("{n} province", "{n} provinces", provinces)
    return translate(
        "{whose}: {twinnings} at {levels}",
        whose=whose,
        twinnings=translate.plural("{n} twinning", "{n} twinnings", twinnings),
        levels=translate.plural("{n} level", "{n} levels", levels),
    )


def reform(count: int, cases: list[int], translate: Translator) -> str:
    """How many twinnings lost a unit, as the sum of their cases."""
    lost = translate.plural("{n} twinning lost a unit", "{n} twinnings lost a unit", count)
    known = [translate.number(one) for one in cases if one]
    return translate("{lost}: {sum}", lost=lost, sum=" + ".join(known)) if len(known) > 1 else lost


def commitments(session: str, points: int, told: int, translate: Translator) -> str:
    """Of how many points agreed at a session sources tell what became of them.

    :param session: its number; empty where it has none, or where there are several sessions or papers.
    """
    whole = translate.plural("{n} point agreed", "{n} points agreed", points)
    if session:
        whole = translate("Session no. {n}: {points}", n=session, points=whole)
    if not told:
        return translate("{points}; no source found tells of them yet", points=whole)
    return translate("{points}; sources tell of {told}", points=whole, told=told)
