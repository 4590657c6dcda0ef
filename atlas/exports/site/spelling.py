"""What the file needs to understand a name in any spelling as :mod:`atlas.model.names` does; the script has the same steps."""

import re
import unicodedata
from functools import cache
from typing import Any

from atlas.model import names, spelling
from atlas.model.atlas import Atlas
from atlas.model.spelling import AFTER, BEFORE, LATIN, fold, is_han, joined, parts, words
from atlas.words.search import TYPE_WORDS

# where characters stand that a name may be written in: all but private ones, halves of pairs and rare Chinese ones
RANGES = ((0x20, 0xD800), (0xF900, 0x10000), (0x2F800, 0x2FA20))


def spellings(atlas: Atlas) -> dict[str, Any]:
    """The names of an atlas's places by their folding, the words that say what a unit is, and how characters are folded."""
    known = names.names(atlas)
    keys = sorted(known.by_key)
    whole = {key: joined(names.together(parts(known.by_key[key][0].name))) for key in keys}
    return {
        "keys": "|".join(keys),
        "own": "".join("01"[known.is_own(key)] for key in keys),
        "odd": {key: other for key, other in whole.items() if key != other or not known.in_tables(key)},
        "spaced": {
            key: said for key in keys if not is_han(key) and (said := " ".join(words(known.by_key[key][0].name))) != key
        },
        "inOdd": [key for key in keys if not known.in_tables(key)],
        "before": list(BEFORE),
        "after": list(AFTER),
        "large": [word for word, kind in LATIN.items() if kind.kinds & names.LARGE],
        "marked": sorted(" ".join(one) for one in spelling.MARKED if one),
        "peoples": sorted(spelling.PEOPLES_LATIN),
        "chineseEnd": spelling.CHINESE_END.pattern,
        "types": sorted(TYPE_WORDS),
    } | folds()


@cache
def folds() -> dict[str, Any]:
    """What :func:`atlas.model.spelling.fold` makes of each character of which a browser would make anything else.

    ``from`` and ``to`` have one character at the same place, ``longer`` those that become several.
    """
    single, longer = [], {}
    for first, end in RANGES:
        for char in map(chr, range(first, end)):
            folded = fold(char)
            if folded == _by_browser(char):
                continue
            if len(folded) == 1:
                single.append((char, folded))
            else:
                longer[char] = folded
    return {"from": "".join(char for char, _ in single), "to": "".join(to for _, to in single), "longer": longer}


def _by_browser(char: str) -> str:
    parts = unicodedata.normalize("NFKD", char.translate(spelling.STROKED))
    bare = "".join(part for part in parts if not unicodedata.category(part).startswith("M"))
    return "".join(part for part in bare.lower() if re.match("[LN]", unicodedata.category(part)))
