"""One search over all records, as the box above every page and other programs ask it."""

import json
import time
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from starlette.requests import Request

from atlas import LANGUAGES
from atlas.model import store
from atlas.model.addresses import TABLES
from atlas.model.selection import Selection
from atlas.model.spelling import LONGEST_SEARCH
from atlas.words import searched
from atlas.words.search import find
from server import search
from tests.conftest import awaited

FEW = 50


def ids(found, kind):
    return [item.id for group in found.groups if group.kind == kind for item in group.items]


def totals(found):
    return {group.kind: group.total for group in found.groups}


def test_groups_come_in_one_order_and_say_how_many_match(atlas):
    found = find(atlas, "Mèo Vạc", "en", 2)
    kinds = [group.kind for group in found.groups]
    assert kinds == [kind for kind in searched.ORDER if kind in kinds]
    assert found.total == sum(group.total for group in found.groups) > len(found.groups) * 2
    assert all(len(group.items) == min(2, group.total) for group in found.groups)


@pytest.mark.parametrize(
    "typed",
    [
        "Mèo Vạc",
        "meo vac",
        "MEOVAC",
        "Huyện Mèo Vạc",
        "Mèo Vạc District",
        "苗旺县",
        "苗旺",
        "me\u0300o va\u0323c",
        "ｍｅｏ　ｖａｃ",
    ],
)
def test_a_place_is_found_first_in_every_spelling(atlas, typed):
    found = find(atlas, typed, "vi")
    assert ids(found, "place")[0] == "vn-027"
    assert totals(found)["twinning"] == len(Selection(q="meo vac").twinnings(atlas)) == 3


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("lvchun", "cn-532531"), ("靖西县", "cn-451081"), ("馬關", "cn-532625"), ("云南省文山州富宁县", "cn-532628"),
        ("cn-532628", "cn-532628"), ("532628", "cn-532628"), ("Xín Cái, Mèo Vạc, Hà Giang", "vn-00778"),
        ("TP. Lào Cai", "vn-080"), ("xã Mèo Vạc", "vn-00769-2025"), ("广西", "cn-450000"), ("广", "cn-450000"),
        ("ha g", "vn-02"), ("cai xin", "vn-00778"),
    ],
)  # fmt: skip
def test_what_is_typed_finds_the_place_first(atlas, typed, place):
    assert ids(find(atlas, typed, "zh"), "place")[0] == place


def test_a_known_name_is_not_found_in_words_that_only_begin_alike(atlas):
    """Both words stand in many records on labour (lao động) that have nothing to do with Lào Cai."""
    found = find(atlas, "Lào Cai", "vi", FEW)
    assert set(ids(found, "twinning")) == set(Selection(q="Lào Cai").twinnings(atlas).index)


@pytest.mark.parametrize(
    ("typed", "language", "kind", "identifier", "reason"),
    [
        ("meo vac", "vi", "place", "vn-027", "Tên"),
        ("meo vac", "zh", "place", "vn-027", "越文名称：Mèo Vạc"),
        ("苗旺", "en", "place", "vn-027", "Chinese name: 苗旺县"),
        ("xin cai", "en", "place", "vn-00778-2025", "includes the former Xín Cái"),
        ("lvchun", "en", "place", "cn-532531104", "in Lüchun"),
        ("00778", "vi", "place", "vn-00778", "Mã chính thức: 00778"),
        ("vietnamplus", "en", "source", None, "Publisher: VietnamPlus (VNA)"),
        ("hoi phu nu", "vi", "twinning", "twin-women-cao-bang-guangxi", "Tiêu đề"),
        ("twin-meo-vac-funing", "en", "twinning", "twin-meo-vac-funing", "Id: twin-meo-vac-funing"),
        ("hoc bong", "en", "figure", None, "Title (Tiếng Việt)"),
    ],
)  # fmt: skip
def test_every_hit_says_what_of_it_matched(atlas, typed, language, kind, identifier, reason):
    found = find(atlas, typed, language, FEW)
    items = [item for group in found.groups if group.kind == kind for item in group.items]
    item = next(item for item in items if identifier in (None, item.id))
    assert item.reason.startswith(reason)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_record_is_found_by_its_title(atlas, language):
    """A tenth of all records; what is as long as a whole sentence is looked for by its beginning."""
    for kind in ("agreement", "event", "figure", "source", "discrepancy", "commitment"):
        table = atlas.table(TABLES[kind])
        for identifier in table.index[::10]:
            row = table.loc[identifier]
            column = "title" if kind == "source" else f"{'text' if kind == 'commitment' else 'title'}_{language}"
            assert identifier in ids(find(atlas, row[column][:60], language, 300), kind), row[column]


def test_the_very_title_comes_before_those_that_begin_so(atlas):
    first = "border-defence-exchange-1"
    found = ids(find(atlas, atlas.table("events").at[first, "title_vi"], "vi"), "event")
    assert found[0] == first
    assert "border-defence-exchange-2026" in found, "the tenth, whose title begins like that of the first"


@pytest.mark.parametrize("typed", ["坡县与", "南省人", "街省文"])
def test_chinese_characters_are_found_where_they_stand_together(atlas, typed):
    found = find(atlas, typed, "zh", FEW)
    assert found.total
    for kind in totals(found):
        rows = atlas.records(TABLES[kind], ids(found, kind))
        own = ["|".join(text for _, _, text in searched.texts(atlas, kind, row)) for row in rows]
        assert all(typed in text for text in own)


def test_a_misspelling_is_a_suggestion_and_never_a_hit(atlas):
    found = find(atlas, "meo vak", "vi")
    assert found.total == 0
    assert found.suggestions[0].text == "Mèo Vạc"
    assert parse_qs(urlsplit(found.suggestions[0].href).query) == {"find": ["Mèo Vạc"], "lang": ["vi"]}
    assert [one.text for one in find(atlas, "dongxing twinnning", "en").suggestions] == ["dongxing twinning"]
    assert find(atlas, "meo vac", "vi").suggestions == ()
    assert find(atlas, "nowhere at all", "en").suggestions == ()


@pytest.mark.parametrize("typed", ["", " ", "a", "…", "\u0301" * 50, "x" * (LONGEST_SEARCH + 1), "\0", "%", "'", "|"])
def test_what_is_no_search_finds_nothing_or_little(atlas, typed):
    found = find(atlas, typed, "en")
    assert found.total < 100


def test_places_with_twinnings_come_before_others(atlas):
    twinned = {place for column in ("vn", "cn") for places in atlas.twinnings[column] for place in places}
    begun = [place in twinned for place in ids(find(atlas, "đồng", "vi", 20), "place")]
    assert begun == sorted(begun, reverse=True)


def test_a_search_takes_no_longer_than_it_may(atlas):
    find(atlas, "prepared", "vi")
    for typed in (
        "meo vac",
        "ha",
        "广",
        "việt nam trung quốc",
        "a b c d e f g",
        "县" * LONGEST_SEARCH,
        "th " * 33,
        "meo vak",
    ):
        started = time.process_time()
        find(atlas, typed, "zh")
        assert time.process_time() - started < 0.15, typed


@pytest.fixture
def ask(atlas):
    """What the address answers: ``ask("meo vac", lang="vi")``, further headers as ``headers``."""

    def asked(q=None, current=lambda: atlas, headers=(), **query):
        query = urlencode({"q": q, **query} if q is not None else query)
        raw = [(name.encode(), value.encode()) for name, value in dict(headers).items()]
        (route,) = search.routes(current)
        request = Request({"type": "http", "query_string": query.encode(), "headers": raw})
        return awaited(route.endpoint(request))

    return asked


def test_the_endpoint_answers_in_the_form_that_is_written_down(ask):
    answer = ask("Xín Cái", lang="vi")
    assert answer.status_code == 200
    content = json.loads(answer.body)
    assert set(content) == {"query", "total", "groups", "suggestions"}
    assert set(content["groups"][0]) == {"kind", "label", "total", "items"}
    assert content["groups"][0]["items"][0] == {
        "kind": "place",
        "id": "vn-00778",
        "title": "Xín Cái, Mèo Vạc, Hà Giang",
        "detail": "xã · đến 30/6/2025",
        "reason": "Tên",
        "href": "place?id=vn-00778&lang=vi",
    }


def test_the_endpoint_says_304_to_whoever_has_the_answer(ask):
    had = {"if-none-match": ask("meo vac", lang="en").headers["etag"]}
    assert ask("meo vac", lang="en", headers=had).status_code == 304
    assert ask("meo", lang="en", headers=had).status_code == 200
    assert ask("meo vac", lang="vi", headers=had).status_code == 200


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({}, "1 to 100"),
        ({"q": ""}, "1 to 100"),
        ({"q": " "}, "1 to 100"),
        ({"q": "x", "lang": ""}, "vi, zh, en"),
        ({"q": "x", "limit": "5"}, "no parameter but lang, q"),
        ({"q": "x" * 101}, "1 to 100"),
        ({"q": "x", "lang": "fr"}, "vi, zh, en"),
    ],
)
def test_the_endpoint_refuses_with_a_sentence(ask, asked, said):
    answer = ask(**asked)
    assert answer.status_code == 400
    assert said in json.loads(answer.body)["description"]


@pytest.mark.parametrize(("browser", "label"), [("vi", "Địa điểm"), ("zh-TW", "地点"), ("en", "Places")])
def test_the_endpoint_follows_the_browser_where_no_language_is_asked_for(ask, browser, label):
    answer = ask("meo", headers={"accept-language": browser})
    assert json.loads(answer.body)["groups"][0]["label"] == label


def test_the_endpoint_says_so_where_the_data_is_damaged(ask):
    def damaged():
        raise store.DamagedData("gone")

    assert ask("meo", current=damaged).status_code == 503
