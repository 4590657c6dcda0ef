"""The sessions of a series along the years."""

from atlas.exports.scenes.board import Context, Picture, Room
from atlas.model.session import Scene


def series(asked: Context, scene: Scene, room: Room) -> Picture | None:
    """To be drawn."""
    return None
