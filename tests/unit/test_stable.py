"""What others build on stays: parameters, addresses, commands and columns, see docs/stable.md."""

import json
import re

from atlas import ROOT, SEEDS, records
from atlas.model import addresses, selection

STABLE = (ROOT / "docs/stable.md").read_text("utf-8")
COLUMNS = json.loads((ROOT / "atlas/records/stable.json").read_text("utf-8"))


def test_every_parameter_of_an_address_is_kept():
    listed = re.search(r"their parameters\*\*: (.*?)\. Their", STABLE)[1]
    assert set(re.findall(r"`(\w+)`", listed)) == {*selection.PARAMETERS, "scene"}


def test_no_column_is_renamed_or_dropped():
    tables = records.schema(SEEDS).tables
    assert {name: [one for one in columns if one not in tables[name].columns] for name, columns in COLUMNS.items()} == {
        name: [] for name in COLUMNS
    }


def test_the_citation_names_the_version_of_the_records():
    cited = (ROOT / "CITATION.cff").read_text("utf-8")
    assert f"\nversion: {records.schema(SEEDS).version.isoformat()}\n" in cited


def test_every_kind_of_record_keeps_its_address():
    listed = re.search(r"Addresses of records\*\*: (.*?), each", STABLE)[1]
    assert set(re.findall(r"`(\w+)`", listed)) == set(addresses.TABLES)
    assert addresses.record("place", "vn-027", lang="vi", asof=None) == "place?id=vn-027&lang=vi"
