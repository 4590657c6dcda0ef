"""Odd values: what people, programs and attackers put into cells."""

import random

LONG = 9_999  # one character less than a cell may have
TEXTS = (
    "",
    " ",
    "0",
    "-0",
    "1e999",
    "NaN",
    "None",
    "true",
    "#REF!",
    "=1+1",
    "'=1+1",
    "@SUM(A1)",
    "<script>alert(1)</script>",
    "]]> & </text>",
    "&amp;#x41;",
    "${x} {0} {x} %s %d %(x)s \\1 \\n",
    "a|b|c `d` *e* _f_ [g](h) #i",
    "line\nline",
    "tab\ttab",
    "a,b;c；d、e",
    '"quoted" „so“ «et»',
    "\ufeffbyte order",
    "\ufffe",
    "\uffff",
    "\ufdd0",
    "\U0001fffe",
    "\U0010ffff",
    "\ue000private\uf8ff",
    "\U000f0000",
    "\u0080\u009b31m",
    "\u200b\u200d\u2060",
    "\u00ad\u034f",
    "\u202egpj.exe",
    "\u2066isolated\u2069",
    "שלום עולם",
    "مرحبا بالعالم",
    "a\u0301\u0323",
    "a" + "\u0301" * 3,
    "e" + "\u0323\u0301" * 60,
    "\u0301",
    "한국어 ᄒ\u1161\u11ab",
    "👨\u200d👩\u200d👧\ufe0f",
    "🇻🇳🇨🇳",
    "𠮷野家 𪚥",
    "㍿ ﷽ ǆ ﬁ",
    "İıſK ẞß",
    "Ⅷ ① ½ ²",
    "٣٤٥",
    "१२३",
    "Ha\u0300 Giang",
    "x" * 300,
    "Xã " * 400,
    "同文" * 900,
    "w" * LONG,
    "a b " * (LONG // 4),
    "\u2028\u2029",
    "_x0000_ _xD800_ _xFFFE_",
)
DATES = ("0001", "9999", "1900", "2100", "1899", "2101", "2024-02-29", "2023-02-29", "2016-05", "2016-13", "2016-00",
         "2016-05-31", "201X", "2016~", "2016?", "2016/2018", "..", "-0044", "Y17E7", "2016-05-13T00:00", "２０１６",
         "٢٠١٦", "2025-06-30", "2025-07-01", "1900-01-01", "2100-12-31", "1950")  # fmt: skip
NUMBERS = ("0", "-1", "1", "0.5", "-0", "-0.0", "90", "-90", "90.000001", "180", "-180", "181", "22.5", "105", "54",
           "3", "73", "136", "1e5", "0x1F", "1_000", "1,5", "1 000", "+1", ".5", "5.", "00", "999999999999999",
           "9" * 16, "9" * 400, "0.000000000000001", "0.9999999999999999", "inf", "nan", "２", "٣", "1.0",
           "123456789012345.123456789012345")  # fmt: skip
LANGUAGES = ("vi", "zh", "en", "hmn", "tyz", "nut", "mww", "xx", "hz", "zh-Hant", "zh-TW", "vi-x", "sr-Latn", "und", "zzz",
             "en-AAAAAAAAA", "EN", "a", "abcd", "iw", "no", "cmn", "root", "mul", "zxx", "yue-Hans")  # fmt: skip
ADDRESSES = ("https://example.org/", "http://a.vn", "https://例え.jp/路?é", "https://x.org:70000", "https://[::1]/",
             "https://user:p@x.org", "http://127.1/", "javascript:alert(1)", "https://x.org/" + "a" * 3_000,
             "https://x.org/%zz%", "https://x.org/'\"<b>", "https://xn--a.org", "http://1.2.3.4/", "https://[x",
             "https://x.org/\u202e", "https://" + "a" * 300 + ".org", "https://x..org/", "HTTPS://X.ORG",
             "https://\u2100.org/", "https://x.org]", "https://x.org#" * 3)  # fmt: skip
IDS = ("a", "0", "-", "a-b-c", "constructor", "__proto__", "toString", "null", "vn", "cn", "a" * 200, "x" * 2_000, "é",
       "A", "a--b", "vn-02", "all", "undated", "lost", "1", "index", "nan", "none", "true")  # fmt: skip


def text(chance: random.Random) -> str:
    """Any of the odd values, or a text made of pieces of them."""
    kind = chance.random()
    if kind < 0.6:
        return chance.choice(TEXTS)
    if kind < 0.9:
        return chance.choice(chance.choice((DATES, NUMBERS, LANGUAGES, ADDRESSES, IDS)))
    return "".join(chr(chance.choice((chance.randrange(0x250), chance.randrange(0xD800), chance.randrange(0xE000, 0x110000))))
                   for _ in range(chance.randint(1, 12)))  # fmt: skip
