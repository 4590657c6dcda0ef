"""From where to where people go to study or train."""

from atlas.exports.scenes.board import Context, Picture, Room
from atlas.model.session import Scene


def flow(asked: Context, scene: Scene, room: Room) -> Picture | None:
    """To be drawn."""
    return None
