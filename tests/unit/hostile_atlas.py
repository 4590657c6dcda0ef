"""The atlas with texts that a careless writer of files would stumble over."""

import dataclasses
import json

from atlas.maps import browser
from atlas.model.atlas import DRAWN, Atlas

FORMULA = "=HYPERLINK(1)"
TEXTS = (
    "<script>alert(1)</script> & </style> </script> ]]>",
    FORMULA,
    "${alert(1)} `x` \"quoted\" 'quoted' \\ {braces} %s",
    "Đồng\u202egpj.exe \u200fשלום",
    "同文 " + "x" * 5000,
    "bell \x07 and half a pair \ud800 of surrogates",
)


def hostile(atlas: Atlas) -> Atlas:
    """The same records, with hostile titles, notes and names of the first of them."""
    tables = {name: table.copy() for name, table in atlas.tables.items()}
    for name, column in (("events", "title"), ("events", "outcomes"), ("figures", "title"), ("agreements", "parties"), ("twinnings", "note"), ("discrepancies", "used")):  # fmt: skip
        for language in ("vi", "zh", "en"):
            place = tables[name].columns.get_loc(f"{column}_{language}")
            tables[name].iloc[: len(TEXTS), place] = list(TEXTS)
    for number, text in enumerate(TEXTS):
        tables["sources"].iloc[number, tables["sources"].columns.get_loc("title")] = text
        twinned = atlas.twinnings["vn"].iloc[number][0]
        for column in ("name_vi", "name_zh", "name_en"):
            tables["places"].loc[twinned, column] = text[:300]
    changed = dataclasses.replace(atlas, tables=tables)
    return dataclasses.replace(
        changed, contents=atlas.contents | {DRAWN: json.dumps(browser.browser_data(changed)).encode()}
    )
