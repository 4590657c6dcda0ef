"""The house keeps its size: few rooms, few arrows between them, no circles."""

from tests import house


def test_the_rooms_and_their_arrows_stay_few():
    below = house.rooms()
    assert {"pages", "ui", "server", "atlas.model", "atlas.words"} <= set(below)
    assert house.cycles(below) == []
    assert len(below) <= 20
    assert house.floors(below) <= 10
    assert sum(len(others) for others in below.values()) <= 75


def test_a_circle_is_found():
    assert house.cycles({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": set()})
