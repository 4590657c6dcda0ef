"""The file itself: texts for those whose browser cannot show it, tables, data, style, scripts, and a mark at its end."""

import base64
import hashlib
from collections.abc import Mapping
from functools import cache
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup

from atlas import LANGUAGES, ROOT
from atlas.exports.site.packing import blocks
from atlas.look.text import clean
from atlas.maps import scripts
from atlas.model.selection import Selection
from atlas.words.languages import LANGUAGE_CODES
from atlas.words.translator import Translator

# of assets/, each after those that it needs; the pages of the server have the first ones too
SHARED = ("buttons", "filters", "years", "lists", "strip", "search")
OWN = ("data", "spelling", "filter", "state", "words", "views", "map", "records", "find", "agreed", "border", "main")
STYLES = (
    "app", "frame", "search", "filters", "lists", "cards", "charts", "agreed", "records", "strip", "print", "site/site"
)  # fmt: skip

PAGE = Markup(
    """<!DOCTYPE html>
<html lang="{code}" data-language="{language}" data-start="{start}">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<title>{title}</title>
<script>{check}</script>
<style>{first}</style>
</head>
<body>
<div id="failed" role="alert">{failed}</div>
<noscript id="plain">{forbidden}{tables}</noscript>
<style>{style}</style>
<div id="site" hidden>{skeleton}</div>
{data}<script>{code_of_map}</script>
<script>{code_of_pages}</script>
<i id="end" hidden></i>
</body>
</html>
"""
)
SKELETON = Markup(
    "<header class='site-frame atlas-bar'></header><main>"
    "<div class=site-head><div><h1 tabindex=-1></h1><p class=site-count role=status></p></div><div class=site-actions></div></div>"
    "<div class=st-key-filters><div class=site-bar></div><div class=chips></div></div><div class=site-undated></div>"
    "<div class=phone-tabs></div>"
    "<div class=st-key-stage><div><div class=st-key-panel></div></div>"
    "<div><div class=st-key-map-side><div class=st-key-map><div id=map></div></div><div class=timeline></div></div></div></div>"
    "<div class=site-view></div></main><footer class=site-foot></footer>"
)
SAID = Markup("<p class='{}' lang={}>{}</p>")


def written(selection: Selection, language: str, tables: Markup, data: Mapping[str, str]) -> bytes:
    """The file.

    :param selection: what is chosen when it opens.
    :param tables: for browsers that run no scripts.
    :param data: by the ids of the elements that are to hold it.
    """
    translate = Translator(language)
    page = PAGE.format(
        code=LANGUAGE_CODES[language],
        language=language,
        start=urlencode(selection.to_query(), doseq=True),
        policy=policy(),
        title=translate("Vietnam–China Border Cooperation Atlas"),
        first=Markup((ROOT / "assets/site/failed.css").read_text("utf-8")),
        style=Markup(style()),
        failed=_in_all("damaged", _damaged) + _in_all("old", _old),
        forbidden=_in_all("forbidden", _forbidden),
        tables=tables,
        check=Markup(check()),
        skeleton=SKELETON,
        data=blocks(data),
        code_of_map=Markup(code_of_map()),
        code_of_pages=Markup(code_of_pages()),
    )
    return clean(page).encode()


@cache
def policy() -> str:
    """What the file may do: run its own scripts, and ask nothing of anybody."""
    allowed = " ".join(map(digest, (check(), code_of_map(), code_of_pages())))
    return f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"


def digest(script: str) -> str:
    """A script as a policy names it (CSP level 3, hash-source)."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


@cache
def style() -> str:
    """All style sheets of the file."""
    sheets = ((ROOT / "assets" / f"{name}.css").read_text("utf-8") for name in STYLES)
    return "\n".join([scripts.leaflet("leaflet.css"), scripts.style().split("html, body")[0], *sheets])


@cache
def check() -> str:
    """The script that tells whether the browser can show the file, and whether it is whole."""
    return (ROOT / "assets/site/check.js").read_text("utf-8")


@cache
def code_of_map() -> str:
    """The script of the map as the pages of the server have it, with Leaflet."""
    return scripts.whole("map.js").decode()


@cache
def code_of_pages() -> str:
    """What the pages of the server answer to mouse and keyboard with, and the script of the file."""
    shared = "\n".join((ROOT / "assets" / f"{name}.js").read_text("utf-8") for name in SHARED)
    return scripts.joined("site", OWN) + shared


def _in_all(name: str, say: Any) -> Markup:
    return Markup("").join(SAID.format(name, LANGUAGE_CODES[one], say(Translator(one))) for one in LANGUAGES)


def _damaged(translate: Translator) -> str:
    return translate(
        "This file is damaged or was not copied to its end. Please copy it once more from where you have it."
    )


def _old(translate: Translator) -> str:
    return translate(
        "This browser is too old to show the map: Chrome or Edge from version 109 and Firefox from version 115 can. All tables stand below."
    )


def _forbidden(translate: Translator) -> str:
    return translate("Scripts are forbidden in this browser, so that the map cannot be shown. All tables stand below.")
