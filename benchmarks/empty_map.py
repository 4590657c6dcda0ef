"""What a first map costs without any of the atlas: a page of Streamlit with an empty map."""

import folium
from streamlit_folium import st_folium

st_folium(folium.Map(location=[22.6, 105.6], zoom_start=7, tiles=None), key="map", returned_objects=[])
