"""The folium map that shows a selection."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import folium
import numpy as np
import pandas as pd
from branca.element import MacroElement
from folium.template import Template

from atlas import LANGUAGES
from atlas.look.layers import LAYERS
from atlas.maps import browser, framing, scripts
from atlas.maps.framing import Corners
from atlas.model import atlas, changes
from atlas.model.atlas import Atlas
from atlas.words import vocabulary
from atlas.words.translator import Translator


class _Map(folium.Map):
    """A map that the atlas's own script makes: a style sheet has what folium writes into the page of every map."""

    versions: str
    _template = Template(
        """{% macro html(this, kwargs) %}<div class="folium-map" id="{{ this.get_name() }}" ></div>{% endmacro %}
        {% macro script(this, kwargs) %}var {{ this.get_name() }} = atlas.open({{ this.get_name()|tojson }}, {{ this.versions }});{% endmacro %}"""
    )


class _Shown(MacroElement):
    """Tells the map script what to draw in the feature group it is added to."""

    _template = Template(
        "{% macro script(this, kwargs) %}atlas.select({{ this._parent._parent.get_name() }}, {{ this._parent.get_name() }}, {{ this.argument }});{% endmacro %}"
    )

    def __init__(self, argument: dict):
        super().__init__()
        self._name = "Shown"
        self.argument = scripts.argument(argument)


def base_map(
    files: dict[str, str], assets: str, basemap: Mapping[str, Any] | None = None, flows: bool = False
) -> folium.Map:
    """The empty map with Leaflet and all layers by address, the same for every visitor and language.

    Every change of a filter sends it anew, so it has of the files only what tells their versions apart.

    :param files: name -> SHA-256 of the built files; part of the addresses, so that browsers may cache for ever.
    :param assets: path from the map's frame to the application's root, e.g. ``../..``.
    :param basemap: what an office has chosen to lie under the atlas's lines, in place of the atlas's own rivers:
        ``kind`` (raster, vector, tiles), ``url`` (from the frame, or a template), ``credit`` and ``zooms``.
    :param flows: whether flows and events are to be drawn on it, not twinnings.
    """
    chart = _Map(tiles=None)
    chart.default_js = [("map", f"{assets}/{scripts.address('map.js')}")]
    chart.default_css = [("map", f"{assets}/{scripts.address('map.css')}")]
    version = lambda name: files[name][:12]  # noqa: E731 (a name for one expression)
    layers = {name: f"layers/{name}.geojson" for name, _ in LAYERS if not (basemap and name == "rivers")}
    if basemap and (drawn_by := scripts.vendor(basemap["kind"])):
        chart.default_js.append(("basemap", f"{assets}/{drawn_by}"))
    chart.versions = scripts.argument(
        {
            "root": f"{assets}/data/",
            "data": version(atlas.DRAWN),
            "layers": {name: version(file) for name, file in layers.items() if file in files},
            **({"basemap": basemap} if basemap else {}),
        }
        | ({"labels": {language: version(atlas.LABELS.format(language)) for language in LANGUAGES}} if flows else {})
    )
    return chart


def selection_group(
    atlas: Atlas,
    twinnings: pd.Index,
    *,
    language: str,
    labels: str | None,
    day: date,
    selected: str | None,
    frame: str,
    framed: Corners,
    layers: tuple[str, ...] = (),
    counts: dict[str, int] | None = None,
    levels: tuple[str, ...] = (),
    stage: int | None = None,
    since: str | None = None,
    only_changed: bool = False,
) -> folium.FeatureGroup:
    """The layer that changes with a selection: one bit a twinning travels, the browser has the rest.

    :param frame: a token; when it changes the view moves to the selected twinning, or to ``framed`` without one.
    :param framed: what the view follows when the selection changes, until the visitor moves it.
    :param layers: those of ``MARKS`` that are shown as well.
    :param counts: how many twinnings each level would show, for a legend on the map that is the filter of levels.
    :param levels: those that the filter has chosen.
    :param stage: the height of the map in units of a scene; names are 24 of these high.
    :param since: a release; what is new or has changed since it is marked, nothing without one.
    :param only_changed: whether a filter has left nothing else.
    """
    translate = Translator(language)
    options = {
        "shown": _bits(atlas, twinnings),
        "selected": selected,
        "lang": language,
        "labels": labels,
        "asof": day.isoformat(),
        "levels": vocabulary.labels(atlas, "twinnings.level", translate),
        "group": vocabulary.group_text(translate),
        "several": vocabulary.several_text(translate),
        "says": vocabulary.control_names(translate),
        "frame": frame,
        "framed": framed,
        "opened": framing.of_twinnings(atlas, [selected] if selected else []),
        "whole": framing.of_border(atlas),
        "stage": stage,
    } | mark_options(atlas, layers, translate)
    if since:
        changed = twinnings.intersection(list(changes.since(atlas, since).get("twinnings", ())))
        options["changed"] = {
            "bits": _bits(atlas, changed),
            "count": len(changed),
            "release": since,
            "chosen": only_changed,
            "text": vocabulary.changed_since(since, translate),
        }
    if counts is not None:
        options["legend"] = {
            "counts": {level: counts[level] for level in options["levels"] if level in counts},
            "chosen": levels,
            "says": vocabulary.legend_names(translate) | {"signs": vocabulary.sign_names(translate, layers)},
        }
    group = folium.FeatureGroup(name="selection")
    group.add_child(_Shown(options))
    return group


def _bits(atlas: Atlas, twinnings: pd.Index) -> str:
    """Which of the twinnings that the browser has are meant, a bit each, as hexadecimal digits."""
    return np.packbits(browser.listed(atlas).isin(twinnings)).tobytes().hex()


def mark_options(atlas: Atlas, layers: tuple[str, ...], translate: Translator) -> dict:
    """What the map script needs to show some of ``MARKS``: nothing when there are none."""
    if not layers:
        return {}
    return {
        "marks": list(layers),
        "words": vocabulary.labels(atlas, "places.gate_class", translate)
        | vocabulary.labels(atlas, "places.coordinate_precision", translate),
    }
