"""A small git clone of the records, with tables, layers and data as the product has them."""

import json
from pathlib import Path

from dulwich import porcelain

from atlas import DATA, build
from tests.unit import records_package

CITATION = "cff-version: 1.2.0\nversion: 2026-11-01\ndate-released: 2026-11-01\n"
VERSION = "2026.11.01"


def made(parent: Path, built: bool = True) -> Path:
    """A clone with one commit in a new folder.

    :param built: whether data/ is committed too; only the layers are there otherwise.
    """
    folder = parent / "records"
    folder.mkdir(parents=True)
    seeds = records_package.written(folder)
    description = json.loads((seeds / "datapackage.json").read_text("utf-8")) | {"version": VERSION}
    (seeds / "datapackage.json").write_text(json.dumps(description, indent=1, ensure_ascii=False) + "\n", "utf-8")
    (folder / "CITATION.cff").write_text(CITATION)
    (folder / ".gitignore").write_text("data/.lock\ndata/.next/\n")
    _layers(folder / "data" / "layers")
    paths = ["seeds", "CITATION.cff", ".gitignore"]
    if built:
        build.build(seeds, folder / "data")
        paths.append("data")
    repo = porcelain.init(str(folder))
    files = [
        str(file) for path in paths for file in ([folder / path] if path[0] in "C." else (folder / path).rglob("*"))
    ]
    porcelain.add(repo, [file for file in files if Path(file).is_file() and ".lock" not in file])
    porcelain.commit(repo, message=b"Records", author=b"A <a@b.invalid>", committer=b"A <a@b.invalid>")
    repo.close()
    return folder


def _layers(folder: Path) -> None:
    """Every layer with one feature, of a unit that the tables have."""
    folder.mkdir(parents=True)
    for path in sorted((DATA / "layers").iterdir()):
        text = path.read_text("utf-8")
        if path.suffix == ".geojson":
            layer = json.loads(text)
            del layer["features"][1:]
            for one in layer["features"]:
                if "id" in one["properties"] and path.name[:3] in ("vn-", "cn-"):
                    one["properties"]["id"] = "vn-02" if path.name.startswith("vn-") else "cn-532600"
            text = json.dumps(layer)
        else:
            text = text.splitlines(keepends=True)[0]
        (folder / path.name).write_text(text, "utf-8")
