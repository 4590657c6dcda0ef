"""The map of a selection as a drawing of shapes and texts, and as SVG and PNG for print."""

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape

import shapely
import vl_convert
from shapely import LineString, Polygon
from shapely.geometry import shape

from atlas import cards, charts, framing, maps
from atlas.exports.about import described, disclaimer
from atlas.exports.contents import Voice
from atlas.exports.tables import day
from atlas.framing import Corners
from atlas.i18n import Translator
from atlas.selection import Selection
from atlas.store import Atlas, remembered

WATER = "#dfe6e9"
INK, FAINT, ENDED = "#22303a", "#51606b", "7 5"
SURVEYED = {"stroke": True, "color": "#8e999f", "weight": 0.8}  # as assets/map.js draws surveyed areas
PAGE = (1123, 794)  # A4 across, in pixels of 1/96 inch
PRINT = 300  # dots per inch
SMALL_CELLS = ("vn-communes", "vn-districts")
WIDE = 2.5  # degrees: beyond it these cells are too small to be seen
NARROWEST = 0.3  # degrees: a map of one village still shows where it is
KM_PER_DEGREE = 111.32
LARGE = ("province", "region")
KIND_ORDER = ("province", "region", "prefecture", "district", "county", "commune", "township", "border_gate", "village")
HAN = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]+")

Point = tuple[float, float]


@dataclass(frozen=True)
class Area:
    """Rings in pixels, outer and inner alike, with a fill or an outline."""

    name: str
    rings: list[list[Point]]
    fill: str | None
    opacity: float
    line: str | None
    width: float


@dataclass(frozen=True)
class Path:
    """A line in pixels; ``curve`` says that its three points are those of a quadratic Bézier curve."""

    name: str
    points: list[Point]
    color: str
    width: float
    dashed: bool = False
    curve: bool = False


@dataclass(frozen=True)
class Mark:
    """A place: the symbol of a level of twinning at a point in pixels."""

    name: str
    at: Point
    level: str


@dataclass(frozen=True)
class Label:
    """A name, its middle at a point in pixels."""

    text: str
    at: Point
    size: float
    large: bool


@dataclass(frozen=True)
class Drawing:
    """A map of ``width`` × ``height`` pixels, everything in it clipped to its frame.

    layers: areas and lines below the twinnings by name of the layer; inside: ids of the twinnings that lie
    wholly in the frame; outside: how many do not, or have no known position; kilometres: what 100 pixels are.
    """

    width: float
    height: float
    layers: dict[str, list[Area | Path]]
    twinnings: list[Path]
    marks: list[Mark]
    labels: list[Label]
    levels: list[str]
    inside: list[str]
    outside: int
    has_ended: bool
    kilometres: float


@dataclass
class _Frame:
    """The section of the map: degrees to pixels."""

    west: float
    north: float
    scale: float
    squeeze: float
    width: float
    height: float
    box: tuple[float, float, float, float] = field(init=False)

    def __post_init__(self):
        east = self.west + self.width / self.scale / self.squeeze
        self.box = (self.west, self.north - self.height / self.scale, east, self.north)

    def __call__(self, lat: float, lon: float) -> Point:
        return round((lon - self.west) * self.scale * self.squeeze, 1), round((self.north - lat) * self.scale, 1)

    def holds(self, lat: float, lon: float) -> bool:
        west, south, east, north = self.box
        return west <= lon <= east and south <= lat <= north


@remembered(None)
def _layer(atlas: Atlas, name: str) -> list[tuple[dict, shapely.Geometry]]:
    features = json.loads(atlas.layer(name))["features"]
    return [(one["properties"], shape(one["geometry"])) for one in features]


def draw(
    atlas: Atlas, twinnings: list[str], language: str, on: str, width: float, height: float, text: float = 13
) -> Drawing:
    """The map of some twinnings in the frame of :func:`atlas.framing.of_twinnings`.

    :param language: one of :data:`atlas.exports.contents.LANGUAGES`.
    :param on: the day (ISO 8601) by which units have ended or not.
    :param text: size of the names in pixels.
    """
    data = atlas.drawn
    shown = [(one, data["twinnings"][one]) for one in twinnings]
    frame = _frame(framing.of_twinnings(atlas, twinnings) or framing.of_border(atlas), width, height)
    clip = shapely.box(*frame.box)
    paths, inside = [], []
    for one, twinning in shown:
        lines, whole = _twinning(atlas, one, twinning, frame, clip, language, on)
        paths += lines
        if whole:
            inside.append(one)
    level_of = {place: twinning["level"] for _, twinning in shown for place in (*twinning["vn"], *twinning["cn"])}
    marks = [
        Mark(_name(data["places"][place], language), frame(*at), level)
        for place, level in level_of.items()
        if (at := _position(data["places"][place])) and frame.holds(*at)
    ]
    levels = [level for level in maps.LEVEL_STYLES if level in {twinning["level"] for _, twinning in shown}]
    return Drawing(
        width,
        height,
        {
            name: found
            for name, style in layers(atlas, on)
            if _seen(name, frame) and (found := list(_base(atlas, name, style, frame, clip)))
        },
        paths,
        marks,
        _labels(data["places"], level_of, marks, frame, language, on, text),
        levels,
        inside,
        len(shown) - len(inside),
        any(path.dashed for path in paths),
        100 / frame.scale * KM_PER_DEGREE,
    )


def _position(place: dict) -> tuple[float, float] | None:
    return (place["lat"], place["lon"]) if place.get("lat") is not None else None


def _frame(corners: Corners, width: float, height: float) -> _Frame:
    (south, west), (north, east) = corners
    middle, squeeze = (south + north) / 2, math.cos(math.radians((south + north) / 2))
    tall = max(north - south, NARROWEST) * 1.16
    broad = max(east - west, NARROWEST) * 1.16 * squeeze
    scale = min(height / tall, width / broad)
    return _Frame(
        (west + east) / 2 - width / scale / squeeze / 2,
        middle + height / scale / 2,
        scale,
        squeeze,
        width,
        height,
    )


def layers(atlas: Atlas, on: str) -> list[tuple[str, dict]]:
    """The names and styles of the base layers that hold on a day (ISO 8601)."""
    return [
        (name, style)
        for name, style in maps.LAYERS
        if f"layers/{name}.geojson" in atlas.files and style.get("from", "") <= on <= style.get("until", "9999")
    ]


def _seen(name: str, frame: _Frame) -> bool:
    return frame.box[2] - frame.box[0] <= WIDE or not name.startswith(SMALL_CELLS)


def _base(atlas: Atlas, name: str, styles: dict, frame: _Frame, clip: Polygon) -> Iterator[Area | Path]:
    for properties, geometry in _layer(atlas, name):
        identifier = properties["id"]
        of_country = styles.get("styles", {}).get(properties.get("country"))
        style = of_country or (properties.get("border") and styles.get("at_border")) or styles["style"]
        if properties.get("approximate") is False:
            style = style | SURVEYED
        found = shapely.simplify(shapely.intersection(shapely.make_valid(geometry), clip), 0.7 / frame.scale)
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


def _twinning(
    atlas: Atlas, identifier: str, twinning: dict, frame: _Frame, clip: Polygon, language: str, on: str
) -> tuple[list[Path], bool]:
    """The curve and spokes of a twinning, and whether they lie wholly in the frame."""
    if "curve" not in twinning:
        return [], False
    style = maps.LEVEL_STYLES[twinning["level"]]
    name = Voice(language)(lambda translate: twinning["title"][translate.language], " / ")
    ended = twinning.get("ended", on) < on
    look = {"name": name, "color": style["color"], "width": style["weight"], "dashed": ended}
    bent = [(lon, lat) for lat, lon in maps.bezier(twinning["curve"])]
    lines = [LineString(bent)] + [LineString([(lon, lat) for lat, lon in spoke]) for spoke in twinning["spokes"]]
    paths, whole = [], True
    for number, line in enumerate(lines):
        if line.length == 0:
            continue
        if clip.contains(line):
            points = twinning["curve"] if number == 0 else [(lat, lon) for lon, lat in line.coords]
            paths.append(Path(points=[frame(*point) for point in points], curve=number == 0, **look))
            continue
        whole = False
        for part in shapely.get_parts(line.intersection(clip)):
            if part.geom_type == "LineString" and not part.is_empty:
                paths.append(Path(points=[frame(lat, lon) for lon, lat in part.coords], **look))
    return paths, whole


def _name(place: dict, language: str) -> str:
    return Voice(language)(lambda translate: place[translate.language], " ")


def _labels(
    places: dict, own: dict[str, str], marks: list[Mark], frame: _Frame, language: str, on: str, size: float
) -> list[Label]:
    """The names of what is shown and of the larger units, largest first; one that would touch another is left out."""
    degrees = frame.box[2] - frame.box[0]
    finest = KIND_ORDER[5 if degrees < 3 else 3 if degrees < 8 else 2]
    candidates = [
        (KIND_ORDER.index(place["kind"]), identifier not in own, identifier, place)
        for identifier, place in places.items()
        if place["kind"] in KIND_ORDER
        and (at := _position(place))
        and frame.holds(*at)
        and (
            identifier in own
            or (
                place.get("base")
                and KIND_ORDER.index(place["kind"]) < KIND_ORDER.index(finest)
                and place.get("from", "") <= on <= place.get("until", "9999")
            )
        )
    ]
    taken = [(x - 4, y - 4, x + 4, y + 4) for x, y in (mark.at for mark in marks)]
    labels = []
    for kind, _, _, place in sorted(candidates, key=lambda one: (one[0] > 1 and one[1], one[0], one[2])):
        large = KIND_ORDER[kind] in LARGE
        height = size * (1.25 if large else 1)
        text = _name(place, language)
        if any(label.text == text for label in labels):
            continue
        half = width(text, height) / 2
        x, y = frame(place["lat"], place["lon"])
        beside = half + 8
        for at in ((x, y + height), (x, y - height), (x + beside, y), (x - beside, y)):
            box = (at[0] - half - 1, at[1] - height * 0.6, at[0] + half + 1, at[1] + height * 0.6)
            inside = box[0] >= 2 and box[1] >= 2 and box[2] <= frame.width - 2 and box[3] <= frame.height - 2
            if inside and not any(_touch(box, other) for other in taken):
                taken.append(box)
                labels.append(Label(text, (round(at[0], 1), round(at[1], 1)), height, large))
                break
    return labels


def width(text: str, size: float) -> float:
    """About how wide a text runs in a sans-serif face of so many pixels."""
    return sum(1 if HAN.match(char) else 0.56 for char in text) * size


def _touch(one: tuple, other: tuple) -> bool:
    return one[0] < other[2] and one[2] > other[0] and one[1] < other[3] and one[3] > other[1]


def markup(drawing: Drawing) -> str:
    """A drawing as the inside of an SVG element, all text escaped."""
    parts = [f"<rect width='{drawing.width}' height='{drawing.height}' fill='{WATER}'/>"]
    for name, shapes in drawing.layers.items():
        parts.append(f"<g data-layer='{name}'>{''.join(map(_area, shapes))}</g>")
    parts.append("<g data-layer='twinnings' fill='none'>")
    parts += [_line(path, "#fff", path.width + 2, False) for path in drawing.twinnings]
    parts += [
        f"<g><title>{escaped(path.name)}</title>{_line(path, path.color, path.width, path.dashed)}</g>"
        for path in drawing.twinnings
    ]
    parts.append("</g><g data-layer='places'>")
    for mark in drawing.marks:
        size = maps.LEVEL_STYLES[mark.level]["size"]
        x, y = mark.at[0] - size / 2, mark.at[1] - size / 2
        symbol = maps.symbol(mark.level).replace("<svg ", f"<svg x='{x:.1f}' y='{y:.1f}' ", 1)
        parts.append(f"<g><title>{escaped(mark.name)}</title>{symbol}</g>")
    parts.append("</g><g data-layer='names' text-anchor='middle'>")
    for label in drawing.labels:
        color = FAINT if label.large else INK
        at = (label.at[0], label.at[1] + label.size * 0.36)
        # a second text below instead of paint-order, which not every program knows
        parts.append(
            words(label.text, *at, label.size, "#fff", " stroke='#fff' stroke-width='3' stroke-linejoin='round'")
        )
        parts.append(words(label.text, *at, label.size, color))
    return "".join([*parts, "</g>"])


def words(text: str, x: float, y: float, size: float, color: str = INK, more: str = "") -> str:
    """A line of text as SVG, Chinese and other characters each in a face of their own."""
    runs = "".join(
        f"<tspan font-family=\"{charts.CHINESE_FONT}\">{escaped(run)}</tspan>" if HAN.fullmatch(run) else escaped(run)
        for run in re.split(f"({HAN.pattern})", text)
        if run
    )  # fmt: skip
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" font-family="{charts.FONT}" fill="{color}"{more}>{runs}</text>'


def _area(area: Area | Path) -> str:
    if isinstance(area, Path):
        return f"<g fill='none'>{_line(area, area.color, area.width, False)}</g>"
    d = "".join(f"M{' '.join(f'{x:g},{y:g}' for x, y in ring[:-1])}Z" for ring in area.rings)
    fill = f"fill='{area.fill}' fill-opacity='{area.opacity:g}'" if area.fill else "fill='none'"
    stroke = f" stroke='{area.line}' stroke-width='{area.width:g}'" if area.line else ""
    return f"<path d='{d}' {fill} fill-rule='evenodd'{stroke} stroke-linejoin='round'/>"


def _line(path: Path, color: str, width: float, dashed: bool) -> str:
    (x, y), *rest = path.points
    onward = " ".join(f"{a:g},{b:g}" for a, b in rest)
    dash = f" stroke-dasharray='{ENDED}'" if dashed else ""
    return f"<path d='M{x:g},{y:g}{'Q' if path.curve else 'L'}{onward}' stroke='{color}' stroke-width='{width:g}' stroke-linecap='{'butt' if dashed else 'round'}'{dash}/>"


def escaped(text: str) -> str:
    """A text for XML."""
    return escape(clean(text), quote=False)


def clean(text: str) -> str:
    """A text with a replacement character for what XML does not allow, such as halves of surrogate pairs."""
    return re.sub(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd", text)


def scale_bar(drawing: Drawing) -> tuple[int, float]:
    """A round number of kilometres, and its length in pixels."""
    most = drawing.kilometres * 1.4
    power = 10 ** math.floor(math.log10(most))
    km = max(step * power for step in (1, 2, 5) if step * power <= most)
    return round(km) if km >= 1 else km, km / drawing.kilometres * 100


def figure(drawing: Drawing, names: dict[str, str], ended: str) -> str:
    """A drawing with its legend and scale below it as one SVG element for web pages and papers.

    :param names: the levels of twinning in words; ended: what a dashed curve means.
    """
    legend, height = _legend(drawing, names, ended, drawing.width, 13)
    whole = drawing.height + height + 8
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {drawing.width:g} {whole:g}' width='{drawing.width:g}' height='{whole:g}' role='img'>"
        f"<svg width='{drawing.width:g}' height='{drawing.height:g}'>{markup(drawing)}</svg>"
        f"<g transform='translate(0 {drawing.height + 8:g})'>{legend}</g></svg>"
    )


def _legend(drawing: Drawing, names: dict[str, str], ended: str, broad: float, size: float) -> tuple[str, float]:
    entries = [(level, names[level]) for level in drawing.levels] + ([(None, ended)] if drawing.has_ended else [])
    parts, x, y = [], 0.0, 0.0
    for level, name in entries:
        needed = 50 + width(name, size) + 18
        if x and x + needed > broad - 150:
            x, y = 0.0, y + size * 1.7
        mark = maps.legend_mark(level).replace("<svg ", f"<svg x='{x:.1f}' y='{y + 2:.1f}' ", 1)
        parts.append(mark + words(name, x + 50, y + 2 + size, size))
        x += needed
    km, length = scale_bar(drawing)
    bar = f"<path d='M{broad - length:.1f} 3V9H{broad:g}V3' fill='none' stroke='{INK}' stroke-width='1.5'/>"
    parts.append(bar + words(f"{km} km", broad - length - 8, 12, size, INK, " text-anchor='end'"))
    return "".join(parts), y + size * 1.7


def svg(atlas: Atlas, selection: Selection | None, language: str) -> bytes:
    """The map of a selection on an A4 page across, with title, legend, scale and what it is."""
    selection, voice = selection or Selection(), Voice(language)
    rows, as_of = selection.twinnings(atlas), day(atlas, selection)
    broad, margin = PAGE[0], 32
    inner = broad - 2 * margin
    levels = {
        level: voice(lambda translate, level=level: maps.level_names(translate)[level], " / ")
        for level in maps.LEVEL_STYLES
    }
    ended = voice(lambda translate: translate("A side no longer exists"), " / ")
    parts, y = [], 22.0
    for number, translate in enumerate(voice.translators):
        y += 24 if number == 0 else 22
        parts.append(
            words(
                translate("Vietnam–China Border Cooperation Atlas"),
                margin,
                y,
                22 if number == 0 else 18,
                INK,
                " font-weight='bold'",
            )
        )
    for line in (
        line for translate in voice.translators for line in charts.wrap(described(atlas, selection, translate), 150)[:2]
    ):
        y += 19
        parts.append(words(line, margin, y, 14, FAINT))
    said = [
        line for translate in voice.translators for line in charts.wrap(statement(atlas, selection, translate), 175)
    ]
    foot = len(said) * 15
    plain = draw(atlas, list(rows.index), language, as_of, inner, 400)
    legend_height = _legend(plain, levels, ended, inner, 13)[1]
    top = y + 12
    drawing = draw(atlas, list(rows.index), language, as_of, inner, PAGE[1] - top - legend_height - foot - 52)
    legend, _ = _legend(drawing, levels, ended, inner, 13)
    parts.append(
        f"<svg x='{margin}' y='{top:g}' width='{inner}' height='{drawing.height:g}'>{markup(drawing)}</svg>"
        f"<g transform='translate({margin} {top + drawing.height + 10:g})'>{legend}</g>"
    )
    y = PAGE[1] - foot - 14
    if drawing.outside:
        text = voice(lambda translate: outside(drawing, translate), " / ")
        said.insert(0, text)
        y -= 15
    for line in said:
        y += 15
        parts.append(words(line, margin, y, 11, FAINT))
    title = escape(voice(lambda translate: translate("Vietnam–China Border Cooperation Atlas"), " / "))
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {broad} {PAGE[1]}' width='{broad / 96 * 25.4:.1f}mm' height='{PAGE[1] / 96 * 25.4:.1f}mm'>"
        f"<title>{title}</title><rect width='{broad}' height='{PAGE[1]}' fill='#fff'/>{''.join(parts)}</svg>\n"
    ).encode()


def png(atlas: Atlas, selection: Selection | None, language: str) -> bytes:
    """The same page as PNG at 300 dots an inch."""
    page = svg(atlas, selection, language).decode()
    in_pixels = re.sub(r"width='[\d.]+mm' height='[\d.]+mm'", f"width='{PAGE[0]}' height='{PAGE[1]}'", page, count=1)
    # the converter takes a pixel for 1/72 inch
    return vl_convert.svg_to_png(in_pixels, scale=72 / 96, ppi=PRINT)


def statement(atlas: Atlas, selection: Selection | None, translate: Translator) -> str:
    """As-of date, data version, licence, what the boundaries are not, and where they are from, in one line."""
    return " · ".join(
        [
            translate("Units as of {day}", day=translate.date(day(atlas, selection))),
            translate("Data version {day}", day=translate.date(atlas.version)),
            atlas.schema.licence,
            disclaimer(translate),
            origins(translate),
            *names_proposed(atlas, translate),
        ]
    )


def origins(translate: Translator) -> str:
    """Whom the boundaries and areas are from."""
    return translate(
        "Land border © OpenStreetMap contributors; Chinese units: Tianditu; Vietnamese areas: cells around commune points."
    )


def names_proposed(atlas: Atlas, translate: Translator) -> list[str]:
    """What the mark after Chinese names means, where the language shows them and some bear it."""
    return [cards.proposed_names(translate)] if translate.language == "zh" and atlas.proposes_names else []


def outside(drawing: Drawing, translate: Translator) -> str:
    """How many twinnings the frame does not wholly show."""
    return translate.plural(
        "{n} twinning lies partly or wholly outside this map.",
        "{n} twinnings lie partly or wholly outside this map.",
        drawing.outside,
    )
