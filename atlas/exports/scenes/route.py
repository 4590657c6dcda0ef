"""A course as a numbered route with its topics."""

from atlas.exports.scenes.board import Context, Picture, Room
from atlas.model.session import Scene


def route(asked: Context, scene: Scene, room: Room) -> Picture | None:
    """To be drawn."""
    return None
