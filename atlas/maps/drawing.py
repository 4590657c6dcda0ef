"""The map of a selection as a drawing of shapes and texts."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

import shapely
from shapely import LineString, Polygon
from shapely.geometry import shape

from atlas.look.layers import LAYERS
from atlas.look.marks import LEVEL_STYLES
from atlas.look.palette import FAINT, INK, RIVER_NAME, WHITE
from atlas.maps import frame as frames
from atlas.maps import framing, geometry, orientation, placing
from atlas.maps.frame import Frame, Point
from atlas.model.atlas import Atlas, cached
from atlas.words.voice import Voice

WATER = "#dfe6e9"
SURVEYED = {"stroke": True, "color": "#8e999f", "weight": 0.8}  # as assets/map/base.js draws surveyed areas
NAMES = 13  # pixels: of these marks and lines have their usual size
SMALL_CELLS = ("vn-communes", "vn-districts")
WIDE = 2.5  # degrees: beyond it these cells are too small to be seen
NEAR, FARTHER = 250, 90  # pixels of a degree, from which on counties and prefectures are named
LARGE = ("province", "region")
KIND_ORDER = ("province", "region", "prefecture", "district", "county", "commune", "township", "border_gate", "village")
DOT = [
    (2.2, 0),
    (1.6, 1.6),
    (0, 2.2),
    (-1.6, 1.6),
    (-2.2, 0),
    (-1.6, -1.6),
    (0, -2.2),
    (1.6, -1.6),
]  # of a town, pixels

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Area:
    """Rings in pixels, outer and inner alike, with a fill or an outline."""

    name: str
    rings: list[list[Point]]
    fill: str | None
    opacity: float
    line: str | None
    width: float
    of: tuple[str, ...] = ()


@dataclass(frozen=True)
class Path:
    """A line in pixels; ``curve`` is the kind of Bézier curve that all points make: 1 quadratic, 2 cubic, 0 for none.

    of: ids of the twinnings that it stands for, as in all shapes that have it.
    """

    name: str
    points: list[Point]
    color: str
    width: float
    curve: int = 0
    of: tuple[str, ...] = ()


@dataclass(frozen=True)
class Mark:
    """A place: the symbol of a level of twinning at a point in pixels, hollow where the place has ended.

    share: of the usual size of the symbol; place: its id.
    """

    name: str
    at: Point
    level: str
    ended: bool = False
    of: tuple[str, ...] = ()
    share: float = 1
    place: str | None = None


@dataclass(frozen=True)
class Label:
    """A name in its colour: its middle at a point in pixels, or its start or end (``anchor``); turned by ``angle`` degrees."""

    text: str
    at: Point
    size: float
    large: bool
    color: str = INK
    italic: bool = False
    anchor: Literal["start", "middle", "end"] = "middle"
    angle: float = 0
    of: tuple[str, ...] = ()


@dataclass(frozen=True)
class Drawing:
    """A map of ``width`` × ``height`` pixels, everything in it clipped to its frame.

    layers: areas and lines below the twinnings by name of the layer; inside: ids of the twinnings that are drawn,
    which lie wholly in the frame; far: of those that do not or have no known position, which are to be listed beside
    it; kilometres: what 100 pixels are; schematic: whether it is no map, so that all of its shapes say their names and lie on white.
    """

    width: float
    height: float
    layers: dict[str, list[Area | Path]]
    twinnings: list[Path]
    marks: list[Mark]
    labels: list[Label]
    levels: list[str]
    inside: list[str]
    far: list[str]
    has_ended: bool
    kilometres: float
    schematic: bool = False

    @property
    def ground(self) -> str:
        """The colour of what is below everything."""
        return WHITE if self.schematic else WATER

    def scaled(self, share: float) -> "Drawing":
        """The same in other pixels."""
        at = lambda points: [(x * share, y * share) for x, y in points]  # noqa: E731

        def one(shape: Area | Path) -> Area | Path:
            if isinstance(shape, Path):
                return replace(shape, points=at(shape.points), width=shape.width * share)
            return replace(shape, rings=[at(ring) for ring in shape.rings], width=shape.width * share)

        return replace(
            self,
            width=self.width * share,
            height=self.height * share,
            layers={name: [one(shape) for shape in shapes] for name, shapes in self.layers.items()},
            twinnings=[replace(path, points=at(path.points), width=path.width * share) for path in self.twinnings],
            marks=[replace(mark, at=at([mark.at])[0], share=mark.share * share) for mark in self.marks],
            labels=[replace(label, at=at([label.at])[0], size=label.size * share) for label in self.labels],
            kilometres=self.kilometres / share,
        )


@cached(None)
def _layer(atlas: Atlas, name: str) -> list[tuple[dict, shapely.Geometry]]:
    features = json.loads(atlas.layer(name))["features"]
    return [(one["properties"], shape(one["geometry"])) for one in features]


def draw(
    atlas: Atlas, twinnings: list[str], language: str, on: str, width: float, height: float, text: float = NAMES
) -> Drawing:
    """The map of some twinnings in the frame of :func:`atlas.maps.framing.of_twinnings`.

    :param language: one of :data:`atlas.words.voice.LANGUAGES`.
    :param on: the day (ISO 8601) by which units have ended or not.
    :param text: size of the names in pixels; lines and marks grow with it.
    """
    share = text / NAMES
    corners = framing.of_twinnings(atlas, twinnings) or framing.of_border(atlas)
    frame = frames.around(corners, width / share, height / share)
    clip = shapely.box(*frame.box)
    drawn = {one: atlas.drawn["twinnings"][one] for one in twinnings}
    lines = {one: _twinning(twinning, frame, clip, language) for one, twinning in drawn.items()}
    inside = [one for one, found in lines.items() if found is not None]
    paths = [path for one in inside for path in lines[one] or ()]
    places = atlas.drawn["places"]
    level_of = {place: drawn[one]["level"] for one in inside for place in (*drawn[one]["vn"], *drawn[one]["cn"])}
    marks = [
        Mark(_name(places[place], language), frame(*at), level, places[place].get("until", on) < on, place=place)
        for place, level in level_of.items()
        if (at := _position(places[place])) and frame.holds(*at)
    ]
    below: dict[str, list[Area | Path]] = {
        name: found
        for name, style in layers(atlas, on)
        if _seen(name, frame) and (found := list(_base(atlas, name, style, frame, clip)))
    }
    sizes = [(mark.at, LEVEL_STYLES[mark.level]["size"] / 2) for mark in marks]
    taken = [(x - half, y - half, x + half, y + half) for (x, y), half in sizes]
    border = [line for line in below.get("border", ()) if isinstance(line, Path)]
    labels = _names(places, [drawn[one] for one in inside], [*paths, *border], taken, frame, language)
    labels += _units(places, {label.text for label in labels}, taken, frame, language, on)
    if dots := _orientation(atlas, below, labels, taken, frame, language, NAMES):
        below["towns"] = dots
    return Drawing(
        frame.width,
        frame.height,
        below,
        paths,
        marks,
        labels,
        [level for level in LEVEL_STYLES if level in {drawn[one]["level"] for one in inside}],
        inside,
        [one for one in twinnings if one not in set(inside)],
        any(mark.ended for mark in marks),
        frame.kilometres,
    ).scaled(share)


def _position(place: dict) -> tuple[float, float] | None:
    return (place["lat"], place["lon"]) if place.get("lat") is not None else None


def layers(atlas: Atlas, on: str) -> list[tuple[str, dict]]:
    """The names and styles of the base layers that hold on a day (ISO 8601)."""
    return [
        (name, style)
        for name, style in LAYERS
        if f"layers/{name}.geojson" in atlas.files and style.get("from", "") <= on <= style.get("until", "9999")
    ]


def _seen(name: str, frame: Frame) -> bool:
    return frame.box[2] - frame.box[0] <= WIDE or not name.startswith(SMALL_CELLS)


def _base(atlas: Atlas, name: str, styles: dict, frame: Frame, clip: Polygon) -> Iterator[Area | Path]:
    for properties, shown in _layer(atlas, name):
        identifier = properties["id"]
        of_country = styles.get("styles", {}).get(properties.get("country"))
        style = of_country or (properties.get("border") and styles.get("at_border")) or styles["style"]
        if properties.get("approximate") is False:
            style = style | SURVEYED
        found = shapely.simplify(shapely.intersection(shapely.make_valid(shown), clip), 0.7 / frame.scale)
        known = identifier in atlas.places
        title = atlas.places.name(identifier, "en") if known else identifier
        for part in shapely.get_parts(found):
            if part.geom_type == "Polygon" and not part.is_empty:
                rings = [[frame(lat, lon) for lon, lat in ring.coords] for ring in (part.exterior, *part.interiors)]
                line = style["color"] if style.get("stroke", True) else None
                fill = style.get("fillColor") if style.get("fill", True) else None
                yield Area(title, rings, fill, style.get("fillOpacity", 0.2), line, style.get("weight", 3))
            elif part.geom_type == "LineString" and not part.is_empty:
                points = [frame(lat, lon) for lon, lat in part.coords]
                yield Path(title, points, style["color"], style["weight"])


def _twinning(twinning: dict, frame: Frame, clip: Polygon, language: str) -> list[Path] | None:
    """The curve and spokes of a twinning, None where they do not lie wholly in the frame."""
    if "curve" not in twinning:
        return None
    style = LEVEL_STYLES[twinning["level"]]
    name = Voice(language)(lambda translate: twinning["title"][translate.language], " / ")
    look = {"name": name, "color": style["color"], "width": style["weight"]}
    bent = [(lon, lat) for lat, lon in geometry.bezier(twinning["curve"])]
    lines = [LineString(bent)] + [LineString([(lon, lat) for lat, lon in spoke]) for spoke in twinning["spokes"]]
    if not clip.contains(shapely.MultiLineString(lines)):
        return None
    pieces = [twinning["curve"], *twinning["spokes"]]
    return [
        Path(points=[frame(*point) for point in piece], curve=int(number == 0), **look)
        for number, piece in enumerate(pieces)
        if lines[number].length
    ]


def _name(place: dict, language: str, between: str = " ") -> str:
    return Voice(language)(lambda translate: place[translate.language], between)


def _names(
    places: dict, twinnings: list[dict], paths: list[Path], taken: list[Box], frame: Frame, language: str
) -> list[Label]:
    """The names of what is shown, as many as have room; one in two languages goes on in a second line where that helps."""
    numbers: dict[tuple[str, Point], int] = {}
    wanted: list[placing.Wanted] = []

    def number(place: dict) -> int:
        text, at = _name(place, language), frame(place["lat"], place["lon"])
        if (text, at) not in numbers:
            numbers[text, at] = len(wanted)
            below_each_other = tuple(_name(place, language, "\n").split("\n"))
            forms = tuple(dict.fromkeys([(text,), below_each_other]))
            wanted.append(placing.Wanted(forms, at, _size(place["kind"])))
        return numbers[text, at]

    def side(members: list[str]) -> list[int]:
        return [number(places[one]) for one in members if (at := _position(places[one])) and frame.holds(*at)]

    ties = [(side(one["vn"]), side(one["cn"])) for one in twinnings]
    curves = [geometry.bezier(path.points) if path.curve else path.points for path in paths]
    spots = placing.place(wanted, taken, curves, (frame.width, frame.height), ties)
    return [
        Label(line, at, one.size, one.size > NAMES, FAINT if one.size > NAMES else INK, anchor=spot.anchor)
        for one, spot in zip(wanted, spots)
        if spot
        for line, at in spot.each(one.size)
    ]


def _size(kind: str) -> float:
    return NAMES * (1.25 if kind in LARGE else 1)


def _units(places: dict, said: set[str], taken: list[Box], frame: Frame, language: str, on: str) -> Iterator[Label]:
    """The names of larger units and of those at the border, largest first; one that would touch another is left out."""
    finest = KIND_ORDER[5 if frame.scale > NEAR else 3 if frame.scale > FARTHER else 2]
    candidates = [
        (KIND_ORDER.index(place["kind"]), identifier, place)
        for identifier, place in places.items()
        if place["kind"] in KIND_ORDER[: KIND_ORDER.index(finest)]
        and place.get("base")
        and (at := _position(place))
        and frame.holds(*at)
        and place.get("from", "") <= on <= place.get("until", "9999")
    ]
    for _, _, place in sorted(candidates, key=lambda one: one[:2]):
        size, text = _size(place["kind"]), _name(place, language)
        if text in said:
            continue
        spots = placing.spots(placing.Wanted(((text,),), frame(place["lat"], place["lon"]), size))
        if spot := next((spot for spot in spots if _room(spot.box, taken, frame)), None):
            said.add(text)
            yield Label(text, spot.at, size, size > NAMES, FAINT, anchor=spot.anchor)


def _orientation(
    atlas: Atlas, below: dict, labels: list[Label], taken: list[Box], frame: Frame, language: str, size: float
) -> list[Area | Path]:
    """The dots of towns; their names, and those of rivers, are added to the labels where there is room."""
    said = {label.text for label in labels}
    room = lambda box: _room(box, taken, frame)  # noqa: E731 (a name for one expression)
    places = [place for place in atlas.drawn["places"].values() if place.get("town")]
    towns = [
        (_name(place, language), frame(*at)) for place in places if frame.holds(*(at := (place["lat"], place["lon"])))
    ]
    dots: list[Area | Path] = []
    for text, middle, (x, y) in orientation.towns(towns, said, room, size):
        ring = [(x + a, y + b) for a, b in DOT]
        dots.append(Area(text or "", [[*ring, ring[0]]], FAINT, 1, "#ffffff", 0.8))
        if text:
            labels.append(Label(text, middle, size, False, FAINT))
    names = {one["id"]: _river(one, language) for one, _ in _layer(atlas, "rivers")}
    stretches = [(names[path.name], path.points) for path in below.get("rivers", ()) if names[path.name]]
    for text, middle in orientation.rivers(stretches, said, room, size):
        labels.append(Label(text, middle, size, False, RIVER_NAME, italic=True))
    return dots


def _river(names: dict, language: str) -> str:
    """The name of a river, in the languages in which a source names it."""
    return Voice(language)(lambda translate: names.get(translate.language), " ")


def _room(box: Box, taken: list[Box], frame: Frame) -> bool:
    """Whether a box is free in the frame; from then on it is taken."""
    inside = box[0] >= 2 and box[1] >= 2 and box[2] <= frame.width - 2 and box[3] <= frame.height - 2
    free = inside and not any(_touch(box, other) for other in taken)
    if free:
        taken.append(box)
    return free


def _touch(one: tuple, other: tuple) -> bool:
    return one[0] < other[2] and one[2] > other[0] and one[1] < other[3] and one[3] > other[1]
