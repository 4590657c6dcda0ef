"""Texts in three languages: complete catalogues, numbers and dates."""

import re

import pytest

from atlas import LANGUAGES
from atlas.records.said import said
from atlas.words.extract import TRANSLATED, extracted, read
from atlas.words.languages import preferred
from atlas.words.translator import IN_LISTS, Translator
from atlas.words.vocabulary import language_name


def ids(catalogue) -> set:
    return {message.id for message in catalogue if message.id}


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_text_of_the_code_is_translated(language):
    catalogue = read(language)
    assert ids(catalogue) == ids(extracted()), "run `make catalogues`"
    for message in (message for message in catalogue if message.id):
        texts = message.string if isinstance(message.string, tuple) else (message.string,)
        assert all(texts), message.id
        assert not message.fuzzy, message.id


@pytest.mark.parametrize("language", TRANSLATED)
def test_translations_keep_the_placeholders(language):
    for message in read(language):
        originals = message.id if isinstance(message.id, tuple) else (message.id,)
        texts = message.string if isinstance(message.string, tuple) else (message.string,)
        wanted = set(re.findall(r"{\w[^}]*}", originals[-1]))
        assert all(set(re.findall(r"{\w[^}]*}", text)) == wanted for text in texts), message.id


@pytest.mark.parametrize(
    ("partial", "vi", "zh", "en"),
    [
        ("2016", "2016", "2016年", "2016"),
        ("2013-09", "tháng 9 năm 2013", "2013年9月", "September 2013"),
        ("2013-09-04", "4 tháng 9 năm 2013", "2013年9月4日", "4 September 2013"),
        (None, "không rõ ngày", "日期不详", "date unknown"),
    ],
)
def test_partial_dates_are_written_as_far_as_they_are_known(partial, vi, zh, en):
    assert [Translator(language).date(partial) for language in ("vi", "zh", "en")] == [vi, zh, en]


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2025-02-19", "2025-02-21", ("19/2/2025\u2009–\u200921/2/2025", "2025年2月19日至21日", "19–21 Feb 2025")),
        ("2025-02-19", "2025-02", ("19/2/2025 – 2/2025", "2025年2月19日 – 2025年2月", "19 Feb 2025 – Feb 2025")),
        ("2025-02-19", None, ("19/2/2025", "2025年2月19日", "19 Feb 2025")),
    ],
)
def test_a_period_in_a_list_is_short_and_no_partial_date_is_rounded(first, last, said):
    assert tuple(Translator(language).period(first, last, IN_LISTS) for language in ("vi", "zh", "en")) == said


def test_numbers_take_the_form_of_the_language():
    assert [Translator(language).number(378000) for language in ("vi", "zh", "en")] == ["378.000", "378,000", "378,000"]


@pytest.mark.parametrize(
    ("plural", "n", "text"),
    [("en", 1, "1 locality"), ("en", 2, "2 localities"), ("zh", 2, "2个地方"), ("vi", 1, "1 địa phương")],
)
def test_plurals(plural, n, text):
    assert Translator(plural).plural("{n} locality", "{n} localities", n) == text


@pytest.mark.parametrize(
    ("locale", "language"), [("vi-VN", "vi"), ("zh-Hant-TW", "zh"), ("qq-QQ", "en"), (None, "en"), ("", "en")]
)
def test_first_language_comes_from_the_browser(locale, language):
    assert preferred(locale) == language


def test_a_text_that_tables_lack_in_a_language_is_said_in_english():
    assert Translator("zh").text({"note_vi": "một", "note_en": "one"}, "note") == "one"
    assert Translator("zh").text({"note_zh": None, "note_en": "one"}, "note") == ""


def test_long_items_are_divided_as_the_language_does():
    assert Translator("vi").join_long(["một, hai", "ba"]) == "một, hai; ba"
    assert Translator("zh").join_long(["一、二", "三"]) == "一、二；三"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", ["tyz", "nut", "qqq", "zz-Latn"])
def test_a_language_without_a_name_is_shown_by_its_code(code, language):
    assert language_name(code, Translator(language)) == code


def test_languages_of_the_border_have_names():
    assert [language_name(code, Translator("en")) for code in ("hmn", "za", "zh-Hant")] == [
        "Hmong",
        "Zhuang",
        "Chinese",
    ]


def test_a_sentence_of_the_checks_is_said_in_other_languages_with_what_fills_it() -> None:
    inner = said("date as far as known")
    whole = said("{name}: {value}", name=inner, value=("5000", said("table")))
    assert whole == "date as far as known: 5000, table"
    assert Translator("zh").said(whole) == f"{Translator('zh')('date as far as known')}：5000、表格"
    assert Translator("vi").said("as it is") == "as it is"


def test_a_number_in_a_sentence_of_the_checks_takes_the_form_of_the_language_where_it_is_asked_for() -> None:
    assert Translator("vi").said(said("at most {most:,} characters", most=10_000)) == "không quá 10.000 ký tự"
    assert Translator("vi").said(said("at least {least:g}", least=2016)) == "ít nhất là 2016"
