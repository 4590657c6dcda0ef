"""How the base layers of the map look, and in which period each holds."""

from typing import Any

from atlas.look.palette import BORDER, LINE, RIVER

LAND: dict[str, dict[str, Any]] = {
    "VN": {"fillColor": "#f4efe4", "fillOpacity": 1, "stroke": False},
    "CN": {"fillColor": "#eef0ee", "fillOpacity": 1, "stroke": False},
}
AREA = {
    "style": {"fillColor": "#d9cdb4", "fillOpacity": 0.28, "stroke": False},
    "at_border": {"fillColor": "#c9b78e", "fillOpacity": 0.5, "stroke": False},
}
PROVINCE_AREA = {"style": {"fillColor": "#b9a983", "fillOpacity": 0.16, "stroke": False}}
BEFORE, AFTER = {"until": "2025-06-30"}, {"from": "2025-07-01"}  # the reform of Vietnam's administrative units
LAYERS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("surroundings", {"styles": LAND, "style": {"fillColor": "#f1f0eb", "fillOpacity": 1, "stroke": False}}),
    ("land", {"styles": LAND}),
    ("vn-districts-2024", {"style": AREA["style"]} | BEFORE),
    ("vn-communes-2024", AREA | BEFORE),
    ("vn-communes-2025", AREA | AFTER),
    ("vn-provinces-2024", PROVINCE_AREA | BEFORE),
    ("vn-provinces-2025", PROVINCE_AREA | AFTER),
    ("rivers", {"style": {"color": RIVER, "weight": 1}}),
    ("cn-counties", {"style": {"fill": False, "color": LINE, "weight": 0.7}}),
    ("cn-prefectures", {"style": {"fill": False, "color": "#a9b2b7", "weight": 1.1}}),
    ("cn-provinces", {"style": {"fill": False, "color": "#8e999f", "weight": 1.6}}),
    ("border", {"style": {"color": BORDER, "weight": 2.6}}),
)
