"""What has changed of records since a release: small words in lists, and a line with the values on cards and pages."""

from collections.abc import Iterable
from urllib.parse import urlencode

from markupsafe import Markup

from atlas.model import changes
from atlas.model.atlas import Atlas
from atlas.words import changes as words
from atlas.words.translator import Translator
from ui import links, state


def since(atlas: Atlas) -> str | None:
    """The release since which changes are marked: that of the filter, else the one before the newest; None without any."""
    if chosen := state.selection().changed:
        return chosen
    known = changes.versions(atlas)
    return changes.usual(known) if known else None


def small(atlas: Atlas, release: str | None, table: str, ids: Iterable[str], translate: Translator) -> list[Markup]:
    """For each record of a list a small word where it is new or has changed since a release, nothing where it is as it was."""
    changed = changes.since(atlas, release).get(table, {}) if release else {}
    if not release or not changed:
        return [Markup("") for _ in ids]
    said = words.since(release, translate)
    word = Markup(" <small class=changed title='{1}'>{0}</small>")
    marks = {kind: word.format(*texts) for kind, texts in said.items()}
    return [marks[changed[one]] if one in changed else Markup("") for one in ids]


def mark(atlas: Atlas, table: str, identifier: str, translate: Translator) -> Markup:
    """That a record is new, has another id or other values, as a line; empty where it has not changed."""
    release = since(atlas)
    kind = changes.since(atlas, release).get(table, {}).get(identifier) if release else None
    if not release or not kind:
        return Markup("")
    page = f"{links.to('changes', province=(), region=(), q='')}&{urlencode({'a': release, 'list': table})}"
    one = changes.of_record(atlas, release, table, identifier)
    cells = words.own(atlas, table, one.cells, translate) if one else ()
    lines = map(Markup("<br>{}").format, words.lines(atlas, table, cells, translate))
    said = words.since(release, translate)[kind][1]
    if one and one.former:
        said = translate("Its id was {id} until the release of {day}", id=one.former, day=translate.date(release))
    whole = Markup("<p class=cite><strong><a href='{}'>{}</a></strong>{}</p>")
    return whole.format(page, said, Markup("").join(lines))
