"""What holds in every test of the library."""

import builtins
import sys

import pytest

ROOMS = ("atlas", "server", "ui", "pages")


@pytest.fixture(autouse=True, scope="session")
def fractions_add_up_alike():
    """Python 3.12 and newer add fractions up exactly and older ones do not; with `math.fsum` all give the same bytes."""
    plain = builtins.sum

    def exact(values, /, start=0):
        caller = sys._getframe(1).f_globals.get("__name__", "")
        if caller.partition(".")[0] not in ROOMS:
            return plain(values, start)
        values = list(values)
        assert not any(isinstance(one, float) for one in values), f"{caller}: a sum of fractions goes through math.fsum"
        return plain(values, start)

    builtins.sum = exact
    yield
    builtins.sum = plain
