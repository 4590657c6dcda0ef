"""Results as numbers in large type."""

from atlas.exports.scenes.board import Context, Picture, Room
from atlas.model.session import Scene


def message(asked: Context, scene: Scene, room: Room) -> Picture | None:
    """To be drawn."""
    return None
