"""The border unrolled for the file: all twinnings, of today and of the day before the reform of Vietnam's units."""

from typing import Any

from atlas.cards.bar import DAY_BEFORE
from atlas.exports.unrolled import pictures
from atlas.maps import unrolled
from atlas.model.atlas import Atlas
from atlas.model.selection import Selection
from atlas.words.translator import Translator
from atlas.words.voice import Voice


def drawings(atlas: Atlas, language: str) -> dict[str, Any]:
    """The drawings for a wide window and for a narrow one by the last day for which they hold, and what stands beside them."""
    translate = Translator(language)
    made = {day: pictures(atlas, Selection(asof=day), language) for day in (DAY_BEFORE, None)}
    last = unrolled.content(atlas, Selection(), Voice(language))
    return {
        "drawn": [{"until": day, "lying": lying, "turned": turned} for day, (_, lying, turned) in made.items()],
        "label": translate("Along the border: arrow keys go from west to east, Enter opens, Escape leaves"),
        "far": dict(zip((one.twinning for one in last.beyond), unrolled.far_names(atlas, last.beyond, translate))),
        "beyond": translate("Too far from the border to stand here: {twinnings}.", twinnings="{twinnings}"),
    }
