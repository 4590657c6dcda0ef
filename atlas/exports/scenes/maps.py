"""Twinnings on the map, along the border, by cluster, and one alone."""

from atlas.exports.scenes.board import Context, Picture, Room
from atlas.model.session import Scene


def map_of(asked: Context, scene: Scene, room: Room) -> Picture | None:
    """To be drawn."""
    return None


def unrolled(asked: Context, scene: Scene, room: Room) -> Picture | None:
    """To be drawn."""
    return None


def clusters(asked: Context, scene: Scene, room: Room) -> Picture | None:
    """To be drawn."""
    return None


def pair(asked: Context, scene: Scene, room: Room) -> Picture | None:
    """To be drawn."""
    return None
