"""What an address asks for, whatever the programs on its way have made of it."""

from urllib.parse import parse_qs, quote, urlencode

import pytest

from atlas.model.asked import own_parameters
from atlas.model.selection import Selection

MEANT = Selection(lang="vi", province=("ha-giang",))


def asked(address: str) -> dict[str, list[str]]:
    return own_parameters(parse_qs(address, keep_blank_values=True))


@pytest.mark.parametrize(
    "address",
    [
        # taken for HTML, once or more
        "lang=vi&amp;province=ha-giang",
        "lang=vi&amp;amp;province=ha-giang",
        "lang=vi&amp;amp;amp;province=ha-giang",
        "lang=vi&%2338;province=ha-giang",
        "lang=vi&%23038;province=ha-giang",
        "lang=vi&%23x26;province=ha-giang",
        # encoded once more, in part or as a whole
        "lang=vi%26amp%3Bprovince%3Dha-giang",
        "lang=vi%26province%3Dha-giang",
        "lang=vi&province%3Dha-giang",
        "lang=vi&province=ha%252Dgiang",
        quote("lang=vi&province=ha-giang"),
        quote(quote("lang=vi&province=ha-giang")),
        quote(quote(quote("lang=vi&amp;province=ha-giang"))),
        # other signs
        "lang=vi;province=ha-giang",
        "lang=vi；province=ha-giang",
        "lang=vi?province=ha-giang",
        "lang＝vi＆province＝ha-giang",
        "lang=vi＆province=ha-giang",
        "？lang＝vi＆province＝ｈａ－ｇｉａｎｇ",
        "lang=vi&province=ha–giang",
        "lang=vi&province[]=ha-giang",
        # capitals
        "lang=vi&Province=ha-giang",
        "LANG=VI&PROVINCE=HA-GIANG",
        # another way to write a language
        "lang=vi-VN&province=ha-giang",
        "lang=vi_VN&province=ha-giang",
        # what cannot be seen, and lines that were broken
        "%E2%80%8Blang=vi&province=ha-giang%E2%80%8B",
        "lang=vi&%EF%BB%BFprovince=ha-%C2%ADgiang",
        "lang=vi&province=ha-gi%0D%0Aang",
        "lang=vi&province=ha-%0A%20%20giang",
        "lang=vi%20&%20province=%20ha-giang%20",
        # what others append
        "lang=vi&province=ha-giang&fbclid=IwAR0&gclid=x&zarsrc=30&utm_source=zalo&mibextid=z&next=%26level=village",
        "lang=vi&province=ha-giang&data=05%7C02%7C&sdata=x%3D&reserved=0",
        "lang=vi&province=ha-giang?utm_source=zalo&fbclid=x",
        "lang=vi&amp;fbclid=x&province=ha-giang&amp;utm_source=zalo",
        "lang=vi&province=ha-giang&from=singlemessage&isappinstalled=0",
        "lang=vi&province=ha-giang&from=groupmessage&from=timeline",
        "lang=vi&province=ha-giang&from=10064&to=844b",
        "from=timeline&lang=vi&province=ha-giang&to=friend",
        *(f"lang=vi&province=ha-giang{behind}" for behind in "。，、；）》」』】”’.,;:!?)>]}\"'"),
        "lang=vi&province=“ha-giang”",
        "lang=vi&province=(ha-giang).",
    ],
)
def test_an_address_survives_what_programs_do_to_it_on_its_way(atlas, address):
    assert Selection.from_query(asked(address), atlas) == (MEANT, [])


@pytest.mark.parametrize(
    ("address", "ignored"),
    [
        ("lang=vi&province=ha-giang，请看", ("province", "请看")),
        ("lang=vi&province=ha-giang, xem nhé", ("province", "xem")),
        ("lang=vi&province=ha-giang&from=1989", ("from", "1989")),
        ("lang=vi&province=ha-giang&to=20x6", ("to", "20x6")),
        ("lang=vi&province=ha-giang&level=<b>", ("level", "b")),
        ("lang=vi&province=ha-giang&level=!!", ("level", "!!")),
        ("lang=vi&province=ha-giang&lang=zh", ("lang", "zh")),
    ],
)
def test_what_is_not_understood_is_named_and_the_rest_works(atlas, address, ignored):
    selection, named = Selection.from_query(asked(address), atlas)
    assert selection == MEANT
    assert named[0] == ignored


def test_years_that_others_append_leave_the_own_ones(atlas):
    for address in (
        "from=2016&to=2018&from=timeline",
        "from=singlemessage&from=2016&to=2018&to=x",
        "from=2016。&to=2018)",
    ):
        selection, ignored = Selection.from_query(asked(address), atlas)
        assert (selection.year_from, selection.year_to, ignored) == (2016, 2018, [])
    assert Selection.from_query(asked("from=2016&from=2018"), atlas)[1] == [("from", "2018")]


def test_several_values_stand_behind_one_name_too():
    assert asked("province=ha-giang,cao-bang&record=a1|b2") == {
        "province": ["ha-giang", "cao-bang"],
        "record": ["a1", "b2"],
    }


def test_what_is_searched_for_is_left_as_it_is():
    assert own_parameters({"amp;amp;q": ["a&from=b=c"]}) == {"q": ["a&from=b=c"]}
    assert own_parameters({"amp;find": ["a&id=b"], "lang": ["vi&amp;id=x"]}) == {
        "find": ["a&id=b"],
        "id": ["x"],
        "lang": ["vi"],
    }
    assert asked(urlencode({"q": "富宁，马关"})) == {"q": ["富宁，马关"]}
    for text in ("TP. Móng Cái, (Quảng Ninh)", "100%", "50% của 2/3 – “x”"):
        assert asked(urlencode({"q": text})) == {"q": [text]}
        assert asked(quote(urlencode({"q": text, "lang": "vi"}))) == {"q": [text], "lang": ["vi"]}
    assert asked("q=m%25C3%25A8o%2520v%25E1%25BA%25A1c;lang=vi") == {"q": ["mèo vạc"], "lang": ["vi"]}


def test_days_and_sides_are_left_as_people_type_them():
    assert asked("asof=30/6/2025。&a=2016–2020)&b=2025年6月") == {
        "asof": ["30/6/2025"],
        "a": ["2016–2020"],
        "b": ["2025年6月"],
    }


def test_the_page_of_a_record_is_named_by_what_stands_before_the_sentence():
    assert asked("id=twin-meo-vac-funing，请看&scene=2)&wscene=3") == {"id": ["twin-meo-vac-funing"], "scene": ["2"]}
