"""The locks: every package that is installed stands there by version and hash, as requirements.txt wants it."""

import re
from importlib.metadata import PackageNotFoundError, requires

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from atlas import ROOT

REQUIRED = ("streamlit", "geopandas", "folium", "streamlit-folium", "pandas")
FILES = ("requirements", "requirements-dev")


def asked(name: str) -> list[Requirement]:
    """What a file of requirements asks for, with the file that it includes."""
    lines = (ROOT / f"{name}.txt").read_text("utf-8").splitlines()
    included = asked("requirements") if "-r requirements.txt" in lines else []
    return included + [Requirement(line) for line in lines if line and not line.startswith(("#", "-r "))]


def locked(name: str) -> dict[Requirement, list[str]]:
    """The hashes of everything that a lock installs."""
    text = (ROOT / f"{name}.lock").read_text("utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return {Requirement(line.split(" --hash=")[0]): re.findall(r"--hash=(\S+)", line) for line in lines}


def by_name(lock: dict[Requirement, list[str]]) -> dict[str, list[Requirement]]:
    found: dict[str, list[Requirement]] = {}
    for one in lock:
        found.setdefault(canonicalize_name(one.name), []).append(one)
    return found


def test_what_the_atlas_is_made_of_is_required_by_name():
    assert {one.name for one in asked("requirements")} >= set(REQUIRED)


@pytest.mark.parametrize("name", FILES)
def test_every_line_of_a_lock_has_one_version_hashes_and_no_address(name):
    for one, hashes in locked(name).items():
        assert re.fullmatch(r"==[^*,]+", str(one.specifier)), one
        assert one.url is None
        assert hashes, one
        assert all(re.fullmatch("sha256:[0-9a-f]{64}", digest) for digest in hashes), one
    assert not re.search(r"https?:|--index|--find-links", (ROOT / f"{name}.lock").read_text("utf-8"))


@pytest.mark.parametrize("name", FILES)
def test_a_lock_has_every_pin_of_its_requirements(name):
    lock = by_name(locked(name))
    for one in asked(name):
        versions = lock.get(canonicalize_name(one.name), [])
        assert [str(version.specifier) for version in versions] == [str(one.specifier)], f"{one}: run make lock"


def test_the_lock_of_the_tests_installs_the_atlas_as_the_other_does():
    tests = locked("requirements-dev")
    assert {str(one): hashes for one, hashes in locked("requirements").items()}.items() <= {
        str(one): hashes for one, hashes in tests.items()
    }.items()


@pytest.mark.parametrize("name", FILES)
def test_a_lock_has_all_that_its_packages_need(name):
    lock = by_name(locked(name))
    for package in lock:
        try:
            needed = [Requirement(line) for line in requires(package) or ()]
        except PackageNotFoundError:  # for another system or another Python
            assert all(one.marker and not one.marker.evaluate() for one in lock[package]), f"{package} is not installed"
            continue
        for one in needed:
            if one.marker is None or one.marker.evaluate({"extra": ""}):
                assert canonicalize_name(one.name) in lock, f"{package} needs {one}"
