"""Tables that are well formed and still wrong: damaged texts, and cells that contradict each other."""

from datetime import date

import pytest
from records_package import written
from spoken import assert_spoken

from atlas.records import dates, validate


def messages(folder) -> list[str]:
    found = validate(folder)
    for problem in found:
        assert_spoken(problem.message)
    return [str(problem).removeprefix(f"{folder.as_posix()}/") for problem in found]


def cells(*changes):
    def change(rows):
        for table, index, column, value in changes:
            rows[table][index][column] = value

    return change


VNI = "expected Vietnamese in Unicode; this seems to be typed in a font of VNI"
TCVN3 = "expected Vietnamese in Unicode; this seems to be typed in a font of TCVN3"
NOTHING = "expected nothing where it is not known, not a word or sign in its place"
UNREADABLE = "expected one line without control, invisible or replacement characters"
FROM_ELSEWHERE = "expected an address that others can open, not one of this machine or of an office's own network"

# What stands in name_vi of the district on line 6.
NAMES = {
    "UTF-8 read as Windows-1252": ("MÃ¨o Váº¡c", "expected text in its own encoding; this seems to have been Mèo Vạc"),
    "UTF-8 read by an old Macintosh": ("M√®o V·∫°c", "expected text in its own encoding; this seems to have been Mèo Vạc"),
    "UTF-8 read as GBK": ("M猫o V岷", "expected a name in Latin letters"),
    "TCVN3": ("MÌo V¹c", TCVN3),
    "TCVN3 with a sign at the end": ("Hµ Giang", TCVN3),
    "TCVN3 with §": ("§ång V¨n", TCVN3),
    "VNI": ("Meøo Vaïc", VNI),
    "VNI in Vietnamese letters alone": ("Moùng Caùi", VNI),
    "VNI with Ñ": ("Ñoàng Vaên", VNI),
    "letters that became ?": ("M?o V?c", "expected a name with all its letters, none lost as ?"),
    "eth": ("Ðồng Văn", "expected Đ or đ (U+0110, U+0111), not the look-alike Ð (U+00D0 LATIN CAPITAL LETTER ETH)"),
    "African D": ("Ɖồng Văn", "expected Đ or đ (U+0110, U+0111), not the look-alike Ɖ (U+0189 LATIN CAPITAL LETTER AFRICAN D)"),
    "Cyrillic letter": ("Mеo Vạc", "expected words in one alphabet, without the look-alike е (U+0435 CYRILLIC SMALL LETTER IE)"),
    "Greek letter": ("Xín Cάi", "expected words in one alphabet, without the look-alike ά (U+03AC GREEK SMALL LETTER ALPHA WITH TONOS)"),
    "Cyrillic name": ("Донгван", "expected Latin letters or Chinese characters, not Д (U+0414 CYRILLIC CAPITAL LETTER DE)"),
    "Chinese name": ("同文", "expected a name in Latin letters"),
    "letter that Vietnamese does not have": ("Đöng Văn", "expected letters of the Vietnamese alphabet, not ö (U+00F6 LATIN SMALL LETTER O WITH DIAERESIS)"),
    "capital inside a word": ("ĐồNg Văn", "expected capitals at the beginning of words only"),
    "letters of full width": ("Ｍèo Ｖạc", "expected letters of normal width"),
    "emoji": ("Đồng Văn ☀", "expected a name of letters, digits and the signs of names, not ☀ (U+2600 BLACK SUN WITH RAYS)"),
    "soft hyphen": ("Đồng\u00adVăn", UNREADABLE),
    "joiner without width": ("Đồng\u200dVăn", UNREADABLE),
    "word joiner": ("Đồng\u2060Văn", UNREADABLE),
    "variation selector": ("Đồng\ufe0f Văn", UNREADABLE),
    "Hangul filler": ("Đồng\u3164Văn", UNREADABLE),
    "tag": ("Đồng\U000e0041 Văn", UNREADABLE),
    "private use": ("\ue5e5Đồng Văn", UNREADABLE),
    "private use, further planes": ("\U000f0001Đồng Văn", UNREADABLE),
    "noncharacter": ("Đồng\ufffe Văn", UNREADABLE),
    "noncharacter of another plane": ("Đồng\U0001ffff Văn", UNREADABLE),
    "not available": ("N/A", NOTHING),
    "to be determined": ("TBD", NOTHING),
    "crosses": ("xxx", NOTHING),
    "a dash": ("—", NOTHING),
    "question marks": ("???", NOTHING),
    "not clear, in Vietnamese": ("Không rõ", NOTHING),
    "being updated, in Vietnamese": ("đang cập nhật", NOTHING),
}  # fmt: skip


@pytest.mark.parametrize(("name", "expected"), NAMES.values(), ids=NAMES)
def test_damaged_name(tmp_path, name, expected):
    (found,) = messages(written(tmp_path, cells(("places", 4, "name_vi", name))))
    assert found.startswith('places.csv:6 name_vi "')
    assert found.endswith(f'": {expected}')


@pytest.mark.parametrize(
    "name",
    ["Hoà Bình", "Quỳ Hợp", "Hoè Thị", "Y Tý", "Pa ủ", "Xuân Trường", "LÀO CAI", "Lũng Cú (2)", "Quý Quân", "Đắk Lắk"],
)
def test_names_as_they_are_written_pass(tmp_path, name):
    assert messages(written(tmp_path, cells(("places", 4, "name_vi", name)))) == []


CHINESE = {
    "Latin letters": ("Funing", "expected a name in Chinese characters"),
    "both scripts": ("富宁 Phú Ninh", "expected a name in Chinese characters"),
    "kana": ("富宁ケン", "expected a name in Chinese characters"),
    "UTF-8 read as Windows-1252": ("è‹—æ—ºåŽ¿", "expected a name in Chinese characters"),
    "UTF-8 read as GBK": ("鑻楁椇", "expected text in its own encoding; this seems to have been 苗旺"),
    "GBK read as Windows-1252": ("ÖÐ¹ú", "expected a name in Chinese characters"),
    "not known": ("不详", NOTHING),
    "wanting": ("暂无", NOTHING),
    "a lost character": ("富宁?", "expected a name with all its letters, none lost as ?"),
}


@pytest.mark.parametrize(("name", "expected"), CHINESE.values(), ids=CHINESE)
def test_damaged_chinese_name(tmp_path, name, expected):
    assert messages(written(tmp_path, cells(("places", 6, "name_zh", name)))) == [
        f'places.csv:8 name_zh "{name}": {expected}'
    ]


TEXTS = {
    "title in Windows-1252": (("sources", 0, "title", "Há»™i nghá»‹"), "expected text in its own encoding; this seems to have been Hội nghị"),
    "Chinese title read as GBK": (("events", 0, "title_zh", "鑱斿悎宸ヤ綔"), "expected text in its own encoding; this seems to have been 联合工作"),
    "outcome in TCVN3": (("events", 0, "title_vi", "Héi nghÞ tØnh Hµ Giang"), TCVN3),
    "outcome in VNI": (("events", 0, "title_vi", "Hoäi nghò tænh Haø Giang"), VNI),
    "Thai letters in English": (("events", 0, "title_en", "Session ก"), "expected Latin letters or Chinese characters, not ก (U+0E01 THAI CHARACTER KO KAI)"),
    "a note that says nothing": (("sources", 0, "note", "n/a"), NOTHING),
    "a publisher of dots": (("sources", 0, "publisher", "..."), NOTHING),
    "an error of a spreadsheet": (("sources", 0, "publisher", "#REF!"), NOTHING),
    "a designation in Chinese": (("places", 4, "designation", "未知"), NOTHING),
}  # fmt: skip


@pytest.mark.parametrize(("change", "expected"), TEXTS.values(), ids=TEXTS)
def test_damaged_text(tmp_path, change, expected):
    table, index, column, value = change
    assert messages(written(tmp_path, cells(change))) == [f'{table}.csv:{index + 2} {column} "{value}": {expected}']


def test_a_vietnamese_title_in_an_old_font(tmp_path):
    change = cells(("sources", 0, "language", "vi"), ("sources", 0, "title", "Haø Giang"))
    assert messages(written(tmp_path, change)) == [f'sources.csv:2 title "Haø Giang": {VNI}']


def test_texts_of_other_languages_pass(tmp_path):
    change = cells(
        ("sources", 0, "title", "Préfecture de Shanghaï : « naïveté » “É” ß’"),
        ("sources", 1, "title", "Граница Вьетнама и Китая"),
        ("sources", 2, "title", "国境の町ドンダン"),
        ("events", 0, "title_vi", "Hội nghị “Đồng Ý”, XÃ” – chưa xong…"),
    )
    assert messages(written(tmp_path, change)) == []


ADDRESSES = {
    "http://user@example.org/1": "expected an address without a user or password",
    "https://user:secret@example.org/1": "expected an address without a user or password",
    "http://localhost:8501/": FROM_ELSEWHERE,
    "http://127.0.0.1/1": FROM_ELSEWHERE,
    "http://127.1/1": FROM_ELSEWHERE,
    "http://0x7f000001/": FROM_ELSEWHERE,
    "http://10.1.2.3/tin": FROM_ELSEWHERE,
    "http://192.168.1.20/tin": FROM_ELSEWHERE,
    "http://172.16.0.1/tin": FROM_ELSEWHERE,
    "http://169.254.1.1/tin": FROM_ELSEWHERE,
    "http://[::1]/": FROM_ELSEWHERE,
    "http://[fd00::1]/": FROM_ELSEWHERE,
    "http://vanphong/tin": FROM_ELSEWHERE,
    "http://server.local/tin": FROM_ELSEWHERE,
    "http://intranet.lan./tin": FROM_ELSEWHERE,
    "http:///tin": FROM_ELSEWHERE,
    "http://example.org:99999/": "expected an address with a host and a port that can be read",
    "http://[::1/": "expected an address with a host and a port that can be read",
}


@pytest.mark.parametrize(("address", "expected"), ADDRESSES.items(), ids=ADDRESSES)
def test_address_that_others_cannot_open(tmp_path, address, expected):
    assert messages(written(tmp_path, cells(("sources", 0, "url", address)))) == [
        f'sources.csv:2 url "{address}": {expected}'
    ]


def test_language_tags_without_a_name_are_accepted(tmp_path):
    change = cells(
        ("sources", 0, "language", "hmn"), ("sources", 1, "language", "tyz"), ("sources", 2, "language", "nut")
    )
    assert messages(written(tmp_path, change)) == []


def gate(**facts):
    """A border gate, with further facts."""
    return {
        "id": "gate-xin-man",
        "kind": "border_gate",
        "country": "VN",
        "name_vi": "Xín Mần",
        "sources": "office",
    } | facts


def with_gate(*changes):
    def change(rows):
        rows["places"].append(gate())
        cells(*changes)(rows)

    return change


CONTRADICTIONS = {
    "district code without its zeros": (
        cells(("places", 4, "official_code", "26")),
        'places.csv:6 official_code "26": expected a code of 3 digits, zeros in front written, such as 026',
    ),
    "county code with letters": (
        cells(("places", 6, "official_code", "CN-532628")),
        'places.csv:8 official_code "CN-532628": expected a code of 6 digits, zeros in front written',
    ),
    "position in the sea off Africa": (
        with_gate(*(("places", 7, column, value) for column, value in
                    {"kind": "institution", "lat": "0", "lon": "0", "coordinate_precision": "point", "coordinate_source": "office"}.items())),
        'places.csv:9 lat, lon "0, 0": expected a position in or near Vietnam and China, 3 to 54 and 73 to 136 degrees',
    ),
    "confirmed before it was signed": (
        cells(("twinnings", 1, "last_confirmed", "2012")),
        'twinnings.csv:3 last_confirmed "2012": expected signed_on (2013-09-04) or later',
    ),
    "ended before it was signed": (
        cells(("agreements", 0, "valid_until", "2015")),
        'agreements.csv:2 valid_until "2015": expected signed_on (2016-05) or later',
    ),
    "printed in days to come": (
        cells(("sources", 0, "published", "2062-05")),
        'sources.csv:2 published "2062-05": expected a day that is not ahead',
    ),
    "signed in days to come": (
        cells(("twinnings", 0, "signed_on", ""), ("twinnings", 0, "renewed_on", "2061")),
        'twinnings.csv:2 renewed_on "2061": expected a day that is not ahead unless it is planned',
    ),
    "held in days to come": (
        lambda rows: rows["events"].append(rows["events"][1] | {"id": "talks", "date_from": "2061-11-03", "date_to": "", "route": "", "series": "", "ordinal": ""}),
        'events.csv:4 date_from "2061-11-03": expected a day that is not ahead unless it is planned',
    ),
    "counted in days to come": (
        cells(("totals", 0, "as_of", "2061")),
        'totals.csv:2 as_of "2061": expected a day that is not ahead',
    ),
    "gate as a member": (
        with_gate(("twinning_members", 1, "place", "gate-xin-man")),
        'twinning_members.csv:3 place "gate-xin-man": expected a locality, not a border gate, since the level of twin-dong-van-funing is district',
    ),
    "locality paired as a gate": (
        lambda rows: rows["twinnings"].append(rows["twinnings"][1] | {"id": "gates", "level": "border_gate"})
        or rows["places"].append(gate())
        or rows["twinning_members"].extend([{"twinning": "gates", "side": "VN", "place": "gate-xin-man"}, {"twinning": "gates", "side": "CN", "place": "cn-532628"}]),
        'twinning_members.csv:7 place "cn-532628": expected a border gate, since the level of gates is border_gate',
    ),
    "country as a member": (
        cells(("twinning_members", 1, "place", "vn")),
        'twinning_members.csv:3 place "vn": expected a locality, not a place of the kind country',
    ),
    "both members on one side": (
        cells(("twinning_members", 0, "place", "vn-026"), ("twinning_members", 0, "side", "VN"), ("twinning_members", 0, "name_as_signed", "Đồng Văn")),
        'twinnings.csv:2 id "twin-dong-van-funing": expected members of CN in twinning_members.csv',
    ),
    "more than the whole of a unit": (
        lambda rows: rows["successions"].append({"predecessor": "vn-026", "successor": "vn-08-2025", "effective_on": "2025-07-01", "kind": "split", "share": "0.6", "sources": "office"})
        or rows["successions"][1].update({"successor": "vn-02-2025", "kind": "split", "share": "0.6"})
        or rows["places"].append(rows["places"][3] | {"id": "vn-02-2025", "slug": "", "name_vi": "Hà Giang 1"}),
        'successions.csv:4 share "0.6": expected shares of vn-026 that add up to 1 at most, not to 1.2',
    ),
    "half a person": (
        cells(("figures", 1, "value", "20.5")),
        'figures.csv:3 value "20.5": expected a whole number of persons',
    ),
    "from a place to itself": (
        cells(("figures", 1, "origin", "vn-02;vn-026"), ("figures", 1, "destination", "vn-026;vn-02")),
        'figures.csv:3 destination "vn-026;vn-02": expected another place than the origin',
    ),
}  # fmt: skip


@pytest.mark.parametrize(("change", "expected"), CONTRADICTIONS.values(), ids=CONTRADICTIONS)
def test_contradiction(tmp_path, change, expected):
    assert messages(written(tmp_path, change)) == [expected]


@pytest.mark.parametrize("term", ["P0Y", "P5000Y", "P" + "9" * 5_000 + "Y", "P٣Y", "P5D"])
def test_a_term_that_no_card_can_say(tmp_path, term):
    folder = written(tmp_path, lambda rows: rows["agreements"][0].update(term=term))
    assert [problem.expected for problem in validate(folder)] == [
        "years or months such as P5Y or P18M, at most three digits"
    ]


def test_what_is_planned_may_lie_ahead(tmp_path):
    change = cells(
        ("events", 0, "date_from", "2061"), ("events", 0, "status", "planned"), ("events", 0, "vn_places", "")
    )
    assert messages(written(tmp_path, change)) == []


def test_what_happened_after_the_records_were_closed_is_not_ahead(tmp_path, monkeypatch):
    folder = written(tmp_path, cells(("sources", 0, "published", "2040-02-01")))
    monkeypatch.setattr(dates, "clock", lambda: date(2040, 1, 31))
    assert len(messages(folder)) == 1
    monkeypatch.setattr(dates, "clock", lambda: date(2040, 2, 1))
    assert messages(folder) == []


def test_averages_may_have_fractions(tmp_path):
    change = cells(("figures", 1, "value", "20.5"), ("figures", 1, "rate", "per_year"), ("figures", 1, "part_of", ""))
    assert messages(written(tmp_path, change)) == []
