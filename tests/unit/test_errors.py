"""What a user can mend says how; what nobody but a programmer can mend shows where it happened."""

import errno
import pickle
from pathlib import Path

import pytest

from atlas import AtlasError, UnknownValue, build, cli
from atlas.boundaries.packages import PackageError
from atlas.boundaries.survey import ImportRefused
from atlas.files import CannotWrite
from atlas.model.session_file import InvalidSession
from atlas.model.store import DamagedData
from atlas.records import InvalidRecords, Problem
from atlas.records.said import said
from server.answers import NotUnderstood
from server.inbox import InboxRefused
from server.postgres import StoreUnavailable


@pytest.mark.parametrize(
    ("error", "remedy"),
    [
        (DamagedData("data/map.json is missing"), "run: python -m atlas build"),
        (build.BuildRunning("another command is building data"), "run this one again when it has ended"),
        (PackageError("no package"), "connect to the internet, or put the files there by hand"),
        (CannotWrite(Path("a.csv"), OSError(errno.ENOSPC, "full")), "make room on the disk and run the command again"),
        (CannotWrite(Path("a/b.csv"), OSError(errno.ENOENT, "nothing there")), "make the folder first"),
        (StoreUnavailable("no version", "run: python -m atlas publish URL"), "run: python -m atlas publish URL"),
        (UnknownValue.of("--table", "figure", ["places", "figures"]), 'did you mean "figures"?'),
        (
            NotUnderstood("level", "comune", "one of commune, village", ("commune", "village")),
            'did you mean "commune"?',
        ),
    ],
)
def test_every_kind_of_error_says_what_to_do(error, remedy, monkeypatch, capsys):
    def fail(_):
        raise error

    monkeypatch.setitem(cli.COMMANDS, "stats", fail)
    assert cli.main(["stats"]) == 1
    assert capsys.readouterr().err.strip().endswith(f"; {remedy}")


def test_kinds_that_list_reasons_are_caught_like_the_others():
    for kind in (InvalidRecords, InvalidSession, ImportRefused):
        assert issubclass(kind, AtlasError)


def test_a_value_far_from_all_others_gets_no_guess():
    assert str(UnknownValue.of("kind", "docx", ["pptx", "html"])).endswith("expected one of pptx, html")


def test_a_misspelled_filter_is_answered_with_the_nearest(tmp_path, capsys):
    assert cli.main(["export", "csv", str(tmp_path / "a.csv"), "--province", "quangninh"]) == 1
    assert '--province "quangninh"' in (said := capsys.readouterr().err)
    assert 'did you mean "quang-ninh"?' in said


@pytest.mark.parametrize("bug", [ValueError("a mistake of ours"), KeyError("x"), FileNotFoundError(errno.ENOENT, "x")])
def test_a_bug_shows_its_trace(bug, monkeypatch):
    def fail(_):
        raise bug

    monkeypatch.setitem(cli.COMMANDS, "stats", fail)
    with pytest.raises(type(bug)):
        cli.main(["stats"])


@pytest.mark.parametrize(
    "error",
    [
        StoreUnavailable("it is gone", "check the address"),
        InvalidRecords(
            [Problem("a.csv", 2, "id", "X", said("one of {n}", n=3)), Problem("b.csv", None, None, None, "y")]
        ),
        CannotWrite(Path("a.csv"), OSError(errno.ENOSPC, "full")),
        InboxRefused(said("{n} wait", n=20), said("Wait")),
    ],
)
def test_an_error_comes_whole_from_another_process(error):
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), str(again), vars(again)) == (type(error), str(error), vars(error))
    assert getattr(again.args[0], "template", None) == getattr(error.args[0], "template", None)
