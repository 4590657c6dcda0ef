"""What stands along the border, unrolled to a line: the units of both sides, the ties between them, and what is too far away."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial

from atlas.look.marks import LEVEL_STYLES
from atlas.model import along
from atlas.model.along import Band, Stand
from atlas.model.atlas import Atlas
from atlas.model.selection import Selection
from atlas.words import naming
from atlas.words.translator import Translator
from atlas.words.voice import Voice, two

INLAND = 40  # kilometres from which on a unit says how far it is
NEAR_KINDS = ("commune", "township", "village", "border_gate", "institution")
BESIDE = 60  # kilometres by which a section grows for units just beyond its ends
NARROWEST = 40  # kilometres


@dataclass(frozen=True)
class Unit:
    """A unit of one side; ``of``: the twinnings that it is in; ``near``: whether it is a commune or smaller.

    inland: how far from the border it is, in words, where that is far.
    """

    place: str
    name: str
    inland: str
    stand: Stand
    level: str
    ended: bool
    near: bool
    of: tuple[str, ...]


@dataclass(frozen=True)
class Tie:
    """A twinning between a unit of each side; one with several members has several."""

    twinning: str
    level: str
    vn: str
    cn: str


@dataclass(frozen=True)
class Beyond:
    """A twinning that has no place along the border, and how far away the farthest member is: None where that is not known."""

    twinning: str
    away: float | None


@dataclass(frozen=True)
class Content:
    """All that stands along a section of the border on a day.

    units and bands: of "vn" and "cn", west to east; section: from which to which kilometre; gates: names and kilometres.
    """

    units: dict[str, list[Unit]]
    ties: list[Tie]
    beyond: list[Beyond]
    section: tuple[float, float]
    bands: dict[str, list[tuple[str, Band]]]
    communes: list[tuple[str, along.Commune]]
    gates: list[tuple[str, float]]
    languages: int  # of each name


def voice_of(selection: Selection, language: str) -> Voice:
    """The language of the names, or both of the border where they are asked for, the reader's own first."""
    return Voice(two(language) if selection.labels == "bilingual" else language)


def content(atlas: Atlas, selection: Selection, voice: Voice, own: bool = False) -> Content:
    """What stands along the border of a selection, on its day.

    :param own: whether the names of each side are in its own language alone.

    A province or prefecture that is chosen is the section that is shown, otherwise the whole border is. Border communes
    and gates are all that there are on the day, whatever the other filters leave.
    """
    on = selection.day(atlas)
    rows = selection.twinnings(atlas, "id", "level", "vn", "cn").to_dict("records")
    members: dict[str, dict[str, list[dict]]] = {"vn": {}, "cn": {}}
    ties, beyond = [], []
    for row in rows:
        if (farthest := along.farthest(atlas, row)) is None or farthest > along.REACH:
            beyond.append(Beyond(row["id"], farthest))
            continue
        ties += _ties(atlas, row)
        for side, found in members.items():
            for place in row[side]:
                found.setdefault(place, []).append(row)
    voices = {"vn": Voice("vi"), "cn": Voice("zh")} if own else dict.fromkeys(members, voice)
    units = {side: _units(atlas, found, on, voices[side]) for side, found in members.items()}
    start, end = _section(atlas, selection, units)
    inside = partial(_within, start=start, end=end)
    named = _namer(atlas, voice)
    return Content(
        units,
        ties,
        beyond,
        (start, end),
        {
            side: [
                (_namer(atlas, voices[side])(band.place), cut)
                for band in along.bands(atlas, *which, on)
                if (cut := _cut(band, start, end))
            ]
            for side, which in (("vn", ("VN", "province")), ("cn", ("CN", "prefecture")))
        },
        [
            (voice(partial(_of_commune, atlas, one), " · "), one)
            for one in along.communes(atlas, on)
            if inside(one.middle)
        ],
        _gates(atlas, on, named, inside),
        1 if own else len(voice.translators),
    )


def _namer(atlas: Atlas, voice: Voice) -> Callable[[str], str]:
    return lambda place: voice(lambda translate: atlas.places.name(place, translate.language), " ")


def titles(atlas: Atlas, content: Content, voice: Voice) -> dict[str, str]:
    """What each twinning that is drawn is called."""
    ids = dict.fromkeys(tie.twinning for tie in content.ties)
    return {one: voice(partial(_title, atlas, one), " / ") for one in ids}


def _title(atlas: Atlas, twinning: str, translate: Translator) -> str:
    return naming.pair(atlas, twinning, translate.language)


def distance(kilometres: float, translate: Translator) -> str:
    """So many kilometres in words."""
    return translate("{n} km", n=translate.number(round(kilometres)))


def commune_states(translate: Translator) -> dict[str | None, str]:
    """What is documented of a border commune, in words."""
    return {
        "commune": translate("twinned"),
        "village": translate("a village in it is twinned"),
        None: translate("no twinning documented"),
    }


def _of_commune(atlas: Atlas, one: along.Commune, translate: Translator) -> str:
    name = atlas.places.name(one.place, translate.language)
    start, end = one.stretches[0][0], one.stretches[-1][1]
    kilometres = f"{translate.number(round(start))}–{translate.number(round(end))} km"
    return f"{name}, {kilometres}: {commune_states(translate)[one.twinning]}"


def _ties(atlas: Atlas, row: dict) -> list[Tie]:
    """Each member with the nearest one of the other side, so that none is without a line and few cross."""
    km = {place: one.km for side in ("vn", "cn") for place in row[side] if (one := along.stand(atlas, place))}
    nearest = lambda place, others: min(others, key=lambda other: (abs(km[other] - km[place]), other))  # noqa: E731
    pairs = [(vn, nearest(vn, row["cn"])) for vn in row["vn"]] + [(nearest(cn, row["vn"]), cn) for cn in row["cn"]]
    return [Tie(row["id"], row["level"], *pair) for pair in dict.fromkeys(pairs)]


def _units(atlas: Atlas, members: dict[str, list[dict]], on: date, voice: Voice) -> list[Unit]:
    levels = list(LEVEL_STYLES)
    named = _namer(atlas, voice)
    found = []
    for place, rows in members.items():
        stand = along.stand(atlas, place)
        assert stand  # or the twinning is beyond
        level = min((row["level"] for row in rows), key=levels.index)
        near = atlas.places[place]["kind"] in NEAR_KINDS
        inland = distance(stand.away, voice.first) if stand.away >= INLAND else ""
        ids = tuple(row["id"] for row in rows)
        found.append(Unit(place, named(place), inland, stand, level, atlas.places.ended(place, on), near, ids))
    return sorted(found, key=lambda unit: (unit.stand.km, unit.place))


def _section(atlas: Atlas, selection: Selection, units: dict[str, list[Unit]]) -> tuple[float, float]:
    whole = (0.0, along.length(atlas))
    chosen = [atlas.places.by_slug[slug] for slug in (*selection.province, *selection.region)]
    reaches = [along.reach(atlas, one) for one in chosen if one in atlas.along["units"]]
    if not reaches:
        return whole
    start, end = min(band.start for band in reaches), max(band.end for band in reaches)
    beside = [one.stand.km for side in units.values() for one in side if one.stand.away < INLAND]
    beside = [km for km in beside if start - BESIDE <= km <= end + BESIDE]
    start, end = min([start, *beside]), max([end, *beside])
    more = max(2.0, (NARROWEST - (end - start)) / 2)
    return max(whole[0], start - more), min(whole[1], end + more)


def _within(km: float, start: float, end: float) -> bool:
    return start <= km <= end


def _cut(band: Band, start: float, end: float) -> Band | None:
    cut = Band(band.place, max(band.start, start), min(band.end, end))
    return cut if cut.end > cut.start else None


def _gates(
    atlas: Atlas, on: date, named: Callable[[str], str], inside: Callable[[float], bool]
) -> list[tuple[str, float]]:
    """The gates of the day by kilometre; those of both sides that stand at one point together."""
    places = atlas.table("places")
    at: dict[float, list[str]] = {}
    for one in places.index[places["kind"] == "border_gate"]:
        stand = along.stand(atlas, one)
        if stand and inside(stand.km) and atlas.places.exists(one, on):
            at.setdefault(stand.km, []).append(named(one))
    return [(" – ".join(dict.fromkeys(names)), km) for km, names in sorted(at.items())]


def far_names(atlas: Atlas, beyond: Iterable[Beyond], translate: Translator) -> list[str]:
    """The twinnings beyond in words, each with its distance."""
    unknown = translate("position unknown")
    return [
        f"{_title(atlas, one.twinning, translate)} ({unknown if one.away is None else distance(one.away, translate)})"
        for one in beyond
    ]
