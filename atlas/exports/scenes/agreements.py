"""Agreements on a line of years; bars only where a term is stated."""

from atlas.exports.scenes.board import Context, Picture, Room
from atlas.model.session import Scene


def agreements(asked: Context, scene: Scene, room: Room) -> Picture | None:
    """To be drawn."""
    return None
