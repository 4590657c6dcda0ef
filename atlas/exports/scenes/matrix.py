"""How many twinnings each province has at each level."""

from atlas.exports.scenes.board import Context, Picture, Room
from atlas.model.session import Scene


def matrix(asked: Context, scene: Scene, room: Room) -> Picture | None:
    """To be drawn."""
    return None
