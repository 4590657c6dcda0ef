"""Squares over a map, by which a list says where a place is: letters from west to east, numbers from north to south."""

from dataclasses import dataclass
from string import ascii_uppercase

from markupsafe import Markup

from atlas.look.element import element
from atlas.look.palette import FAINT, INK, WHITE
from atlas.maps.frame import Point
from atlas.maps.svg import words

BAND = 16  # pixels of the edge in which letters and numbers stand
NAMED = 11  # pixels of these


@dataclass(frozen=True)
class Grid:
    """A map of ``width`` × ``height`` pixels in ``across`` × ``down`` squares."""

    width: float
    height: float
    across: int
    down: int

    def square(self, at: Point) -> str:
        """The name of the square in which a point lies, such as ``C4``."""
        x, y = at
        column = min(int(x / self.width * self.across), self.across - 1)
        row = min(int(y / self.height * self.down), self.down - 1)
        return f"{ascii_uppercase[column]}{row + 1}"

    @property
    def columns(self) -> list[tuple[str, float]]:
        """The letters and where the middles of their columns are."""
        wide = self.width / self.across
        return [(ascii_uppercase[number], (number + 0.5) * wide) for number in range(self.across)]

    @property
    def rows(self) -> list[tuple[str, float]]:
        """The numbers and where the middles of their rows are."""
        high = self.height / self.down
        return [(str(number + 1), (number + 0.5) * high) for number in range(self.down)]


def squares(width: float, height: float, size: float) -> Grid:
    """Squares of about so many pixels."""
    return Grid(width, height, max(1, min(round(width / size), 26)), max(1, round(height / size)))


def markup(grid: Grid) -> Markup:
    """The lines of a grid as SVG, and its letters and numbers on all four sides, outside of it."""
    width, height = grid.width, grid.height
    down = "".join(f"M{width / grid.across * number:.1f} 0V{height:g}" for number in range(1, grid.across))
    along = "".join(f"M0 {height / grid.down * number:.1f}H{width:g}" for number in range(1, grid.down))
    look = {"font_weight": "bold", "text_anchor": "middle"}
    low = NAMED * 0.36
    named = [
        words(name, x, y + low, NAMED, INK, **look) for name, x in grid.columns for y in (-BAND / 2, height + BAND / 2)
    ] + [words(name, x, y + low, NAMED, INK, **look) for name, y in grid.rows for x in (-BAND / 2, width + BAND / 2)]
    edge = {"x": -BAND, "y": -BAND, "width": width + 2 * BAND, "height": height + 2 * BAND}
    return element(
        "g",
        element("rect", **edge, fill="none", stroke=FAINT, stroke_width=0.8),
        element("path", d=down + along, fill="none", stroke=WHITE, stroke_width=1.6, stroke_opacity=0.5),
        element("path", d=down + along, fill="none", stroke=FAINT, stroke_width=0.5, stroke_opacity=0.5),
        element("rect", width=f"{width:g}", height=f"{height:g}", fill="none", stroke=FAINT, stroke_width=0.8),
        *named,
        data_layer="grid",
    )
