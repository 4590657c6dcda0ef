"""The whole way of a change: handed in, accepted, committed, built, published, and shown by a replica."""

import subprocess

import pytest

from atlas.cli import main
from atlas.exports.contributions.asked import Asked
from server import postgres
from server.inbox import ACCEPTED, ENTERED, Decision, Inbox, handed_in
from server.inbox.applying import apply
from tests.unit import records_clone

TIE = "twin-dong-van-funing"


@pytest.fixture
def accepted(tmp_path) -> tuple[Inbox, str]:
    """An inbox with one hand-in that a keeper has accepted."""
    (tmp_path / "inbox").mkdir()
    inbox = Inbox(tmp_path / "inbox")
    entry = Asked("changed", "twinnings", TIE, {"signed_on": "2016-06"}, {"signed_on": "2016-05"}, 7)
    id = inbox.put(handed_in("ha-giang", "Mèo Vạc.xlsx", "Theo bản ký", "vi", "2026-11-01", [entry]))
    inbox.decide(id, {0: Decision(ACCEPTED)}, "keeper")
    return inbox, id


def test_what_a_keeper_accepts_reaches_the_replicas(accepted, store_url, tmp_path, capsys):
    inbox, id = accepted
    clone = records_clone.made(tmp_path)
    postgres.publish(store_url, clone / "data")
    shown = postgres.load(store_url)
    folders = ["--inbox", str(inbox.folder), "--records", str(clone)]
    assert main(["inbox", "apply", *folders, "--keeper", "keeper", "--store", store_url]) == 0
    assert "1 entered with commit" in capsys.readouterr().out
    assert inbox.get(id).states == (ENTERED,)
    commit = subprocess.run(["git", "log", "-1", "--format=%an %cn"], cwd=clone, capture_output=True, text=True)
    assert commit.stdout == "ha-giang keeper\n"
    now = postgres.load(store_url)
    assert (shown.atlas.twinnings.at[TIE, "signed_on"], now.atlas.twinnings.at[TIE, "signed_on"]) == (
        "2016-05",
        "2016-06",
    )
    assert now.number > shown.number
    assert apply(inbox, id, "keeper", clone, store_url).published == now.number, "the same is published once"


def test_a_store_that_is_away_gets_it_next_time(accepted, database, store_url, tmp_path):
    inbox, id = accepted
    clone = records_clone.made(tmp_path)
    database.stop()
    done = apply(inbox, id, "keeper", clone, store_url)
    assert done.commit
    assert done.published is None
    assert "nothing was published" in done.unpublished
    assert inbox.get(id).states == (ENTERED,)
    database.start()
    assert apply(inbox, id, "keeper", clone, store_url).published == 1
    assert postgres.load(store_url).atlas.twinnings.at[TIE, "signed_on"] == "2016-06"
