"""Which place is meant by a name that somebody has written."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import accumulate

from atlas.model.atlas import Atlas
from atlas.model.gazetteer import TELLING, UNITS, Gazetteer
from atlas.model.names import Hit, Names, names, together
from atlas.model.spelling import (
    AFTER,
    BEFORE,
    TYPE_KEYS,
    Atom,
    Type,
    begins_after,
    ends_before,
    is_han,
    joined,
    marks,
    parts,
    without_type,
)
from atlas.records.dates import today

LONGEST_WRITTEN = 200  # characters; with the units above it no name is longer, its marks decomposed
MOST_CANDIDATES = 50
ORDER = ("region", *UNITS, "village", "border_gate", "institution", "country")
# what a candidate loses
UNSTATED = 3  # where not all units above it are named
UNSAID = 2  # where a gate is not called one
OTHER_MARKS, NO_MARKS = 3, 1
ALTERNATIVE = 2  # a letter for another that is read alike
OTHER_DESIGNATION, OTHER_TYPE = 8, 20
REVERSED = 1  # where the larger unit stands first, as in Chinese
LATER_PARENT, OTHER_PARENT = 4, 30
OTHER_DAY, STANDS_IN = 10, 20
MISSPELLED = 0.8  # of its likeness is left
SURE, CLEARLY = 80, 3


@dataclass(frozen=True)
class Candidate:
    """A place that may be meant.

    ``score``: 100 where the name is its own and complete with the units above it, less the more is missing or differs.
    ``reason``: the column in which the name stands (``name_vi``, ``name_zh``, ``name_pinyin``, ``name_en``,
    ``also_known_as``, ``name_zh_variants``, ``official_code``, ``slug``, ``id``); or ``former_name``, the unit before it
    had the name; ``later_name``, the unit after it has; ``other_parent``, it lies in none of the units named; ``misspelling``.
    """

    place: str
    score: float
    reason: str


def recognise(
    atlas: Atlas,
    text: str,
    kinds: Collection[str] | None = None,
    parent: str | None = None,
    day: date | None = None,
) -> list[Candidate]:
    """The places that a written name may mean, the best first; 50 at most, none for what is longer than any name.

    It may have its type before or after it in any of the languages, the units above it on either side, and be an
    official code or an id. Misspellings count only where nothing is spelled so.

    :param kinds: the only kinds of places that are wanted.
    :param parent: the unit in which it should lie, of any day.
    :param day: the day on which it should exist; units that stood in for it before or after come as well.
    """
    found = spelled_so(atlas, text)
    if not found and len(text) <= LONGEST_WRITTEN and (segments := parts(text)):
        known = names(atlas)
        found = [*_elsewhere(known, segments), *_misspelled(known, segments)]
    if parent:
        found = [replace(one, score=one.score - _outside(atlas.places, one.place, parent)) for one in found]
    if day:
        found = [other for one in found for other in _on(atlas.places, one, day)]
    return _ranked(atlas, [one for one in found if not kinds or atlas.places[one.place]["kind"] in kinds])


def spelled_so(atlas: Atlas, text: str) -> list[Candidate]:
    """The places whose name, code or id is written, without any that may only be meant; in no order, several times perhaps."""
    if len(text) > LONGEST_WRITTEN:
        return []
    known = names(atlas)
    coded = [Candidate(hit.place, 100, hit.column) for hit in known.by_code.get(text.strip().casefold(), ())]
    segments = parts(text)
    return coded + list(_exact(known, segments)) if segments else coded


def clear(candidates: list[Candidate]) -> Candidate | None:
    """The candidate that is meant beyond doubt; None where there is none or others are as good."""
    if not candidates or candidates[0].score < SURE or candidates[0].reason in ("misspelling", "other_parent"):
        return None
    best, *others = candidates
    return None if others and best.score - others[0].score < CLEARLY else best


def _readings(atoms: tuple[Atom, ...]) -> Iterator[tuple[tuple[Atom, ...], Type | None]]:
    yield atoms, None
    yield from without_type(atoms)


def _exact(known: Names, segments: list[tuple[Atom, ...]]) -> Iterator[Candidate]:
    """Names at the beginning or the end, where all else is named above them."""
    atoms = together(segments)
    accented = marks(" ".join(atom.written for atom in atoms if not is_han(atom.key))) is not None
    yield from _named(known, atoms, (), accented)
    borders = set(accumulate(map(len, segments)))
    for at in range(1, len(atoms)):
        left, right = atoms[:at], atoms[at:]
        if at in borders or not begins_after(right):
            yield from _named(known, left, right, accented, back=AFTER)
        if at in borders or not ends_before(left):
            reversed_order = 0 if is_han(right[0].key) else REVERSED
            yield from _named(known, right, left, accented, reversed_order, front=BEFORE)


def _named(
    known: Names, atoms: tuple[Atom, ...], rest: tuple[Atom, ...], accented: bool, lost_already: int = 0, **types: dict
) -> Iterator[Candidate]:
    """The places that atoms are the name of, where all else is named above them."""
    for name, kind in ((atoms, None), *without_type(atoms, **types)):
        for key in known.known(joined(name)):
            for hit in known.by_key[key]:
                lost = _beyond(known, hit.place, rest)
                if lost is not None:
                    lost += _differs(known, hit, name, kind, accented) + ALTERNATIVE * (key != joined(name))
                    yield Candidate(hit.place, 100 - lost - lost_already, hit.column)


def _elsewhere(known: Names, segments: list[tuple[Atom, ...]]) -> Iterator[Candidate]:
    """Names with something beside them that is not above them."""
    for number, part in enumerate((segments[0], segments[-1]) if len(segments) > 1 else ()):
        for name, kind in _readings(part):
            for hit in known.by_key.get(joined(name), ()):
                lost = OTHER_PARENT * (1 + number) + _differs(known, hit, name, kind, accented=False)
                yield Candidate(hit.place, 100 - lost, "other_parent")


def _misspelled(known: Names, segments: list[tuple[Atom, ...]]) -> Iterator[Candidate]:
    atoms = together(segments)
    ways = {atoms: (), segments[0]: atoms[len(segments[0]) :], segments[-1]: atoms[: -len(segments[-1])]}
    for part, rest in ways.items():
        for name, kind in _readings(part):
            for key, likeness in known.nearness.near(joined(name)):
                for hit in known.by_key[key]:
                    lost = _beyond(known, hit.place, rest)
                    lost = (OTHER_PARENT if lost is None else lost) + _type_differs(known.places[hit.place], kind)
                    yield Candidate(hit.place, max(0, likeness * MISSPELLED - lost), "misspelling")


def _beyond(known: Names, place: str, rest: tuple[Atom, ...]) -> int | None:
    """What a place loses for what is named beside it, None where that is not above it."""
    if not rest:
        return UNSTATED * bool(known.places.ancestors(place))
    above, beside = known.places.ancestors(place), known.keys_beside(place)
    named, count = _names_in(rest, known.keys_above(place), beside)
    if named and count <= len(above):
        return UNSTATED * any(named.isdisjoint(known.keys(one)) for one in above)
    named, _ = _names_in(rest, known.keys_above(place, later=True), beside)
    return LATER_PARENT if named else None


def _names_in(atoms: tuple[Atom, ...], keys: set[str], beside: set[str]) -> tuple[set[str], int]:
    """Which of these names atoms are, one after the other, with or without their types, and how many at least.

    Nothing where there is more than that; ``beside`` may stand there and does not count.
    """
    reached, found = {0: 0}, set()
    allowed = keys | beside
    longest = max(map(len, allowed), default=0)
    for start in range(len(atoms)):
        key = ""
        for end in range(start, len(atoms) if start in reached else start):
            key += atoms[end].key
            if key in allowed:
                found.add(key)
            if key in allowed or key in TYPE_KEYS:
                count = reached[start] + (key in keys)
                reached[end + 1] = min(count, reached.get(end + 1, count))
            if len(key) > longest:
                break
    return (found, reached[len(atoms)]) if len(atoms) in reached else (set(), 0)


def _differs(known: Names, hit: Hit, name: tuple[Atom, ...], kind: Type | None, accented: bool) -> int:
    if kind is None and known.places[hit.place]["kind"] == "border_gate" and not set(TELLING) & set(hit.name):
        lost = UNSAID  # most are called as the place where they stand
    else:
        lost = _type_differs(known.places[hit.place], kind)
    typed, own = marks(" ".join(atom.written for atom in name)), marks(hit.name)
    if not is_han(hit.name) and typed != own:
        lost += OTHER_MARKS if own and (typed or accented) else NO_MARKS
    return lost


def _type_differs(row: dict, kind: Type | None) -> int:
    if kind is None:
        return 0
    if row["kind"] not in kind.kinds:
        return OTHER_TYPE
    designation = row["designation"] or (row["name_zh"] or "")[-1:]
    return OTHER_DESIGNATION if kind.designations and designation not in kind.designations else 0


def _outside(places: Gazetteer, place: str, parent: str) -> int:
    if parent in places.lineage(place):
        return 0
    return LATER_PARENT if parent in places.kin(place) else OTHER_PARENT


def _on(places: Gazetteer, one: Candidate, day: date) -> Iterator[Candidate]:
    """A candidate, and where it does not exist on a day those that stood in for it then."""
    if places.exists(one.place, day):
        yield one
        return
    yield replace(one, score=one.score - OTHER_DAY)
    ended = places.ended(one.place, day)
    others = places.successors(one.place) if ended else places.predecessors(one.place)
    for other in others:
        if places.exists(other, day):
            yield Candidate(other, one.score - STANDS_IN, "former_name" if ended else "later_name")


def _ranked(atlas: Atlas, found: list[Candidate]) -> list[Candidate]:
    """Each place once, the best first; of those that are as good one that has ended comes after those that have not."""
    best: dict[str, Candidate] = {}
    for one in found:
        if one.score > 0 and (one.place not in best or one.score > best[one.place].score):
            best[one.place] = one
    places, now = atlas.places, today(atlas.version)
    standing = {one.score for one in best.values() if places.exists(one.place, now)}
    marked = [
        replace(one, score=one.score - 1) if one.score in standing and not places.exists(one.place, now) else one
        for one in best.values()
    ]
    marked.sort(key=lambda one: (-one.score, ORDER.index(places[one.place]["kind"]), one.place))
    return marked[:MOST_CANDIDATES]
