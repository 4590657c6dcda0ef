"""Accepted entries become one commit of the records, and nothing else changes."""

import csv
import errno
import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from atlas import ROOT
from atlas.cli import main
from atlas.exports.contributions.asked import Asked
from atlas.files import CannotWrite
from atlas.model import store
from atlas.records import InvalidRecords
from server.inbox import ACCEPTED, ENTERED, REFUSED, WAITING, Decision, Inbox, InboxRefused, handed_in
from server.inbox.applying import apply
from server.inbox.clone import opened
from server.inbox.conflicts import conflicts
from server.inbox.rows import standing
from tests.unit import records_clone

TIE = "twin-dong-van-funing"
SIGNED = Asked(
    "changed",
    "twinnings",
    TIE,
    {"signed_on": "2016-06", "note_en": 'A "note", new'},
    {"signed_on": "2016-05", "note_en": "Note"},
    7,
)
STILL = Asked(
    "confirmed", "twinnings", "twin-ha-giang-wenshan", {"last_confirmed": "2026-11-30"}, {"last_confirmed": ""}
)
KNOWN = Asked("confirmed", "events", "jwc-1", {}, {})
SOURCE = Asked("new", "sources", "news", {"id": "news", "title": "Bản tin", "kind": "article"}, {})
NOW = datetime(2026, 11, 30, 9, 30, tzinfo=UTC)
ACCEPT = Decision(ACCEPTED)


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    return records_clone.made(tmp_path_factory.mktemp("clone"))


@pytest.fixture
def clone(built, tmp_path) -> Path:
    return shutil.copytree(built, tmp_path / "records")


@pytest.fixture
def inbox(tmp_path) -> Inbox:
    (tmp_path / "inbox").mkdir()
    return Inbox(tmp_path / "inbox")


def handed(
    inbox: Inbox, *entries: Asked, by: str = "hg-fao", accepted: bool = True, remark: str = "Sở đã kiểm tra"
) -> str:
    """A hand-in of these entries, all accepted by a keeper."""
    id = inbox.put(
        handed_in(by, "Mèo Vạc.xlsx", remark, "vi", "2026-11-01", entries, datetime(2026, 11, 30, 8, tzinfo=UTC))
    )
    if accepted:
        inbox.decide(id, dict.fromkeys(range(len(entries)), ACCEPT), "keeper")
    return id


def git(clone: Path, *arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=clone, capture_output=True, text=True, check=True).stdout


def row(clone: Path, table: str, id: str) -> dict[str, str]:
    with open(clone / "seeds" / f"{table}.csv", encoding="utf-8", newline="") as file:
        return next(one for one in csv.DictReader(file) if one["id"] == id)


def test_what_was_accepted_is_one_commit_with_author_source_and_reason(inbox, clone):
    id = handed(inbox, SIGNED, SOURCE, SIGNED, accepted=False)
    inbox.decide(id, {0: ACCEPT, 1: Decision(ACCEPTED, "đã đối chiếu"), 2: Decision(REFUSED)}, "keeper")
    done = apply(inbox, id, "keeper", clone, now=NOW)
    assert (done.commit, done.entries) == (git(clone, "rev-parse", "HEAD").strip(), (0, 1))
    assert git(clone, "status", "--porcelain") == "", "the working tree is what the commit is"
    git(clone, "fsck", "--strict")
    who, when, what = git(clone, "log", "-1", "--format=%an|%cn%x00%cI%x00%B").split("\0")
    assert who == "hg-fao|keeper"
    assert when.startswith("2026-11-30T09:30:00")
    for said in (
        "1 new, 1 changed",
        "signed_on: 2016-05 -> 2016-06",
        "rests on: paper",
        "Sở đã kiểm tra",
        "đã đối chiếu",
        id,
    ):
        assert said in what
    assert len(what.splitlines()[0]) <= 72
    assert git(clone, "rev-list", "--count", "HEAD").strip() == "2"
    assert inbox.get(id).states == (ENTERED, ENTERED, REFUSED)
    assert (row(clone, "twinnings", TIE)["signed_on"], row(clone, "sources", "news")["title"]) == ("2016-06", "Bản tin")
    assert json.loads((clone / "seeds/datapackage.json").read_text())["version"] == "2026.11.30"
    assert "version: 2026-11-30\ndate-released: 2026-11-30\n" in (clone / "CITATION.cff").read_text()
    shown = store.load(clone / "data")
    assert shown.version == "2026-11-30"
    assert shown.twinnings.at[TIE, "signed_on"] == "2016-06"


def test_only_the_rows_concerned_change(inbox, clone):
    path = clone / "seeds" / "twinnings.csv"
    path.write_bytes(
        path.read_bytes()
        .replace(b"\n", b"\r\n")
        .replace(b",Note\r", b',"Note"\r')
        .replace(b"high,paper,", b'"high",paper,')
    )
    git(clone, "commit", "-qam", "as an office writes it")
    before = (clone / "seeds").joinpath("twinnings.csv").read_bytes().split(b"\r\n")
    apply(inbox, handed(inbox, SIGNED, SOURCE), "keeper", clone, now=NOW)
    after = path.read_bytes().split(b"\r\n")
    assert [n for n, (one, other) in enumerate(zip(before, after, strict=True)) if one != other] == [1]
    assert after[1] == before[1].replace(b"2016-05", b"2016-06").replace(b'"Note"', b'"A ""note"", new"')
    assert git(clone, "diff", "--stat", "HEAD~", "--", "seeds/sources.csv").count(" 1 insertion(+)") == 1
    ids = [line.split(",")[0] for line in (clone / "seeds" / "sources.csv").read_text("utf-8").splitlines()]
    assert ids == ["id", "paper", "office", "copy", "news"]
    assert git(clone, "diff", "--name-only", "HEAD~", "--", "seeds", "CITATION.cff").split() == [
        "CITATION.cff",
        "seeds/datapackage.json",
        "seeds/sources.csv",
        "seeds/twinnings.csv",
    ]


def test_applied_again_it_changes_nothing_and_later_answers_follow(inbox, clone):
    id = handed(inbox, SIGNED, SOURCE, accepted=False)
    inbox.decide(id, {0: ACCEPT}, "keeper")
    first = apply(inbox, id, "keeper", clone, now=NOW)
    assert apply(inbox, id, "keeper", clone, now=NOW).commit is None
    inbox.decide(id, {1: ACCEPT}, "keeper")
    second = apply(inbox, id, "keeper", clone, now=NOW)
    assert (first.entries, second.entries) == ((0,), (1,))
    assert git(clone, "rev-list", "--count", "HEAD").strip() == "3"
    with pytest.raises(InboxRefused, match="in the records already"):
        inbox.decide(id, {0: Decision(REFUSED)}, "keeper")


def test_that_it_has_entered_is_read_from_the_commits(inbox, clone):
    id = handed(inbox, SIGNED)
    apply(inbox, id, "keeper", clone, now=NOW)
    for note in sorted((inbox.folder / id).glob("0*.json"))[1:]:
        note.unlink()
    assert inbox.get(id).states == (ACCEPTED,), "what the inbox noted is lost"
    assert apply(inbox, id, "keeper", clone, now=NOW).commit is None
    assert inbox.get(id).states == (ENTERED,)


def test_a_confirmation_enters_with_the_statement_as_its_source(inbox, clone):
    id = handed(inbox, STILL, KNOWN, accepted=False)
    inbox.decide(id, {0: Decision(ACCEPTED, office="Sở Ngoại vụ Hà Giang"), 1: ACCEPT}, "keeper")
    assert apply(inbox, id, "keeper", clone, now=NOW).entries == (0,), "events have no cell for it"
    confirmed = row(clone, "twinnings", "twin-ha-giang-wenshan")
    assert confirmed["last_confirmed"] == "2026-11-30"
    assert confirmed["sources"] == "paper;office;statement-so-ngoai-vu-ha-giang-2026-11-30"
    source = row(clone, "sources", "statement-so-ngoai-vu-ha-giang-2026-11-30")
    assert (source["publisher"], source["published"], source["language"]) == (
        "Sở Ngoại vụ Hà Giang",
        "2026-11-30",
        "vi",
    )
    assert source["title"].startswith("Xác nhận của Sở Ngoại vụ Hà Giang")
    assert inbox.get(id).states == (ENTERED, ACCEPTED)
    again = handed(inbox, replace(STILL, id=TIE, cells={"last_confirmed": "2026-11-30"}))
    inbox.decide(again, {0: Decision(ACCEPTED, office="Sở Ngoại vụ Hà Giang")}, "keeper")
    apply(inbox, again, "keeper", clone, now=NOW)
    assert row(clone, "twinnings", TIE)["sources"].endswith("statement-so-ngoai-vu-ha-giang-2026-11-30"), (
        "one source a day"
    )
    earlier = handed(inbox, replace(STILL, cells={"last_confirmed": "2025-01-01"}), by="文山")
    apply(inbox, earlier, "keeper", clone, now=NOW)
    assert row(clone, "twinnings", "twin-ha-giang-wenshan")["last_confirmed"] == "2026-11-30", "the newest statement"


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ((replace(SIGNED, cells={"signed_on": "2016-13"}),), r"seeds/twinnings\.csv, twin-dong-van-funing:2 signed_on .2016-13"),
        ((SIGNED, replace(SIGNED, cells={"signed_on": "2017"}, line=8)), "2017.*other accepted entry on it says: 2016-06"),
        ((replace(SIGNED, given={"signed_on": "2015"}),), "2016-05 stands there since"),
        ((replace(SIGNED, id="twin-gone"),), "a record that there is"),
        ((replace(SOURCE, id="paper", cells={"id": "paper", "title": "x", "kind": "article"}),), "another record"),
        ((replace(SIGNED, cells={"sources": "news"}, given={"sources": "paper"}),), "news"),
        ((replace(SIGNED, cells={"id": "x"}, given={"id": TIE}),), "an id stays"),
        ((replace(SIGNED, cells={"colour": "red"}),), "colour"),
        ((replace(SIGNED, table="colours"),), "a table of the records"),
    ],
)  # fmt: skip
def test_what_would_be_wrong_changes_nothing(inbox, clone, entries, said):
    before = {path: path.read_bytes() for path in clone.rglob("*") if path.is_file() and ".git/" not in str(path)}
    id = handed(inbox, *entries)
    with pytest.raises(InvalidRecords, match=said):
        apply(inbox, id, "keeper", clone, now=NOW)
    assert before == {path: path.read_bytes() for path in before}
    assert git(clone, "rev-list", "--count", "HEAD").strip() == "1"
    assert set(inbox.get(id).states) == {ACCEPTED}


def test_a_cell_that_changed_since_is_decided_on_anew(inbox, clone):
    asked = replace(SIGNED, cells={"signed_on": "2017"}, given={"signed_on": "2016-05"})
    first, second = handed(inbox, SIGNED), handed(inbox, asked, by="wenshan")
    found = conflicts(inbox.all(), standing(clone / "seeds"))
    assert [(one.kind, one.column, {wish.value for wish in one.wishes}) for one in found] == [
        ("values", "signed_on", {"2016-06", "2017"})
    ]
    apply(inbox, first, "keeper", clone, now=NOW)
    (since,) = conflicts(inbox.all(), standing(clone / "seeds"))
    assert (since.kind, since.given, since.standing, since.wishes[0].by) == (
        "changed since",
        "2016-05",
        "2016-06",
        "wenshan",
    )
    with pytest.raises(InvalidRecords, match="stands there since"):
        apply(inbox, second, "keeper", clone, now=NOW)
    inbox.decide(second, {0: Decision(ACCEPTED, standing={"signed_on": "2016-06"})}, "keeper")
    apply(inbox, second, "keeper", clone, now=NOW)
    assert row(clone, "twinnings", TIE)["signed_on"] == "2017"
    assert conflicts(inbox.all(), standing(clone / "seeds")) == ()


@pytest.mark.parametrize(("status", "values"), [("unknown", [{"unknown", None}]), ("active", [])])
def test_what_is_still_true_for_one_and_ended_for_another_is_shown(inbox, clone, status, values):
    ended = replace(SIGNED, cells={"status": status}, given={"status": "active"})
    confirmed = Asked("confirmed", "twinnings", TIE, {"last_confirmed": "2026-11-30"}, {"last_confirmed": ""})
    handed(inbox, ended)
    handed(inbox, confirmed, by="wenshan")
    found = [one for one in conflicts(inbox.all(), standing(clone / "seeds")) if one.kind == "values"]
    assert [{wish.value for wish in one.wishes} for one in found] == values
    assert all({wish.by for wish in one.wishes} == {"hg-fao", "wenshan"} for one in found)


def test_new_records_of_one_id_and_records_that_are_gone_are_shown(inbox, clone):
    handed(inbox, SOURCE, replace(SIGNED, id="twin-gone"), accepted=False)
    handed(inbox, SOURCE, replace(SOURCE, id="paper"), by="wenshan", accepted=False)
    found = conflicts(inbox.all(), standing(clone / "seeds"))
    assert sorted((one.kind, one.id, len(one.wishes)) for one in found) == [
        ("gone", "twin-gone", 1),
        ("same id", "news", 2),
        ("same id", "paper", 1),
    ]


def test_changes_that_nobody_has_committed_are_left_alone(inbox, clone):
    id = handed(inbox, SIGNED)
    path = clone / "seeds" / "places.csv"
    path.write_bytes(path.read_bytes() + b"\n")
    with pytest.raises(InboxRefused, match=r"nobody has committed: seeds/places\.csv"):
        apply(inbox, id, "keeper", clone, now=NOW)
    git(clone, "add", "seeds")
    with pytest.raises(InboxRefused, match=r"places\.csv"):
        apply(inbox, id, "keeper", clone, now=NOW)
    git(clone, "reset", "-q", "--hard")
    (clone / "seeds" / "own.csv").write_text("id\n")
    with pytest.raises(InboxRefused, match=r"own\.csv"):
        apply(inbox, id, "keeper", clone, now=NOW)
    (clone / "seeds" / "own.csv").unlink()
    (clone / "notes.txt").write_text("of a keeper, elsewhere")
    assert apply(inbox, id, "keeper", clone, now=NOW).commit


def test_what_is_no_clone_is_told(inbox, tmp_path):
    with pytest.raises(InboxRefused, match="no git clone"):
        apply(inbox, handed(inbox, SIGNED), "keeper", tmp_path)


def test_a_clone_without_built_data_gets_it_built(inbox, tmp_path):
    clone = records_clone.made(tmp_path, built=False)
    apply(inbox, handed(inbox, SIGNED), "keeper", clone, now=NOW)
    assert store.load(clone / "data").twinnings.at[TIE, "signed_on"] == "2016-06"
    assert git(clone, "diff", "--name-only", "HEAD~").split()[-1] == "seeds/twinnings.csv", (
        "data/ is not committed there"
    )


def test_who_was_first_is_not_overwritten(inbox, clone, monkeypatch):
    id = handed(inbox, SIGNED, SOURCE)
    prepare = type_of(clone).prepare

    def decided_meanwhile(self, *arguments):
        inbox.decide(id, {1: Decision(WAITING)}, "other keeper")
        return prepare(self, *arguments)

    monkeypatch.setattr(type_of(clone), "prepare", decided_meanwhile)
    with pytest.raises(InboxRefused, match="have changed meanwhile"):
        apply(inbox, id, "keeper", clone, now=NOW)
    monkeypatch.undo()

    def committed_meanwhile(self, *arguments):
        made = prepare(self, *arguments)
        git(clone, "commit", "-q", "--allow-empty", "-m", "of somebody else")
        return made

    monkeypatch.setattr(type_of(clone), "prepare", committed_meanwhile)
    with pytest.raises(InboxRefused, match="changed the records in the meantime"):
        apply(inbox, id, "keeper", clone, now=NOW)
    monkeypatch.undo()
    assert apply(inbox, id, "keeper", clone, now=NOW).entries == (0,)
    assert git(clone, "status", "--porcelain") == ""


def test_a_full_disk_or_somebody_at_work_there_is_told_and_ended_next_time(inbox, clone, monkeypatch):
    id = handed(inbox, SIGNED)

    def full(self):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(type_of(clone), "note_index", full)
        with pytest.raises(CannotWrite, match="make room on the disk"):
            apply(inbox, id, "keeper", clone, now=NOW)
    assert git(clone, "rev-list", "--count", "HEAD").strip() == "2", "it was under way already"
    assert apply(inbox, id, "keeper", clone, now=NOW).commit is None
    assert git(clone, "status", "--porcelain") == ""
    assert inbox.get(id).states == (ENTERED,)
    other = handed(inbox, SOURCE)
    prepare = type_of(clone).prepare

    def at_work(self, *arguments):
        made = prepare(self, *arguments)
        (clone / ".git" / "index.lock").touch()
        return made

    with monkeypatch.context() as patched:
        patched.setattr(type_of(clone), "prepare", at_work)
        with pytest.raises(InboxRefused, match="working with git"):
            apply(inbox, other, "keeper", clone, now=NOW)
    apply(inbox, other, "keeper", clone, now=NOW)
    assert inbox.get(other).states == (ENTERED,)
    assert git(clone, "status", "--porcelain") == ""


def type_of(clone: Path) -> type:
    with opened(clone) as one:
        return type(one)


def test_the_commands_list_show_and_apply(inbox, clone, capsys, monkeypatch):
    monkeypatch.setenv("ATLAS_INBOX", str(inbox.folder))
    monkeypatch.setenv("ATLAS_RECORDS", str(clone))
    first, wrong = handed(inbox, SIGNED, STILL), handed(inbox, replace(SIGNED, cells={"signed_on": "2017"}), by="文山")
    answered = handed(inbox, SOURCE, by="ended", accepted=False)
    inbox.decide(answered, {0: Decision(REFUSED)}, "keeper")
    assert main(["inbox", "list"]) == 0
    listed = capsys.readouterr().out.splitlines()
    assert {tuple(line.split("  ")[2:]) for line in listed} == {
        ("hg-fao", "Mèo Vạc.xlsx", "2 accepted"),
        ("文山", "Mèo Vạc.xlsx", "1 accepted"),
    }
    assert main(["inbox", "show", first]) == 0
    shown = capsys.readouterr().out
    assert "1. accepted: changed twinnings twin-dong-van-funing\n  signed_on: 2016-05 → 2016-06\n" in shown
    assert f"conflict, values of signed_on: 文山 ({wrong}): 2017" in shown
    assert main(["inbox", "apply", "--keeper", "keeper", first]) == 0
    assert (
        f"{first}: 2 entered with commit {git(clone, 'rev-parse', '--short=12', 'HEAD').strip()}"
        in capsys.readouterr().out
    )
    assert main(["inbox", "apply"]) == 1, "the other one contradicts it now"
    assert "2016-06 stands there since" in capsys.readouterr().out
    (inbox.folder / wrong / "hand-in.json").write_text("{")
    assert main(["inbox", "list", "--all"]) == 1
    assert wrong in capsys.readouterr().err
    monkeypatch.delenv("ATLAS_INBOX")
    assert main(["inbox", "list"]) == 1
    assert "ATLAS_INBOX is not set" in capsys.readouterr().err


def test_killed_at_any_moment_nothing_is_lost_and_all_is_whole():
    """More of them: ``python -m tests.unit.inbox_killed 50``."""
    command = [sys.executable, "-m", "tests.unit.inbox_killed", "6", "7"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "killed 6, all whole" in done.stdout
