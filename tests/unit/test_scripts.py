"""The script and the style sheet of the map as they are sent."""

import re

import pytest
from starlette.requests import Request

from atlas import ROOT
from atlas.maps import scripts
from server.files import map_file

FOLDER = ROOT / "assets/map"


def imports(module: str) -> set[str]:
    return set(
        re.findall(r'^import .* from "\./(\w+)\.js";$', (FOLDER / f"{module}.js").read_text("utf-8"), re.MULTILINE)
    )


def test_every_module_is_sent_once_and_after_those_that_it_imports():
    assert sorted(scripts.MODULES) == sorted(path.stem for path in FOLDER.glob("*.js"))
    for number, module in enumerate(scripts.MODULES):
        assert imports(module) <= set(scripts.MODULES[:number]), module
    assert not re.search(r"^(import|export) ", scripts.script(), re.MULTILINE)


@pytest.mark.parametrize("name", scripts.NAMES)
def test_the_map_is_kept_for_ever_under_the_address_of_its_version_alone(name):
    def ask(query: str):
        scope = {
            "type": "http",
            "path": f"/assets/{name}",
            "query_string": query.encode(),
            "headers": [],
            "server": ("a", 80),
        }
        return map_file(Request(scope))

    answer = ask(scripts.address(name).partition("?")[2])
    assert answer.headers["cache-control"].endswith("immutable")
    assert answer.body == scripts.whole(name)
    assert {ask(query).headers["cache-control"] for query in ("", "v=0", "v=")} == {"no-cache"}
