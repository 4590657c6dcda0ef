"""CONTRIBUTING names rooms, files and commands that exist, and every room."""

import re

from atlas import ROOT

TEXT = (ROOT / "CONTRIBUTING.md").read_text("utf-8")


def test_every_file_and_folder_it_names_exists():
    named = set(re.findall(r"`((?:atlas|ui|pages|server|seeds|docs|tests|assets)/[\w./-]*)`", TEXT))
    named |= set(re.findall(r"\]\((docs/[\w./-]+)\)", TEXT))
    assert named
    assert not [name for name in named if not (ROOT / name).exists()]


def test_every_room_is_named():
    rooms = {
        f"atlas/{path.name}/"
        for path in (ROOT / "atlas").iterdir()
        if path.is_dir() and (path / "__init__.py").exists()
    }
    assert {f"`{room}`" for room in rooms} <= set(re.findall(r"`atlas/\w+/`", TEXT))


def test_its_commands_exist():
    targets = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(re.findall(r"`make ([\w-]+)`", TEXT)) <= targets
