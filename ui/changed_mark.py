"""What has changed of one record since the last release but one, on its page."""

from urllib.parse import urlencode

from markupsafe import Markup

from atlas.model import changes, history
from atlas.model.atlas import Atlas
from atlas.model.changes import Change
from atlas.model.history import DamagedHistory
from atlas.words import changes as words
from atlas.words.translator import Translator
from ui import links


def mark(atlas: Atlas, table: str, identifier: str, translate: Translator) -> Markup:
    """That a record is new, has another id or other values, as a line; empty where it has not changed."""
    try:
        one = changes.latest(atlas).get((table, identifier))
    except DamagedHistory:  # the page of what changed says so
        return Markup("")
    if one is None or one.now is None:
        return Markup("")
    since = changes.usual(list(history.released(atlas)))
    page = f"{links.to('changes', province=(), region=(), q='')}&{urlencode({'a': since, 'list': table})}"
    told = words.own(atlas, table, one.cells, translate)
    lines = map(Markup("<br>{}").format, words.lines(atlas, table, told, translate))
    whole = Markup("<p class=cite><strong><a href='{}'>{}</a></strong>{}</p>")
    return whole.format(page, _said(one, translate.date(since), translate), Markup("").join(lines))


def _said(one: Change, day: str, translate: Translator) -> str:
    if one.kind == "added":
        return translate("New since the release of {day}", day=day)
    if one.former:
        return translate("Its id was {id} until the release of {day}", id=one.former, day=day)
    if not one.facts:
        return translate("Other wording since the release of {day}", day=day)
    return translate("Changed since the release of {day}", day=day)
