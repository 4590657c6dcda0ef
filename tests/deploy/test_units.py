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


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="a system without systemd")
def test_systemd_understands_the_units(tmp_path):
    for name in ("atlas@.service", "atlas.target"):
        text = (ROOT / "deploy" / name).read_text("utf-8")
        (tmp_path / name).write_text(re.sub(r"/srv/atlas/current/\S+/streamlit", "/bin/true", text))
    command = ["systemd-analyze", "verify", tmp_path / "atlas@8501.service", tmp_path / "atlas.target"]
    told = subprocess.run(command, capture_output=True, text=True)
    assert (told.returncode, [line for line in told.stderr.splitlines() if str(tmp_path) in line]) == (0, [])
