"""Files are the same, byte for byte, whichever of the supported Pythons makes them; `make test-pythons` runs them all."""

import pytest

from atlas.exports import formats
from atlas.model import store
from atlas.model.selection import Selection

ADDS = "def total(values): return sum(values)"


def test_the_guard_sees_a_sum_of_fractions():
    room, elsewhere = {"__name__": "atlas.maps.new"}, {"__name__": "pandas.core"}
    exec(ADDS, room)
    exec(ADDS, elsewhere)
    assert room["total"]([1, 2]) == 3
    assert elsewhere["total"]([0.5, 0.5]) == 1
    with pytest.raises(AssertionError, match=r"atlas\.maps\.new: a sum of fractions"):
        room["total"]([0.5, 0.5])


@pytest.mark.parametrize("kind", ["pptx", "docx", "border-svg"])
def test_papers_add_fractions_alike_on_every_python(kind):
    atlas = store.load()
    selection, _ = Selection.from_query({"province": ["cao-bang"]}, atlas)
    assert formats.export(atlas, kind, selection, "vi-zh")
