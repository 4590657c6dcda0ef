"""There is one atlas: what is shown, drawn and handed out is of one version, and comes from nowhere else."""

import ast
import json
from dataclasses import replace
from datetime import date

from atlas import ROOT
from atlas.cards import twinning
from atlas.exports.rows import readable
from atlas.words.translator import Translator

# what makes or reads a built folder, and the commands of those who curate
MAY_KNOW_FOLDERS = {
    "atlas/__init__.py",
    "atlas/build.py",
    "atlas/cli/__init__.py",
    "atlas/cli/changes.py",
    "atlas/exports/contributions/check.py",
    "atlas/exports/contributions/judged.py",
    "atlas/model/store.py",
    "atlas/records/checks.py",
    "atlas/words/extract.py",
    "server/inbox/box.py",  # to refuse an inbox within them
    "server/postgres.py",
    "server/source.py",
}


def test_nothing_reads_the_folders_behind_the_atlas():
    found = set()
    for folder in ("atlas", "server", "ui", "pages"):
        for path in (ROOT / folder).rglob("*.py"):
            names = {node.id for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Name)}
            if names & {"SEEDS", "DATA"}:
                found.add(path.relative_to(ROOT).as_posix())
    assert found <= MAY_KNOW_FOLDERS


def test_a_value_is_called_as_its_version_calls_it(atlas):
    row = atlas.twinnings.iloc[0]
    described = json.loads(atlas.contents["datapackage.json"])
    for resource in described["resources"]:
        for field in resource["schema"]["fields"]:
            if (resource["name"], field["name"]) == ("twinnings", "level"):
                field["categories"] = [one | {"label": f"Rank of {one['value']}"} for one in field["categories"]]
    other = replace(atlas, contents=atlas.contents | {"datapackage.json": json.dumps(described).encode()})
    card = twinning.html(other, row["id"], Translator("en"), date(2026, 1, 1))
    assert f"Rank of {row['level']}" in card
    assert f"Rank of {row['level']}" in readable(other, None, Translator("vi"))["twinnings"].to_string()
    assert "Rank of" not in twinning.html(atlas, row["id"], Translator("en"), date(2026, 1, 1))
