"""What a first map costs without any of the atlas: a page of Streamlit with an empty map; see `empty_server.py`."""

import folium
from streamlit_folium import st_folium

chart = folium.Map(location=[22.6, 105.6], zoom_start=7, tiles=None)
chart.default_js = [("leaflet", "../../leaflet/leaflet.js")]
chart.default_css = [("leaflet", "../../leaflet/leaflet.css")]
st_folium(chart, key="map", returned_objects=[])
