"""The containers: linted, with the files, locks and settings that run without them; built where there is a builder."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from atlas import ROOT
from tests.deploy.conftest import MAIN, nginx_program

FOLDER = ROOT / "deploy" / "containers"
CONTAINERFILE = (FOLDER / "Containerfile").read_text("utf-8")
COMPOSED = YAML(typ="safe").load(FOLDER / "compose.yaml")["services"]
REPLICAS = [f"atlas-{number}" for number in "123"]
OURS = ("publish", *REPLICAS, "proxy")


def installed(name: str) -> Path:
    """A program of a Python package."""
    return Path(sys.executable).with_name(name)


@pytest.mark.skipif(not installed("hadolint").exists(), reason="hadolint is not built for this machine")
def test_the_image_is_made_by_the_rules():
    told = subprocess.run([installed("hadolint"), FOLDER / "Containerfile"], capture_output=True, text=True)
    assert told.stdout + told.stderr == ""


def test_what_is_composed_is_understood():
    command = [installed("check-jsonschema"), "--builtin-schema", "vendor.compose-spec", FOLDER / "compose.yaml"]
    told = subprocess.run(command, capture_output=True, text=True)
    assert told.returncode == 0, told.stdout


def test_the_image_installs_the_lock_and_runs_as_the_unit_does():
    assert "--require-hashes --requirement requirements.lock" in CONTAINERFILE
    assert re.search(r"^USER (\d+)", CONTAINERFILE, re.MULTILINE)[1] != "0"
    assert "/healthz" in re.search(r"^HEALTHCHECK(.|\n)+?\]", CONTAINERFILE, re.MULTILINE)[0]
    unit = (ROOT / "deploy" / "atlas@.service").read_text("utf-8")
    started = re.search(r"^ExecStart=\S+/streamlit (run \S+)", unit, re.MULTILINE)[1]
    assert f'"/srv/venv/bin/streamlit", {", ".join(map(repr, started.split()))}'.replace("'", '"') in CONTAINERFILE


def test_the_image_holds_every_folder_that_the_atlas_reads():
    held = {line[1:] for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if line.startswith("!")}
    code = [path for name in ("atlas", "server", "ui", "pages") for path in (ROOT / name).rglob("*.py")]
    read = {
        one
        for path in code
        for one in re.findall(r'ROOT / f?"([^/"{]+)', path.read_text("utf-8"))
        if one != ".packages"  # open packages, for building layers
    }
    assert held >= read | {"app.py", "atlas", "server", "ui", "pages", ".streamlit", "requirements.lock"}
    assert not [one for one in held if not (ROOT / one).exists()]


def test_every_container_of_ours_is_locked():
    for name in OURS:
        one = COMPOSED[name]
        assert one["read_only"], name
        assert one["cap_drop"] == ["ALL"], name
        assert one["security_opt"] == ["no-new-privileges"], name
    assert COMPOSED["store"]["read_only"]
    assert not [name for name, one in COMPOSED.items() if "ports" in one and name != "proxy"]


def test_nginx_takes_its_configuration_as_the_containers_change_it(tmp_path):
    script = (
        COMPOSED["proxy"]["command"][-1].replace("$$", "$").replace("/srv/nginx.conf", str(ROOT / "deploy/nginx.conf"))
    )
    site = tmp_path / "atlas.conf"
    sed = script.replace("/etc/nginx/conf.d/atlas.conf", str(site)).partition("exec nginx")[0]
    subprocess.run(["sh", "-ec", sed], check=True, env={"ATLAS_NAME": "atlas.office.example"})
    text = site.read_text("utf-8")
    assert re.findall(r"server (atlas-\d):8501 ", text) == REPLICAS
    assert set(re.findall(r"listen (\d+)", text)) == {"8080", "8443"}
    assert "server_name atlas.office.example;" in text
    assert "/var/log" not in text
    certificate = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    subject = ["-subj", "/CN=atlas", "-keyout", tmp_path / "key.pem", "-out", tmp_path / "certificate.pem"]
    subprocess.run([*certificate, *subject], check=True, capture_output=True)
    # names of containers are known among containers alone
    site.write_text(re.sub(r"atlas-\d:8501", "127.0.0.1:8501", text).replace("/etc/nginx/tls/", f"{tmp_path}/"))
    (tmp_path / "nginx.conf").write_text(MAIN.format(folder=tmp_path))
    told = subprocess.run(
        [nginx_program(), "-t", "-p", tmp_path, "-c", tmp_path / "nginx.conf"], capture_output=True, text=True
    )
    assert told.returncode == 0, told.stderr


def test_the_store_of_the_containers_is_made_as_the_guide_makes_it():
    def statements(text: str) -> list[str]:
        return [
            " ".join(one.split()) for one in re.findall(r"^(?:create|grant|alter|\\connect)[^;\n]*", text, re.MULTILINE)
        ]

    guide = (ROOT / "deploy" / "README.md").read_text("utf-8")
    made = [re.sub(r":'\w+'", "'…'", one) for one in statements((FOLDER / "store.sh").read_text("utf-8"))]
    assert made == statements(guide)


def builder() -> str | None:
    """A program that can build an image here."""
    known = [name for name in ("podman", "docker") if shutil.which(name)]
    return next((one for one in known if not subprocess.run([one, "info"], capture_output=True).returncode), None)


@pytest.mark.skipif(not builder(), reason="nothing here builds images")
@pytest.mark.timeout(1800)
def test_the_image_is_built():
    subprocess.run([builder(), "build", "--file", FOLDER / "Containerfile", "--tag", "atlas-test", ROOT], check=True)
