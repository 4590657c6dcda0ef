"""What the benchmarks compare with: dash-leaflet on the same data, the twinnings sent anew at every change.

``python -m benchmarks.dash_map 8050`` serves it at that port.
"""

import sys

import dash_leaflet as dl
from dash import Dash, Input, Output, dcc, html
from flask import send_from_directory

from atlas import DATA
from atlas.look.layers import LAYERS
from atlas.model import store
from benchmarks.static_map import features

SCRIPT = """<script>window.dashExtensions = { default: {
  look: ({ properties }) => properties, point: (_, at) => L.circleMarker(at, { radius: 5 }),
} };</script>"""


def serve(port: int) -> None:
    """Serve the map until it is stopped."""
    atlas = store.load()
    app = Dash(__name__)
    app.index_string = app.index_string.replace("<head>", f"<head>{SCRIPT}")
    names = [name for name, _ in LAYERS if (DATA / "layers" / f"{name}.geojson").exists()]
    layers = [dl.GeoJSON(url=f"/layers/{name}.geojson", style={"color": "#999", "weight": 1}) for name in names]
    twinnings = dl.GeoJSON(
        id="twinnings",
        style={"variable": "dashExtensions.default.look"},
        pointToLayer={"variable": "dashExtensions.default.point"},
    )
    app.layout = html.Div(
        [
            dcc.Dropdown(["all", *atlas.province_slugs], "all", id="province"),
            dl.Map([*layers, twinnings], center=[22.6, 105.6], zoom=7, style={"height": 600}),
        ]
    )
    app.server.add_url_rule("/layers/<name>", view_func=lambda name: send_from_directory(DATA / "layers", name))

    @app.callback(Output("twinnings", "data"), Input("province", "value"))
    def show(province: str) -> dict:
        return features(atlas, None if province == "all" else province)

    app.run(host="127.0.0.1", port=port)


if __name__ == "__main__":
    serve(int(sys.argv[1]))
