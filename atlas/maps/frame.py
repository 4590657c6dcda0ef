"""The section of a map: degrees to pixels."""

import math
from dataclasses import dataclass, field

from atlas.maps.framing import Corners

NARROWEST = 0.3  # degrees: a map of one village still shows where it is
BESIDE = 1.16  # by so much more than the corners a map shows
KM_PER_DEGREE = 111.32

Point = tuple[float, float]


@dataclass
class Frame:
    """A rectangle of ``width`` × ``height`` pixels from a north-western corner in degrees on.

    scale: pixels of a degree of latitude; squeeze: what one of longitude has of that; box: west, south, east, north in degrees.
    """

    west: float
    north: float
    scale: float
    squeeze: float
    width: float
    height: float
    box: tuple[float, float, float, float] = field(init=False)

    def __post_init__(self) -> None:
        east = self.west + self.width / self.scale / self.squeeze
        self.box = (self.west, self.north - self.height / self.scale, east, self.north)

    def __call__(self, lat: float, lon: float) -> Point:
        """Where a position lies in it, in pixels."""
        return round((lon - self.west) * self.scale * self.squeeze, 1), round((self.north - lat) * self.scale, 1)

    def holds(self, lat: float, lon: float) -> bool:
        """Whether a position lies in it."""
        west, south, east, north = self.box
        return west <= lon <= east and south <= lat <= north

    @property
    def degrees(self) -> float:
        """How broad it is in degrees of longitude."""
        return self.box[2] - self.box[0]

    @property
    def kilometres(self) -> float:
        """What 100 pixels are."""
        return 100 / self.scale * KM_PER_DEGREE


def around(corners: Corners, width: float, height: float) -> Frame:
    """The frame of so many pixels that holds a section with some room on each side."""
    (south, west), (north, east) = corners
    middle, squeeze = (south + north) / 2, math.cos(math.radians((south + north) / 2))
    tall = max(north - south, NARROWEST) * BESIDE
    broad = max(east - west, NARROWEST) * BESIDE * squeeze
    scale = min(height / tall, width / broad)
    return Frame(
        (west + east) / 2 - width / scale / squeeze / 2, middle + height / scale / 2, scale, squeeze, width, height
    )
