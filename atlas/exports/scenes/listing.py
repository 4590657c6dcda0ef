"""What scenes of records share: their sources, and what stands below them."""

from collections.abc import Callable, Iterable, Sized

from atlas.exports.scenes.board import Context
from atlas.words.translator import Translator

Said = Callable[[Translator], str]


def footnote(asked: Context, *said: Said | None) -> tuple[str, ...]:
    """Sentences in each language of the session, without those that have nothing to say."""
    texts = asked.say(lambda translate: " ".join(filter(None, (one(translate) for one in said if one))))
    return tuple(filter(None, texts))


def kept(shown: Sized, every: Sized) -> Said | None:
    """That a scene has room for some of its records only."""
    if len(shown) == len(every):
        return None
    return lambda translate: translate("{n} of {all} are shown; the annex has all.", n=len(shown), all=len(every))


def cited(rows: Iterable[dict]) -> tuple[str, ...]:
    """The ids of the sources of some records, each once."""
    return tuple(dict.fromkeys(source for row in rows for source in row["sources"]))


def both_scripts(asked: Context, place: str) -> str:
    """The name of a place as the session's first language has it, with its name in the other script."""
    first = asked.voice.first.language
    names = (asked.atlas.places.name(place, language) for language in (first, "vi" if first == "zh" else "zh"))
    return " ".join(dict.fromkeys(names))


def several(asked: Context, places: Iterable[str]) -> str:
    """The names of places in one line, each in both scripts."""
    return asked.voice.first.join(dict.fromkeys(both_scripts(asked, place) for place in places))
