"""The units of systemd."""

import re
import shutil
import subprocess

import pytest

from atlas import ROOT
from server import limits, worker

UNIT = (ROOT / "deploy" / "atlas@.service").read_text("utf-8")


def setting(name: str) -> str:
    return re.search(rf"^{name}=(.+)$", UNIT, re.MULTILINE)[1]


def test_a_unit_has_room_for_all_whom_the_server_lets_in():
    assert int(setting("LimitNOFILE")) >= limits.MOST * limits.FILES
    with_all_pages = 300 + 1.5 * limits.MOST  # MB
    assert int(setting("MemoryMax").removesuffix("G")) * 1000 > with_all_pages + worker.MOST_MEMORY / 2**20
    assert setting("OOMPolicy") == "continue", "the process of exports may be ended without the server"


def test_a_replica_writes_nothing_unless_offices_hand_in():
    assert "ReadWritePaths" not in UNIT
    added = (ROOT / "deploy" / "inbox.conf").read_text("utf-8")
    (written,) = re.findall("^ReadWritePaths=(.+)$", added, re.MULTILINE)
    environment = (ROOT / "deploy" / "environment.example").read_text("utf-8")
    folders = re.findall("^#ATLAS_(?:INBOX|RECORDS)=(.+)$", environment, re.MULTILINE)
    assert len(folders) == 2
    assert all(folder.startswith(f"{written}/") for folder in folders)
    assert re.search("^User=atlas$", added, re.MULTILINE), "all replicas share one inbox"


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="a system without systemd")
def test_systemd_understands_the_units(tmp_path):
    for name in ("atlas@.service", "atlas.target"):
        text = (ROOT / "deploy" / name).read_text("utf-8")
        (tmp_path / name).write_text(re.sub(r"/srv/atlas/current/\S+/streamlit", "/bin/true", text))
    command = ["systemd-analyze", "verify", tmp_path / "atlas@8501.service", tmp_path / "atlas.target"]
    told = subprocess.run(command, capture_output=True, text=True)
    assert (told.returncode, [line for line in told.stderr.splitlines() if str(tmp_path) in line]) == (0, [])
