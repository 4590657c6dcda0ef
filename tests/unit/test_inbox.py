"""The inbox: hand-ins kept whole, bounded and answered."""

import errno
import json
import os
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from atlas import DATA, ROOT, SEEDS
from atlas.exports.contributions.asked import Asked
from atlas.records.said import Said
from server import inbox
from server.inbox import ACCEPTED, ASKED_BACK, REFUSED, WAITING, Decision, Inbox, InboxRefused, box, handed_in

SIGNED = Asked("changed", "twinnings", "twin-dong-van-funing", {"signed_on": "2016-06"}, {"signed_on": "2016-05"}, 7)
STILL = Asked(
    "confirmed", "twinnings", "twin-ha-giang-wenshan", {"last_confirmed": "2026-11-30"}, {"last_confirmed": ""}
)


def made(by: str = "hg-fao", minute: int = 0, entries=(SIGNED, STILL), **other: str):
    """A hand-in of an office."""
    told = {"name": "Mèo Vạc.xlsx", "remark": "文山州", "language": "vi", "version": "2026-11-29"} | other
    return handed_in(by, entries=entries, at=datetime(2026, 11, 30, 8, minute, tzinfo=UTC), **told)


@pytest.fixture
def kept(tmp_path) -> Inbox:
    (tmp_path / "inbox").mkdir()
    return Inbox(tmp_path / "inbox")


def test_a_hand_in_is_read_by_another_process_as_it_was_handed_in(kept):
    first, second = made(), made("wenshan", 5)
    assert [kept.put(one) for one in (first, second, second)] == [first.id, second.id, second.id]
    again = Inbox(kept.folder)
    assert [one.hand_in for one in again.all()] == [second, first], "the newest first, handed in twice is once"
    assert again.get(first.id).hand_in == first
    assert first.id.isascii()
    assert first.id < second.id
    assert first.at == "2026-11-30T08:00:00Z"
    assert again.get(first.id).states == (WAITING, WAITING)


def test_its_author_reads_the_answers_and_nobody_else_does(kept):
    id = kept.put(made())
    kept.decide(id, {0: Decision(ASKED_BACK, "请附来源"), 1: Decision(ACCEPTED, office="Sở Ngoại vụ")}, "keeper")
    (answered,) = Inbox(kept.folder).of("hg-fao")
    assert answered.states == (ASKED_BACK, ACCEPTED)
    assert answered.decision(0).remark == "请附来源"
    assert answered.history[0].by == "keeper"
    assert kept.of("wenshan") == ()
    with pytest.raises(InboxRefused, match="no such hand-in"):
        kept.get(id, "wenshan")
    kept.decide(id, {0: Decision(REFUSED)}, "keeper")
    assert kept.get(id, "hg-fao").states == (REFUSED, ACCEPTED), "the last decision holds"
    assert len(kept.get(id).history) == 2, "and the first is not lost"
    assert not kept.get(id).may_be_withdrawn
    assert kept.get(id).open


def test_a_decision_is_all_or_none_and_none_without_a_word(kept):
    id = kept.put(made())
    for wrong in (
        {0: Decision(ACCEPTED), 2: Decision(ACCEPTED)},
        {0: Decision(ASKED_BACK, " ")},
        {0: Decision("entered")},
    ):
        with pytest.raises(InboxRefused):
            kept.decide(id, wrong, "keeper")
    assert kept.get(id).history == ()
    kept.decide(id, {0: Decision(REFUSED)}, "keeper")
    kept.decide(id, {0: Decision(REFUSED)}, "keeper")
    assert len(kept.get(id).history) == 1, "what is decided twice is written once"


def test_an_author_withdraws_while_it_waits(kept):
    id, other = kept.put(made()), kept.put(made(minute=1))
    with pytest.raises(InboxRefused, match="no such hand-in"):
        kept.withdraw(id, "wenshan")
    kept.decide(id, {0: Decision(ASKED_BACK, "?")}, "keeper")
    assert kept.withdraw(id, "hg-fao").withdrawn
    assert kept.withdraw(id, "hg-fao").states == ("withdrawn", "withdrawn")
    with pytest.raises(InboxRefused, match="withdrawn"):
        kept.decide(id, {0: Decision(ACCEPTED)}, "keeper")
    kept.decide(other, {0: Decision(ACCEPTED)}, "keeper")
    with pytest.raises(InboxRefused, match="decided on this hand-in already"):
        kept.withdraw(other, "hg-fao")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"entries": ()}, "asks for nothing"),
        ({"entries": (SIGNED,) * (box.MOST_ENTRIES + 1)}, "at most 5000 at once"),
        ({"entries": (replace(SIGNED, cells={"note_en": "a" * box.LARGEST}),)}, "at most 8 MB"),
        ({"remark": "a" * (box.LONGEST_REMARK + 1)}, "at most 2000"),
        ({"name": "a" * (box.LONGEST_NAME + 1)}, "name of the file"),
        ({"by": ""}, "Log in"),
    ],
)
def test_what_is_too_much_is_refused_by_its_own_sentence(kept, changed, said):
    with pytest.raises(InboxRefused, match=said) as refused:
        kept.put(replace(made(), **changed))
    assert all(isinstance(one, Said) for one in (refused.value.reason, refused.value.remedy)), "in any language"
    assert kept.all() == ()


def test_one_office_cannot_fill_the_inbox(kept, monkeypatch):
    monkeypatch.setattr(box, "MOST_OPEN_OF_ONE", 2)
    ids = [kept.put(made(minute=minute)) for minute in range(2)]
    with pytest.raises(InboxRefused, match="2 hand-ins of yours wait"):
        kept.put(made(minute=3))
    kept.withdraw(ids[0], "hg-fao")
    kept.put(made(minute=4))
    kept.put(made("wenshan", 5))
    monkeypatch.setattr(box, "MOST", 4)
    with pytest.raises(InboxRefused, match="holds 4 hand-ins"):
        kept.put(made("yunnan", 6))
    monkeypatch.setattr(box, "MOST", 5)
    monkeypatch.setattr(box, "LARGEST_OF_ALL", 100)
    with pytest.raises(InboxRefused, match="MB and takes no more"):
        kept.put(made("yunnan", 6))


@pytest.mark.parametrize("folder", [SEEDS, DATA / "inbox", ROOT / "data" / ".." / "seeds" / "inbox"])
def test_the_inbox_lies_outside_the_records(folder):
    with pytest.raises(InboxRefused, match="cannot lie within the records"):
        Inbox(folder)


def test_a_damaged_hand_in_leaves_the_others_readable(kept):
    cut, changed, other, good = (kept.put(made(minute=minute)) for minute in range(4))
    kept.decide(other, {0: Decision(ACCEPTED)}, "keeper")
    (kept.folder / cut / "hand-in.json").write_text("{")
    (kept.folder / changed / "hand-in.json").write_bytes((kept.folder / good / "hand-in.json").read_bytes())
    (kept.folder / other / "0001.json").write_text(json.dumps({"decisions": {"0": {"state": "x"}}, "entered": []}))
    again = Inbox(kept.folder)
    assert [one.hand_in.id for one in again.all()] == [good]
    assert {one.folder.name for one in again.damaged()} == {cut, changed, other}
    with pytest.raises(InboxRefused, match="cannot be read"):
        again.get(cut)
    again.decide(good, {0: Decision(ACCEPTED)}, "keeper")


def test_folders_that_cannot_be_used_are_told_apart(kept, monkeypatch, tmp_path):
    gone = Inbox(tmp_path / "gone")
    for asked in (lambda: gone.put(made()), gone.all):
        with pytest.raises(InboxRefused, match=r"gone"):
            asked()
    for number, said in ((errno.ENOSPC, "disk of the inbox is full"), (errno.EACCES, "cannot be written")):

        def replace(source, target, number=number):
            raise OSError(number, os.strerror(number))

        with monkeypatch.context() as patched:
            patched.setattr(os, "replace", replace)
            with pytest.raises(InboxRefused, match=said):
                kept.put(made())
    assert kept.all() == ()
    kept.put(made())
    assert [path.name for path in kept.folder.glob("*/.*")] == [], "nothing half written stays"


def test_what_a_killed_writer_left_is_no_hand_in_and_goes(kept):
    folder = kept.folder / made().id
    folder.mkdir()
    (folder / ".hand-in.json.abc").write_text("{")
    assert kept.all() == kept.damaged() == ()
    kept.put(made(minute=1))
    assert not folder.exists()


def test_a_name_is_the_log_ins_and_only_where_there_is_an_inbox(monkeypatch, kept):
    monkeypatch.delenv("ATLAS_INBOX", raising=False)
    assert inbox.asking({"X-Remote-User": "hg-fao"}) is None
    assert inbox.configured() is None
    monkeypatch.setenv("ATLAS_INBOX", str(kept.folder))
    monkeypatch.setenv("ATLAS_KEEPERS", "lan 文山 ")
    assert inbox.configured().folder == kept.folder
    assert inbox.asking({"x-remote-user": "文山".encode().decode("latin-1")}) == "文山"
    for said in ("", "two names", "a<b>", "a" * 101, "\x1b[1m"):
        assert inbox.asking({"X-Remote-User": said}) is None
    assert inbox.asking({}) is None
    assert inbox.is_keeper("文山")
    assert not inbox.is_keeper("hg-fao")
    assert not inbox.is_keeper(None)
