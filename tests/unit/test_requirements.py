"""The locks: every package that is installed stands there by version and hash, as requirements.txt wants it."""

import ast
import json
import re
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, packages_distributions, requires

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from atlas import ROOT

OURS = {
    "atlas",
    "server",
    "ui",
    "pages",
    "tests",
    "benchmarks",
    "app",
    "deploy",
    *(path.stem for path in (ROOT / "tests" / "unit").iterdir()),
}
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
        assert one.specifier in [version.specifier for version in versions], f"{one}: run make lock"


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


def imported(*places: str) -> dict[str, str]:
    """What the files of some folders import that is neither theirs nor Python's, each with a file that does."""
    paths = (path for place in places for path in sorted(ROOT.glob(place)))
    found = {}
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names = [node.module]
            found |= {name.partition(".")[0]: str(path.relative_to(ROOT)) for name in names}
    return {name: path for name, path in found.items() if name not in sys.stdlib_module_names | OURS}


@pytest.mark.parametrize(
    ("files", "places"),
    [
        (["requirements"], ["app.py", "atlas/**/*.py", "server/**/*.py", "ui/**/*.py", "pages/**/*.py"]),
        (["requirements-dev"], ["tests/**/*.py"]),
        (["requirements-dev", "requirements-bench"], ["benchmarks/**/*.py"]),
    ],
)
def test_every_package_that_is_imported_is_named(files, places):
    named = {canonicalize_name(one.name) for file in files for one in asked(file)}
    makers = packages_distributions()
    for name, path in imported(*places).items():
        makes = {canonicalize_name(maker) for maker in makers.get(name, [name])}
        assert makes & named, f"{path} imports {name}: name {' or '.join(makes)} in {files[-1]}.txt"


def test_the_bill_of_materials_has_every_package_and_script():
    written = [subprocess.run([sys.executable, ROOT / "deploy" / "sbom.py"], capture_output=True) for _ in "12"]
    assert written[0].stdout == written[1].stdout
    bill = json.loads(written[0].stdout)
    listed = {one["purl"] for one in bill["components"]}
    assert len(listed) == len(bill["components"])
    for package in locked("requirements"):
        version = str(package.specifier).removeprefix("==")
        assert f"pkg:pypi/{package.name.lower()}@{version}" in listed
    assert "pkg:npm/leaflet@1.9.3" in listed
    for script in (ROOT / "assets" / "vendor").glob("*.js"):
        name, _, version = script.stem.rpartition("-")
        assert f"pkg:npm/{name}@{version}" in listed
    known = listed | {bill["metadata"]["component"]["bom-ref"]}
    assert {one for link in bill["dependencies"] for one in (link["ref"], *link["dependsOn"])} <= known
