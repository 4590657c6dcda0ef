"""The page that a browser is sent first."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from atlas import LANGUAGES
from atlas.words.languages import LANGUAGE_CODES
from atlas.words.translator import Translator
from server import assets, headers, opening, preload

BROWSER = {"Accept": "text/html,application/xhtml+xml"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_is_named_and_speaks_the_visitors_language_before_anything_runs(language):
    page, translate = opening.page(language), Translator(language)
    # browser translation would leave numbers of the filter before on the screen
    assert f"<html lang={LANGUAGE_CODES[language]} translate=no class='notranslate opening'>" in page
    assert f"<title>{translate('Vietnam–China Border Cooperation Atlas')}</title>" in page
    assert translate("The atlas needs JavaScript. Please allow it in your browser.") in page
    assert ("You need to enable" in page) is False
    texts = re.findall(r"<p[^>]*>(.*?)</p>", page, re.DOTALL)
    assert len(texts) == 1 + 3 * len(LANGUAGES)
    of_language = texts[:1] + re.findall(f"<p lang={LANGUAGE_CODES[language]} [^>]*>(.*?)</p>", page)
    assert len(set(of_language)) == 4
    assert ["/_stcore/stream" in text and "WebSocket" in text for text in of_language] == [False, False, True, True]
    if language != "en":
        assert not [text for text in of_language if re.search(r"\b(the|your|browser|administrator)\b", text)]


@pytest.mark.parametrize(
    ("path", "accepted", "language"),
    [("/", "vi-VN,vi;q=0.9", "vi"), ("/meetings?lang=zh", "vi", "zh"), ("/place?id=vn-027", "zh-CN", "zh"), ("/", "fr", "en"),
     ("/?lang=xx", "de", "en"), ("/?province=ha-giang&amp;lang=zh_CN", "vi", "zh")],
)  # fmt: skip
def test_every_address_of_a_page_is_answered_with_it(server, path, accepted, language):
    asked = BROWSER | {
        "Accept-Language": accepted,
        "If-None-Match": '"x"',
        "If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT",
    }
    answer = requests.get(server + path, headers=asked, timeout=30)
    assert answer.status_code == 200
    of_record = re.compile("<link rel=alternate type='application/ld\\+json'.*?</script>(?=</head>)", re.DOTALL)
    content, times = of_record.subn("", answer.content.decode())
    assert (content, times) == (opening.page(language), int("?id=" in path))
    assert "Content-Security-Policy" in answer.headers


@pytest.mark.parametrize(
    ("path", "query"), [("/no-such-page", ""), ("/compaer", "lang=zh&province=ha-giang"), ("/x" * 99, "")]
)
def test_what_is_no_page_leads_to_the_first_which_names_it(server, path, query):
    answer = requests.get(f"{server}{path}?{query}", headers=BROWSER, timeout=30, allow_redirects=False)
    assert answer.status_code == 307
    asked = parse_qs(urlsplit(answer.headers["Location"]).query)
    assert asked == {"no-page": [path.rpartition("/")[2][:40]]} | parse_qs(query)


@pytest.mark.parametrize(
    ("path", "led"),
    [
        ("/Meetings?lang=vi", "./meetings?lang=vi"),
        ("/meetings%E3%80%82?lang=vi", "./meetings?lang=vi"),
        ("/meetings),?lang=vi", "./meetings?lang=vi"),
        ("/meetings%EF%BC%8C%E8%AF%B7%E7%9C%8B?lang=zh", "./meetings?lang=zh"),
        ("/meetings%3Flang%3Dvi%26province%3Dha-giang", "./meetings?lang=vi&province=ha-giang"),
        ("/meetings&lang=vi", "./meetings?lang=vi"),
        ("/atlas/meetings?lang=vi", "../meetings?lang=vi"),
        ("/%EF%BC%9Flang=vi&province=ha-giang", "./?lang=vi&province=ha-giang"),
    ],
)
def test_an_address_that_was_changed_on_its_way_leads_to_the_page_that_was_meant(server, path, led):
    answer = requests.get(server + path, headers=BROWSER, timeout=30, allow_redirects=False)
    assert (answer.status_code, answer.headers["Location"]) == (307, led)


def test_other_answers_stay_as_they_are(server):
    for path in ("/healthz", "/api", "/component/streamlit_folium.st_folium/index.html", "/assets/opening.js"):
        assert "atlas-silent'" not in requests.get(server + path, headers=BROWSER, timeout=30).text


def test_the_style_sheet_is_kept_for_ever_under_the_address_that_the_page_names(server):
    (named, again) = re.findall(r"href='\.(/assets/page\.css\?v=.*?)'", opening.page("vi"))
    assert named == again
    answer = requests.get(server + named, timeout=30)
    assert answer.text == assets.styles()
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["Content-Type"].startswith("text/css")
    assert requests.get(f"{server}/assets/page.css", timeout=30).headers["Cache-Control"] == "no-cache"


@pytest.fixture(scope="module")
def asked_later():
    """The scripts that Streamlit's own page does not name, but asks for before the map is drawn."""
    return re.findall(r"<link rel=modulepreload crossorigin href='\.(/static/js/.*?)'", opening.page("vi"))


def test_no_script_waits_for_another_that_the_page_could_have_named(asked_later):
    names = [path.split("/")[-1].split(".")[0] for path in asked_later]
    assert {"Html", "ComponentInstance", "purify"} <= set(names)
    assert len(names) == len(set(names))
    # Streamlit's scripts run in the order of the page, after any file that stands before them
    first = re.search(r"<script[^>]* src=[^>]*>", opening.page("vi"))
    assert "/static/js/index." in first[0]
    assert headers.digest(assets.opening()) in headers.policy(component=False)


def test_scripts_of_streamlit_and_of_the_map_are_sent_compressed_and_kept_for_ever(server, asked_later):
    of_frame = re.findall(r"<([^>]*/main\.[^>]*\.js)>; rel=preload", preload.links())
    assert len(of_frame) == 1
    for path in [*asked_later, f"/{of_frame[0]}"]:
        packed = requests.get(server + path, timeout=30)
        plain = requests.get(server + path, headers={"Accept-Encoding": "identity"}, timeout=30)
        assert packed.headers["Content-Encoding"] == "br", path
        assert "Content-Encoding" not in plain.headers, path
        assert packed.text == plain.text
        assert "immutable" in packed.headers["Cache-Control"]
        assert "javascript" in packed.headers["Content-Type"]
        known = {"If-None-Match": packed.headers["ETag"]}
        assert requests.get(server + path, headers=known, timeout=30).status_code == 304
    assert requests.get(f"{server}/static/js/no-such.js", timeout=30).headers["Content-Type"].startswith("text/html")


def test_another_page_of_streamlit_is_noticed(monkeypatch, tmp_path):
    monkeypatch.setattr(opening, "files", lambda _: tmp_path)
    (tmp_path / "static").mkdir()
    (tmp_path / "static/index.html").write_text("<html><title>x</title><body></body></html>")
    opening.page.cache_clear()
    with pytest.raises(ValueError, match="noscript"):
        opening.page("vi")
