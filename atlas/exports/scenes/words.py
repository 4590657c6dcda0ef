"""Scenes of words: the cover, a text, proposals and decisions."""

from atlas.exports.scenes.board import Context, Picture, Room
from atlas.model.session import Scene


def cover(asked: Context, scene: Scene, room: Room) -> Picture | None:
    """To be drawn."""
    return None


def text(asked: Context, scene: Scene, room: Room) -> Picture | None:
    """To be drawn."""
    return None


def decisions(asked: Context, scene: Scene, room: Room) -> Picture | None:
    """To be drawn."""
    return None
