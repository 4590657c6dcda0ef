"""Every kind of file by its name, and writing it whole or not at all."""

import errno
import os
import subprocess
import tempfile

import pytest

from atlas import LANGUAGES, UnknownValue, files
from atlas.exports import formats
from atlas.files import CannotWrite, write_bytes_atomically
from atlas.model.selection import Selection

LAI_CHAU = Selection(province=("lai-chau",))
BEGINNINGS = {
    "pptx": b"PK",
    "pdf": b"%PDF",
    "docx": b"PK",
    "pairs-docx": b"PK",
    "resigning-docx": b"PK",
    "letters-docx": b"PK",
    "commitments-docx": b"PK",
    "changes-docx": b"PK",
    "glossary-docx": b"PK",
    "glossary-xlsx": b"PK",
    "glossary-tbx": b"<?xml",
    "html": b"<!DOCTYPE html>",
    "site": b"<!DOCTYPE html>",
    "png": b"\x89PNG",
    "svg": b"<svg ",
    "border-svg": b"<svg ",
    "border-png": b"\x89PNG",
    "border-pdf": b"%PDF",
    "sheet-pdf": b"%PDF",
    "wall-a2": b"%PDF",
    "wall-a1": b"%PDF",
    "wall-a0": b"%PDF",
    "xlsx": b"PK",
    "csv": b"PK",
    "geojson": b'{"type":"FeatureCollection"',
    "gpkg": b"SQLite format 3",
    "linked-places": b'{"type":"FeatureCollection","@context":"https://',
}


@pytest.mark.parametrize("kind", formats.KINDS)
def test_every_kind_is_made_by_its_name(atlas, kind):
    assert formats.export(atlas, kind, LAI_CHAU, "vi").startswith(BEGINNINGS[kind])
    assert formats.KINDS[kind].mime


def test_every_kind_of_the_command_line_is_there():
    assert set(formats.KINDS) == set(BEGINNINGS)


@pytest.mark.parametrize(
    ("kind", "language", "named"),
    [
        ("odt", "vi", "pptx, pdf, docx"),
        ("csv", "vi-zh", ", ".join(LANGUAGES)),
        ("pptx", "qq", ", ".join([*LANGUAGES, "vi-zh", "zh-vi"])),
    ],
)
def test_what_cannot_be_made_is_refused_with_what_can(atlas, kind, language, named):
    with pytest.raises(UnknownValue, match=named):
        formats.export(atlas, kind, LAI_CHAU, language)


@pytest.mark.parametrize(
    ("kind", "name", "asked", "table"),
    [
        ("csv", "a.csv", None, "twinnings"),
        ("csv", "A.CSV", "figures", "figures"),
        ("csv", "a.zip", None, None),
        ("pptx", "deck.pptx", None, None),
        ("html", "hand-out.htm", None, None),
    ],
)
def test_the_end_of_a_name_decides_whether_one_table_or_all_are_written(atlas, kind, name, asked, table):
    assert formats.table_for(atlas, formats.suffix_of(name, formats.KINDS[kind].suffixes), asked) == table


@pytest.mark.parametrize(
    ("suffix", "table", "expected"),
    [("csv", "towns", "figures"), ("zip", "figures", r"\.csv"), ("xlsx", "figures", r"\.csv")],
)
def test_a_table_that_a_file_cannot_hold_is_refused(atlas, suffix, table, expected):
    with pytest.raises(UnknownValue, match=f"{table}.*{expected}"):
        formats.table_for(atlas, suffix, table)


def test_a_file_is_written_whole(tmp_path):
    path = tmp_path / "deck.pptx"
    path.write_bytes(b"before")
    write_bytes_atomically(path, b"after")
    assert path.read_bytes() == b"after"
    assert os.listdir(tmp_path) == ["deck.pptx"]


def test_links_stay_links_and_files_keep_their_mode(tmp_path):
    path, link = tmp_path / "deck.pptx", tmp_path / "link.pptx"
    path.write_bytes(b"before")
    path.chmod(0o600)
    link.symlink_to(path)
    write_bytes_atomically(link, b"after")
    assert link.is_symlink()
    assert path.read_bytes() == b"after"
    assert path.stat().st_mode & 0o777 == 0o600


def test_what_is_written_to_a_pipe_runs_through_it(tmp_path):
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    reader = subprocess.Popen(["cat", pipe], stdout=subprocess.PIPE)
    write_bytes_atomically(pipe, b"content")
    assert reader.communicate(timeout=10)[0] == b"content"
    assert pipe.is_fifo()


def test_folders_of_killed_processes_are_swept(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    old, new = tmp_path / f"{files.TEMPORARY}old", tmp_path / f"{files.TEMPORARY}new"
    for folder in (old, new):
        (folder / "layers").mkdir(parents=True)
    os.utime(old, (0, 0))
    with files.temporary_folder() as mine:
        assert mine.is_dir()
    assert os.listdir(tmp_path) == [new.name]


@pytest.mark.parametrize("name", ["missing/deck.pptx", "folder"])
def test_a_path_that_cannot_be_written_is_named(tmp_path, name):
    (tmp_path / "folder").mkdir()
    with pytest.raises(CannotWrite, match=name):
        write_bytes_atomically(tmp_path / name, b"content")
    assert os.listdir(tmp_path) == ["folder"]


def test_a_file_in_the_place_of_a_folder_is_named(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(CannotWrite, match=r"deck\.pptx"):
        write_bytes_atomically(tmp_path / "file" / "deck.pptx", b"content")


def test_a_full_disk_leaves_the_former_file_and_says_so(tmp_path, monkeypatch):
    path = tmp_path / "deck.pptx"
    path.write_bytes(b"before")

    def full(handle):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(files.os, "fsync", full)
    with pytest.raises(CannotWrite, match="No space left"):
        write_bytes_atomically(path, b"after")
    assert path.read_bytes() == b"before"
    assert os.listdir(tmp_path) == ["deck.pptx"]
