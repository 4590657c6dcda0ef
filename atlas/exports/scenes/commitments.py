"""What papers promise and what became of it, and who signs again after the reform."""

from atlas.exports.scenes.board import Context, Picture, Room
from atlas.model.session import Scene


def commitments(asked: Context, scene: Scene, room: Room) -> Picture | None:
    """To be drawn."""
    return None


def reform(asked: Context, scene: Scene, room: Room) -> Picture | None:
    """To be drawn."""
    return None
