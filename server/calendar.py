"""What falls due as a calendar to which Outlook, phones and other programs subscribe; see docs/api.md."""

from collections.abc import Callable
from datetime import date

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from atlas.exports.calendar import MIME, ics
from atlas.model.atlas import Atlas, cached
from atlas.model.calendar import KINDS, due
from atlas.model.selection import Selection
from atlas.records.dates import today
from atlas.words import calendar
from atlas.words.translator import Translator
from server import answers
from server.answers import Content, NotUnderstood, Turns, only, served, spoken

ADDRESS = "/calendar.ics"
BACK, AHEAD = 1, 10  # whole years, so that the answer stays the same from one day to the next


def routes(current: Callable[[], Atlas]) -> list[BaseRoute]:
    """``/calendar.ics?lang=…&province=…&kind=…`` for a Starlette application.

    :param current: gives the atlas to answer from; may raise :class:`atlas.model.store.DamagedData`.
    """

    def answer(request: Request) -> Response:
        query, atlas = only(request, "lang", "province", "region", "q", "kind"), current()
        language = spoken(request, query)
        selection = answers.selected(atlas, query, *answers.UNITS, "q")
        kinds = _kinds(query)
        content = _content(atlas, selection, kinds, language, answers.root(request), today(atlas.version).year)
        headers = {"Cache-Control": "no-cache", "Vary": "Accept-Language"}
        return answers.answer(request, content, MIME, headers)

    return [Route(ADDRESS, served(Turns(), answer))]


def _kinds(query: dict[str, str]) -> tuple[str, ...]:
    values = tuple(query["kind"].split(",")) if "kind" in query else KINDS
    for value in values:
        if value not in KINDS:
            raise NotUnderstood("kind", value, f"one or several, by commas, of {', '.join(KINDS)}", KINDS)
    return values


@cached(20)
def _content(
    atlas: Atlas, selection: Selection, kinds: tuple[str, ...], language: str, root: str, year: int
) -> Content:
    translate = Translator(language)
    found = due(atlas, selection, date(year - BACK, 1, 1), date(year + AHEAD, 12, 31))
    entries = [one for one in found if one.kind in kinds]
    units = [atlas.places.by_slug[slug] for slug in (*selection.province, *selection.region)]
    names = [atlas.places.name(place, language) for place in units] + ([selection.q] if selection.q else [])
    if len(kinds) == 1:
        names.append(calendar.kinds(translate)[kinds[0]])
    title = translate("Falling due, Vietnam–China border cooperation")
    name = translate("{title}: {part}", title=title, part=translate.join(names)) if names else title
    return Content(ics(atlas, entries, translate, name, root))
