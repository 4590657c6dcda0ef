"""Whoever sees colours differently tells the levels of twinning apart: by colour, or by shape and width."""

import re
import tomllib
from itertools import combinations

import pytest
from colorspacious import cspace_convert, deltaE

from atlas import ROOT
from atlas.look.marks import LEVEL_STYLES
from atlas.look.palette import FAINT, INK
from atlas.look.text import FONT

KINDS = ("deuteranomaly", "protanomaly", "tritanomaly")


def seen(colour: str, kind: str) -> list[float]:
    """A colour as it looks with a full deficiency of one kind (Machado, Oliveira and Fernandes 2009), as sRGB from 0 to 1."""
    values = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    space = {"name": "sRGB1+CVD", "cvd_type": kind, "severity": 100}
    return cspace_convert(values, space, "sRGB1").clip(0, 1)


@pytest.mark.parametrize("kind", KINDS)
def test_two_levels_never_differ_by_a_hue_alone(kind):
    """15 in CAM02-UCS is far above what is just noticed (about 1), seen from the back of a room."""
    for first, second in combinations(LEVEL_STYLES.values(), 2):
        apart = deltaE(seen(first["color"], kind), seen(second["color"], kind), input_space="sRGB1")
        assert apart > 15 or first["shape"] != second["shape"] or abs(first["weight"] - second["weight"]) > 1


@pytest.mark.parametrize("kind", KINDS)
def test_every_level_stands_out_from_the_land(kind):
    for style in LEVEL_STYLES.values():
        assert deltaE(seen(style["color"], kind), seen("#f4efe4", kind), input_space="sRGB1") > 25


def test_style_sheets_and_the_theme_have_the_faces_and_the_ink_of_the_library():
    theme = tomllib.loads((ROOT / ".streamlit/config.toml").read_text("utf-8"))["theme"]
    assert theme["font"] == FONT
    style = (ROOT / "assets/map.css").read_text("utf-8")
    assert FONT in style.replace('"', "'")
    of_names = re.findall(r"\.atlas-label(?:-large)? span \{[^}]*\bcolor: (#[0-9a-f]+)", style)
    assert of_names == [INK, FAINT]
