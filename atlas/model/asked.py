"""What an address asks for, whatever the programs on its way have made of it.

Mailers, chats and people write links anew: they take them for HTML, encode them once more, use full-width signs, break
lines, add what stands behind a link, and append parameters of their own.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice, starmap
from urllib.parse import parse_qsl, unquote

from atlas.model.selection import ONE, PARAMETERS, POINTS, SEVERAL, VIEWS

FREE = ("q", "find")  # what is searched for may hold anything
TYPED = ("asof", "a", "b", "since", "until")  # days and periods as people write them
LONGEST = 2000  # characters of a name or value that may have been changed on its way
MOST = 2000  # values that are read

# ＆, ;, ? or & in its place, which may be written as &amp; or &#38;, and that as HTML again
_ENTITY = "(?:amp;|#0*38;|#x0*26;)"
_NAME = rf"\s*({'|'.join((*PARAMETERS, *VIEWS, *POINTS, 'scene'))})\s*(?:\[\d*\])?\s*[=＝]"
_PARAMETER = re.compile(rf"(?:[&＆]{_ENTITY}*|[;；?？]){_NAME}", re.IGNORECASE)
_IN_SEARCH = re.compile(rf"(?:&{_ENTITY}+|[;；＆]){_NAME}", re.IGNORECASE)
_OTHER = re.compile(rf"(?:[&＆]{_ENTITY}*|[;；?？])[\w.-]+[=＝].*")  # what others have added with another sign than &
_ENCODED = re.compile("%[0-9a-f]{2}", re.IGNORECASE)
_HYPHENS = re.compile("[\u2010-\u2015\u2212]")
_YEAR = re.compile(r"\d{4}(\D.*)?|(19|20|21)\w{0,3}")


def own_parameters(query: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """The parameters of an address that are the atlas's own.

    Others append their own, some by the same names: years that do not begin as one (``from=singlemessage``) are theirs.

    :param query: parameter name -> values, as they stand in the address.
    :return: the same for :meth:`atlas.model.selection.Selection.from_query`, and
        :data:`atlas.model.selection.VIEWS`, :data:`atlas.model.selection.POINTS` and ``scene``.
    """
    found: dict[str, list[str]] = {}
    given = ((written, value) for written, values in query.items() for value in values)
    for name, text in chain.from_iterable(starmap(_pairs, islice(given, MOST))):
        for one in _values(name, text):
            if name not in ("from", "to") or _YEAR.fullmatch(one):
                found.setdefault(name, []).append(one)
    return found


def _pairs(written: str, value: str) -> Iterator[tuple[str, str]]:
    if len(written) > LONGEST:
        return
    written = plain(_decoded(written))
    if value or "=" not in written:
        yield from _read(f"&{written}={value}")
    else:  # the whole was encoded, or has full-width signs alone
        for name, one in parse_qsl(written.lstrip("?&;"), keep_blank_values=True):
            yield from _read(f"&{name}={one}")


def _read(text: str) -> Iterator[tuple[str, str]]:
    named = _PARAMETER.match(text)
    if not named:
        return
    name, value = named[1].lower(), text[named.end() :]
    if len(value) <= LONGEST:
        value, *more = (_IN_SEARCH if name in FREE else _PARAMETER).split(_decoded(value))
        yield from zip(map(str.lower, more[::2]), more[1::2])
    yield name, value


def _values(name: str, text: str) -> list[str]:
    if name in FREE or len(text) > LONGEST or not text:
        return [text]
    text = plain(_OTHER.sub("", re.sub(r"[ \t]*[\r\n]+[ \t]*", "", text)))
    if name in TYPED:
        return [re.sub(r"^\W+|\W+$", "", text) or text]
    pieces = re.findall(r"[\w-]+", _HYPHENS.sub("-", text).lower()) or [text]
    if name == "lang":  # vi-VN, zh_CN
        pieces = [re.split("[-_]", one)[0] for one in pieces]
    return pieces if name in (*SEVERAL, *ONE, *POINTS) else pieces[:1]


def _decoded(text: str) -> str:
    """A text that was encoded more than once, plain."""
    for _ in range(3):
        if len(text) > LONGEST or not _ENCODED.search(text):
            break
        try:
            text = unquote(text, errors="strict")
        except UnicodeDecodeError:
            break
    return text


def plain(text: str) -> str:
    """A text without full-width signs, and without characters that only direct how others are written.

    Its characters are changed one by one, for Unicode sorts a run of marks in the square of its length.
    """
    return "".join(unicodedata.normalize("NFKC", char) for char in text if unicodedata.category(char) != "Cf")
