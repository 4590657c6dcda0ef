"""Tiny base maps: a picture, and a water that covers the border."""

import geopandas as gpd
import pyogrio
import shapely
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer


def write_raster(path, tile=b"a picture", kind=TileType.PNG, **metadata):
    """A PMTiles file with the one tile of zoom 0."""
    with path.open("wb") as file:
        writer = Writer(file)
        writer.write_tile(zxy_to_tileid(0, 0, 0), tile)
        head = {"tile_type": kind, "tile_compression": Compression.NONE}
        head |= {"min_lon_e7": 0, "min_lat_e7": 0, "max_lon_e7": 0, "max_lat_e7": 0}
        writer.finalize(head | {"center_zoom": 0, "center_lon_e7": 0, "center_lat_e7": 0}, metadata)
    return path


def write_vector(path):
    """A PMTiles file with water over all of the border, as Protomaps' schema has it."""
    water = gpd.GeoDataFrame({"kind": ["ocean"]}, geometry=[shapely.box(95, 15, 115, 30)], crs=4326)
    pyogrio.write_dataframe(water, path, driver="PMTiles", layer="water", MINZOOM=0, MAXZOOM=6)
    return path
