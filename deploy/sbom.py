"""What a server runs, as a CycloneDX 1.6 bill of materials: ``make sbom``.

Python packages as requirements.lock pins them (its hashes stand there), the release of Leaflet that one of them
carries, and the scripts in assets/vendor. The same checkout gives the same bytes.
"""

import hashlib
import json
import re
import sys
import tomllib
import uuid
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PINNED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[.+?\])?==([^\s;]+)(?: ; (.+?))?(?: \\)?$", re.MULTILINE)
ASKED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[.+?\])?==([^\s;]+)", re.MULTILINE)
SCRIPT = re.compile(r"(.+)-(\d[\d.]*)\.js")


def bill(root: Path = ROOT) -> dict:
    """The bill of materials of a checkout."""
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    packages = [_package(*found) for found in PINNED.findall((root / "requirements.lock").read_text("utf-8"))]
    leaflet = next(one["version"] for one in packages if one["name"] == "xstatic-leaflet").rpartition(".")[0]
    scripts = [_script(path) for path in sorted((root / "assets" / "vendor").glob("*.js"))]
    components = sorted([*packages, _component("npm", "leaflet", leaflet), *scripts], key=lambda one: one["bom-ref"])
    direct = {_ref("pypi", *found) for found in ASKED.findall((root / "requirements.txt").read_text("utf-8"))}
    whole = _component("generic", project["name"], project["version"]) | {"type": "application"}
    content = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": whole},
        "components": components,
        "dependencies": [
            {"ref": whole["bom-ref"], "dependsOn": sorted(direct | {one["bom-ref"] for one in scripts})},
            {"ref": _ref("pypi", "xstatic-leaflet", f"{leaflet}.0"), "dependsOn": [_ref("npm", "leaflet", leaflet)]},
        ],
    }
    return content | {"serialNumber": uuid.uuid5(uuid.NAMESPACE_OID, json.dumps(content)).urn}


def _package(name: str, version: str, when: str) -> dict:
    limited = {"properties": [{"name": "atlas:installed-where", "value": when}]} if when else {}
    return _component("pypi", name.lower(), version) | limited


def _script(path: Path) -> dict:
    name, version = SCRIPT.fullmatch(path.name).groups()
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return _component("npm", name, version) | {"hashes": [{"alg": "SHA-256", "content": digest}]}


def _component(source: str, name: str, version: str) -> dict:
    ref = _ref(source, name, version)
    return {"type": "library", "bom-ref": ref, "name": name, "version": version, "purl": ref}


def _ref(source: str, name: str, version: str) -> str:
    return f"pkg:{source}/{name.lower()}@{version}"


if __name__ == "__main__":
    json.dump(bill(), sys.stdout, indent=1)
    sys.stdout.write("\n")
