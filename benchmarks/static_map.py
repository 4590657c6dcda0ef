"""What the benchmarks compare with: one HTML page with Leaflet and all data inside, filtered in the browser."""

import json
from importlib.resources import files
from pathlib import Path

from atlas import DATA
from atlas.look import marks
from atlas.look.layers import LAYERS
from atlas.maps import geometry
from atlas.model import atlas
from atlas.words import naming

PAGE = """<!doctype html><meta charset="utf-8"><title>Twinnings</title><style>{css} #map {{ height: 600px; }}</style>
<select id="province"><option value="">all</option></select><div id="map"></div><script>{leaflet}</script>
<script type="application/json" id="data">{data}</script>
<script>
const {{ layers, twinnings, slugs }} = JSON.parse(document.getElementById("data").textContent);
const map = L.map("map").setView([22.6, 105.6], 7), province = document.getElementById("province");
for (const layer of layers) L.geoJSON(layer, {{ interactive: false, style: {{ color: "#999", weight: 1, fillOpacity: 0.1 }} }}).addTo(map);
let shown = L.layerGroup().addTo(map);
function show(slug) {{
  shown.clearLayers();
  const rows = twinnings.features.filter((one) => !slug || one.properties.slugs.includes(slug));
  L.geoJSON(rows, {{ style: ({{ properties }}) => properties, pointToLayer: (_, at) => L.circleMarker(at, {{ radius: 5 }}) }})
    .bindTooltip(({{ feature }}) => document.createTextNode(feature.properties.title).data).addTo(shown);
}}
for (const slug of slugs) province.append(new Option(slug, slug));
province.addEventListener("change", () => show(province.value));
show("");
</script>"""


def features(atlas: atlas.Atlas, province: str | None = None) -> dict:
    """The twinnings of a province, all without one, as GeoJSON: a line with the points of its ends each."""
    found = []
    rows = atlas.twinnings[atlas.twinnings["level"] != "border_gate"]
    for row in rows.to_dict("records"):
        places = [[place for place in row[side] if atlas.places.position(place)] for side in ("vn", "cn")]
        if not all(places) or (province and province not in row["slugs"]):
            continue
        points = [[atlas.places.position(place) for place in side] for side in places]
        hubs = [tuple(sum(values) / len(side) for values in zip(*side)) for side in points]
        style = marks.LEVEL_STYLES[row["level"]]
        look = {"color": style["color"], "weight": style["weight"], "slugs": sorted(row["slugs"])}
        line = geometry.bezier(geometry.curve(*hubs))
        found.append(_feature("LineString", [_lonlat(point) for point in line], look, naming.title(atlas, row, "en")))
        for place in (place for side in places for place in side):
            at = _lonlat(atlas.places.position(place))
            found.append(_feature("Point", at, look, atlas.places.full_name(place, "en")))
    return {"type": "FeatureCollection", "features": found}


def _lonlat(point: tuple[float, float]) -> list[float]:
    return [round(value, 4) for value in reversed(point)]


def _feature(kind: str, coordinates: list, look: dict, title: str) -> dict:
    geometry = {"type": kind, "coordinates": coordinates}
    return {"type": "Feature", "geometry": geometry, "properties": look | {"title": title}}


def write(path: Path, atlas: atlas.Atlas) -> None:
    """Write the page of an atlas."""
    layers = [DATA / "layers" / f"{name}.geojson" for name, _ in LAYERS]
    data = {
        "layers": [json.loads(layer.read_text("utf-8")) for layer in layers if layer.exists()],
        "twinnings": features(atlas),
        "slugs": atlas.province_slugs,
    }
    leaflet = files("xstatic.pkg.leaflet") / "data"
    texts = {name: (leaflet / f"leaflet.{name}").read_text("utf-8") for name in ("js", "css")}
    content = json.dumps(data, separators=(",", ":")).replace("<", "\\u003c")
    path.write_text(PAGE.format(css=texts["css"], leaflet=texts["js"], data=content), "utf-8")
