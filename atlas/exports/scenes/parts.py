"""Totals of persons as bars of their parts on one scale."""

from atlas.exports.scenes.board import Context, Picture, Room
from atlas.model.session import Scene


def parts(asked: Context, scene: Scene, room: Room) -> Picture | None:
    """To be drawn."""
    return None
