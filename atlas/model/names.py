"""All names of an atlas's places, and which of them a written text has."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from atlas.model.atlas import Atlas, cached
from atlas.model.gazetteer import SPELLINGS, Gazetteer
from atlas.model.nearness import Nearness
from atlas.model.spelling import Atom, chinese_type, fold, is_han, joined, parts, without_type, words

ALSO = ("also_known_as", "name_zh_variants")
LARGE = frozenset(("province", "prefecture", "district"))
BEGUN = 2  # letters
LONGEST_NAME = 12  # words that a name with its type has, where it stands among others


@dataclass(frozen=True)
class Hit:
    """A name of a place as it stands in a column."""

    place: str
    column: str
    name: str


class Names:
    """All names of an atlas's places by their folding."""

    def __init__(self, places: Gazetteer):
        self.places = places
        self.by_key: dict[str, list[Hit]] = defaultdict(list)
        self._keys: dict[str, frozenset[str]] = {}
        self.by_code: dict[str, list[Hit]] = defaultdict(list)
        for place, row in places.places.to_dict("index").items():
            for column in ("id", "official_code", "slug"):
                if code := row[column]:
                    self.by_code[code.casefold()].append(Hit(place, column, code))
            for column in (*SPELLINGS, *ALSO):
                for name in row[column] if column in ALSO else filter(None, [row[column]]):
                    for key in _keys(name, column):
                        self.by_key[key].append(Hit(place, column, name))

    @cached_property
    def _read_alike(self) -> dict[str, list[str]]:
        found = defaultdict(list)
        for key in self.by_key:
            if "y" in key:
                found[key.replace("y", "i")].append(key)
        return found

    @cached_property
    def nearness(self) -> Nearness:
        """What tells names that are nearly spelled so."""
        return Nearness(list(self.by_key))

    @cached_property
    def _all(self) -> str:
        return "|".join(self.by_key)

    def prepare(self) -> None:
        """Make now what somebody would wait for later."""
        self.nearness, self._read_alike, self._all  # noqa: B018

    def known(self, key: str) -> list[str]:
        """The keys that a folded name stands for: itself, or what is read alike (y and i, pinyin with numbered tones)."""
        if key in self.by_key:
            return [key]
        bare = re.sub("(?<=[a-z])[1-5]", "", key) if re.fullmatch("(?:[a-z]+[1-5])+", key) else key
        same = key.replace("y", "i")
        return [one for one in dict.fromkeys((bare, same)) if one in self.by_key] + self._read_alike.get(same, [])

    def keys(self, place: str) -> frozenset[str]:
        """The foldings of all names of a place."""
        if place not in self._keys:  # a province is above hundreds of others
            self._keys[place] = frozenset(key for name in self.places.spellings(place) for key in _keys(name))
        return self._keys[place]

    def keys_above(self, place: str, later: bool = False) -> set[str]:
        """The foldings of the units that contain a place; with ``later`` of those before and after it as well."""
        units = self.places.kin(place) if later else self.places.ancestors(place)
        return {key for one in units for key in self.keys(one)}

    def keys_beside(self, place: str) -> set[str]:
        """What else may be said of a place: its country, and when it ended."""
        row = self.places[place]
        keys = set(self.keys(country)) if (country := row["country"].lower()) in self.places else set()
        if until := row["valid_until"]:
            keys |= {f"den{until[:4]}", f"until{until[:4]}", f"至{until[:4]}年"}
        return keys

    def needles(self, text: str) -> tuple[str, ...]:
        """What has to stand in the ``search_text`` of a record that somebody searches for by a text, each of it.

        Words for what a unit is are left out where a name is left without them, so that they never hide a record.
        """
        found = self.pieces(text)
        if found is None:
            return tuple(self._as_typed(part) for part in parts(text)) or tuple(filter(None, [fold(text)]))
        return tuple(map(joined, found))

    def _as_typed(self, atoms: tuple[Atom, ...]) -> str:
        if found := self._known_pieces(atoms):
            return joined(together(found))
        whole = joined(atoms)
        # half a name behind a word that hardly stands for anything else, as while somebody types it
        begun = [joined(rest) for rest, kind in without_type(atoms) if kind.kinds & LARGE and len(rest[0].key) >= BEGUN]
        return whole if whole in self._all or not begun else min(begun, key=len)

    def pieces(self, text: str) -> list[tuple[Atom, ...]] | None:
        """The known names that a text is, one after the other, without their types; None where it has anything else."""
        whole = together(parts(text))
        if whole and self.is_own(joined(whole)):
            return [whole]
        found = [self._known_pieces(part) for part in parts(text)]
        return [piece for part in found for piece in part] if found and all(found) else None

    def phrases(self, text: str) -> list[str]:
        """The words of a text, those of a known name together and without its type: ``["meo vac", "2016"]``."""
        if pieces := self.pieces(text):
            return list(map(self._phrase, pieces))
        segments = parts(text)
        if any(is_han(atom.key) for atom in together(segments)):
            return list(words(text))
        return [phrase for part in segments for phrase in self._phrases(part)]

    def _phrases(self, part: tuple[Atom, ...]) -> Iterator[str]:
        start = 0
        while start < len(part):
            ends = range(min(len(part), start + LONGEST_NAME), start + 1, -1)
            named = ((end, self._name(part[start:end])) for end in ends)
            end, name = next(((end, name) for end, name in named if name and len(name) > 1), (start + 1, None))
            yield " ".join(atom.key for atom in name or part[start:end])
            start = end

    def _phrase(self, piece: tuple[Atom, ...]) -> str:
        key = joined(piece)
        if is_han(key):
            return key
        # several words may have been typed as one
        return " ".join(words(self.by_key[key][0].name) if len(piece) == 1 else (atom.key for atom in piece))

    def _known_pieces(self, atoms: tuple[Atom, ...]) -> list[tuple[Atom, ...]]:
        found: list[list[tuple[Atom, ...]]] = [[] for _ in atoms] + [[()]]  # from each place on
        for start in reversed(range(len(atoms))):
            for end in range(len(atoms), start, -1):
                if found[end] and (name := self._name(atoms[start:end])):
                    found[start] = [name, *found[end]]
                    break
        return found[0][:-1]

    def is_own(self, key: str) -> bool:
        """Whether a key is a name as the tables have it, and no Chinese one with its type."""
        hits = () if is_han(key) else self.by_key.get(key, ())
        return any(hit.column in SPELLINGS and fold(hit.name) == key for hit in hits)

    def _name(self, atoms: tuple[Atom, ...]) -> tuple[Atom, ...] | None:
        """The known name that these atoms are, without its type and spelled as in the tables."""
        if self.is_own(joined(atoms)):
            return atoms
        for name in (*(rest for rest, _ in without_type(atoms)), atoms):
            for key in self.known(joined(name)):
                return (
                    name if key == joined(name) and self.in_tables(key) else together(parts(self.by_key[key][0].name))
                )
        return None

    def in_tables(self, key: str) -> bool:
        """Whether a key is a part of a name as the tables have it, rather than another way to write it."""
        return any(key in fold(hit.name) for hit in self.by_key[key])


def together(segments: list[tuple[Atom, ...]]) -> tuple[Atom, ...]:
    """The atoms of all parts of a text in one row."""
    return tuple(atom for part in segments for atom in part)


def _keys(name: str, column: str = "") -> set[str]:
    """The foldings by which a name is found: whole, a Chinese one without its type, ``ü`` written as v."""
    keys = {fold(name)}
    if is_han(name):
        (key,) = keys
        found = chinese_type(key)
        return keys | {key[: found[0]]} if found else keys
    if column in ALSO:
        atoms = together(parts(name))
        keys |= {joined(rest) for rest, _ in (without_type(atoms) if atoms else ())}
    if not name.isascii():
        decomposed = unicodedata.normalize("NFD", name.casefold())
        if "u\u0308" in decomposed:
            keys.add(fold(decomposed.replace("u\u0308", "v")))
    return keys - {""}


@cached(None)
def names(atlas: Atlas) -> Names:
    """The names of an atlas, made once."""
    return Names(atlas.places)
