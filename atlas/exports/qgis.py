"""Styles of the layers of a GeoPackage for QGIS: the colours of the atlas, with names in each of its languages.

QGIS keeps styles in a table ``layer_styles`` and takes up the default of each layer when it opens it. The format is that
of QML files, https://docs.qgis.org/latest/en/docs/user_manual/appendices/qgis_file_formats.html.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd
from lxml import etree
from lxml.builder import E

from atlas import LANGUAGES
from atlas.look.layers import AREA, LAYERS
from atlas.look.marks import LEVEL_STYLES
from atlas.look.palette import FAINT, INK, MEETING, PROGRAMME_COLOURS, WHITE
from atlas.model.atlas import Atlas
from atlas.model.gazetteer import PROPOSED
from atlas.words import vocabulary
from atlas.words.languages import LANGUAGE_NAMES
from atlas.words.translator import Translator

TABLE = "layer_styles"
UNITS = ("units_vn_2024", "units_vn_2025", "units_cn")  # until 30 June 2025, and since
ALL = ""
FONT = "Noto Sans"
LINES, POLYGONS, POINTS = "line", "fill", "marker"
# beside the line, in the middle of the area, around the point
PLACEMENTS = {
    LINES: {"placement": "2", "placementFlags": "10"},
    POLYGONS: {"placement": "1", "quadOffset": "4"},
    POINTS: {"placement": "0", "dist": "3", "distUnits": "Point"},
}
BORDER: dict = dict(LAYERS)["border"]["style"]
# the Chinese name of a place with the mark of one that no source prints, as everywhere
CHINESE = f"\"name_zh\" || CASE WHEN \"name_zh_basis\" = 'proposed' THEN '{PROPOSED}' ELSE '' END"


@dataclass(frozen=True)
class Style:
    """How a layer looks.

    symbol: one of the sorts of symbols; column: by whose values colours differ; colours: of each value, the one of
    ``ALL`` for all; opacity: of areas; width: of lines in pixels; names: the stem of the columns of names, "name" or "title".
    """

    symbol: str
    colours: Mapping[str, str]
    column: str = ""
    width: float = 1.5
    opacity: float = 1
    names: str = ""
    widths: dict[str, float] = field(default_factory=dict)


STYLES = {
    **dict.fromkeys(UNITS, Style(POLYGONS, {ALL: str(AREA["style"]["fillColor"])}, opacity=0.3, names="name")),
    "border": Style(LINES, {ALL: BORDER["color"]}, width=BORDER["weight"]),
    "places": Style(POINTS, {ALL: FAINT}, names="name"),
    "twinnings": Style(
        LINES,
        {level: style["color"] for level, style in LEVEL_STYLES.items()},
        "level",
        names="title",
        widths={level: style["weight"] for level, style in LEVEL_STYLES.items()},
    ),
    "flows": Style(LINES, dict(PROGRAMME_COLOURS), "programme", width=2, names="title"),
    "routes": Style(LINES, {ALL: MEETING}, width=2, names="title"),
}
# names of many things at once are not read: from this scale on (1 : …) they are shown
SHOWN_FROM = dict.fromkeys(UNITS, 750_000) | {
    "places": 750_000,
    "twinnings": 300_000,
    "flows": 300_000,
    "routes": 1_500_000,
}


def table(language: str, labels: dict[str, dict[str, str]], version: str) -> pd.DataFrame:
    """The table of styles: one a layer and language.

    :param language: the one whose names are shown at first.
    :param labels: of the values by which colours differ, by column.
    :param version: of the data, the day of which is that of the styles.
    """
    rows, changed = [], pd.Timestamp(version)
    for layer, style in STYLES.items():
        for shown in LANGUAGES if style.names else (language,):
            rows.append(
                {
                    "f_table_catalog": "",
                    "f_table_schema": "",
                    "f_table_name": layer,
                    "f_geometry_column": "geom",
                    "styleName": LANGUAGE_NAMES[shown],
                    "styleQML": qml(layer, style, shown, labels.get(style.column, {})),
                    "styleSLD": "",
                    "useAsDefault": shown == language,
                    "description": "",
                    "owner": "",
                    "ui": "",
                    "update_time": changed,
                }
            )
    return pd.DataFrame(rows)


def labels(atlas: Atlas, translate: Translator) -> dict[str, dict[str, str]]:
    """The words of the values by which colours differ."""
    return {
        "level": vocabulary.labels(atlas, "twinnings.level", translate),
        "programme": vocabulary.labels(atlas, "figures.programme", translate),
    }


def qml(layer: str, style: Style, language: str, words: dict[str, str]) -> str:
    """One style as QML."""
    symbols = [_symbol(style, value, number) for number, value in enumerate(style.colours)]
    if style.column:
        categories = E.categories(
            *(
                E.category(symbol=str(number), value=value, label=words.get(value, value), render="true")
                for number, value in enumerate(style.colours)
            )
        )
        renderer = E("renderer-v2", categories, E.symbols(*symbols), type="categorizedSymbol", attr=style.column)
    else:
        renderer = E("renderer-v2", E.symbols(*symbols), type="singleSymbol")
    parts = [renderer, *([_names(layer, style, language)] if style.names else [])]
    root = E.qgis(
        *parts, version="3.22", styleCategories="Symbology|Labeling", labelsEnabled=str(int(bool(style.names)))
    )
    head = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>"
    return etree.tostring(root, encoding="unicode", doctype=head)


def _symbol(style: Style, value: str, number: int) -> etree._Element:
    colour, width = style.colours[value], style.widths.get(value, style.width)
    match style.symbol:
        case "line":
            look = {"line_color": _rgba(colour), "line_width": f"{width}", "line_width_unit": "Pixel"}
            kind = "SimpleLine"
        case "fill":
            look = {
                "color": _rgba(colour, style.opacity),
                "outline_color": _rgba(FAINT),
                "outline_width": "0.6",
                "outline_width_unit": "Pixel",
            }
            kind = "SimpleFill"
        case _:
            look = {
                "name": "circle",
                "color": _rgba(WHITE),
                "outline_color": _rgba(colour),
                "size": "5",
                "size_unit": "Pixel",
            }
            kind = "SimpleMarker"
    options = E.Option(*(E.Option(name=name, value=said, type="QString") for name, said in look.items()), type="Map")
    inside = E.layer(options, *(E.prop(k=name, v=said) for name, said in look.items()), enabled="1", locked="0")
    inside.set("class", kind)
    inside.set("pass", "0")
    return E.symbol(inside, type=style.symbol, name=str(number), alpha="1")


def _names(layer: str, style: Style, language: str) -> etree._Element:
    said = CHINESE if (style.names, language) == ("name", "zh") else f'"{style.names}_{language}"'
    nearest = [f'"{style.names}_{one}"' for one in ("vi", "zh") if one != language]
    text = E(
        "text-style",
        E("text-buffer", bufferDraw="1", bufferOpacity="1", bufferSize="1", bufferSizeUnits="Point", bufferColor=_rgba(WHITE)),
        fieldName=f"coalesce({', '.join([said, *nearest])})", isExpression="1", fontFamily=FONT, fontSize="9",
        fontSizeUnit="Point", textColor=_rgba(INK),
    )  # fmt: skip
    placement = PLACEMENTS[style.symbol]
    shown = {"scaleVisibility": "1", "scaleMin": "1", "scaleMax": str(SHOWN_FROM[layer])}
    return E.labeling(
        E.settings(text, E.placement(**placement), E.rendering(drawLabels="1", obstacle="0", **shown)), type="simple"
    )


def _rgba(colour: str, opacity: float = 1) -> str:
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return f"{red},{green},{blue},{round(255 * opacity)}"
