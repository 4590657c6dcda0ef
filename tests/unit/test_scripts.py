"""The scripts and the style sheet of map and stage as they are sent."""

import re

import pytest
from starlette.requests import Request

from atlas import ROOT
from atlas.maps import scripts
from server.files import map_file

NAMED = re.compile(r"^(?:export )?(?:async )?(?:function|const|let|class) (\w+)", re.MULTILINE)


@pytest.mark.parametrize(
    ("folder", "modules", "sent"),
    [("map", scripts.MODULES, scripts.script), ("stage", scripts.STAGE, scripts.stage)],
)
def test_every_module_is_sent_once_and_after_those_that_it_imports(folder, modules, sent):
    texts = {path.stem: path.read_text("utf-8") for path in (ROOT / "assets" / folder).glob("*.js")}
    assert sorted(modules) == sorted(texts)
    for number, module in enumerate(modules):
        imported = re.findall(r'^import .* from "\./(\w+)\.js";$', texts[module], re.MULTILINE)
        assert set(imported) <= set(modules[:number]), module
    assert not re.search(r"^(import|export) ", sent(), re.MULTILINE)
    named = [name for text in texts.values() for name in NAMED.findall(text)]
    assert sorted(set(named)) == sorted(named)  # joined, they have one scope


def test_nothing_in_the_script_of_the_stage_looks_like_a_tag():
    """Streamlit throws a script away in which it takes something for one."""
    assert not re.search(r"<[/\w!]", scripts.stage())


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
