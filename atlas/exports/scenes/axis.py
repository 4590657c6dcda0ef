"""Years along a width."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, floor

from atlas.exports.scenes import board
from atlas.exports.scenes.board import Item, Line, Room, Run, Text

LABEL = 4 * board.NAME * 0.56 + 16  # width of a year
HEIGHT = 8 + board.NAME * board.LEADING  # of what stands below the line
STEPS = (1, 2, 5, 10, 20, 50, 100)  # years from label to label


@dataclass(frozen=True)
class Axis:
    """The years from ``first`` to ``last`` between the left and the right edge of a room."""

    x: float
    width: float
    first: int
    last: int

    @classmethod
    def over(cls, years: Iterable[float], x: float, width: float) -> "Axis":
        """An axis that holds all of these times, in years with their fractions."""
        known = list(years)
        first = floor(min(known))
        return cls(x, width, first, max(ceil(max(known)), first + 1))

    def at(self, year: float) -> float:
        """Where a time stands."""
        return self.x + LABEL / 2 + (year - self.first) / (self.last - self.first) * (self.width - LABEL)

    def items(self, y: float) -> list[Item]:
        """The line with its years below it, as many as there is room for."""
        step = next((one for one in STEPS if self.at(self.first + one) - self.at(self.first) >= LABEL), STEPS[-1])
        drawn: list[Item] = [Line(((self.x, y), (self.x + self.width, y)), board.QUIET)]
        for year in range(self.first, self.last + 1, step):
            place = Room(self.at(year) - LABEL / 2, y + 8, LABEL, HEIGHT - 8)
            drawn.append(Line(((self.at(year), y), (self.at(year), y + 8)), board.QUIET))
            drawn.append(Text(place, (Run(str(year), board.NAME, colour=board.QUIET),), align="middle"))
        return drawn
