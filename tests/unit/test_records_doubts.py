"""What is well formed and yet doubtful: said again under another id, out of order, or between records that do not fit."""

import json

import pytest
from records_package import ROWS, written
from shapely import box, to_geojson
from spoken import assert_spoken

from atlas.records import check, validate

UNCITED = 'uncited-sources sources.csv:4 id "copy": is cited by no record'
# What the changes below bring about beside what they are for.
BESIDE = ("ended-without-succession", "later-than-sources", "sessions")


def remarks(folder, layers=None) -> list[str]:
    assert validate(folder) == []
    remarked = check(folder, layers or folder / "none")
    for one in remarked:
        assert_spoken(one.message)
    found = [f"{one.kind} {str(one).removeprefix(folder.as_posix() + '/')}" for one in remarked]
    return [remark for remark in found if remark != UNCITED]


def cells(*changes):
    def change(rows):
        for table, index, column, value in changes:
            rows[table][index][column] = value

    return change


def added(table, index, **facts):
    """A row like another one, with some other facts."""
    return lambda rows: rows[table].append(ROWS[table][index] | facts)


def both(*changes):
    def change(rows):
        for one in changes:
            one(rows)

    return change


def twin(**facts):
    return both(
        added("twinnings", 0, id="twin-new", **facts),
        added("twinning_members", 0, twinning="twin-new"),
        added("twinning_members", 1, twinning="twin-new"),
    )


NAPO = both(
    added("places", 6, id="cn-451026", name_zh="那坡县", parent="cn"),
    added("places", 4, id="vn-042", name_vi="Bảo Lâm", also_known_as="", parent=""),
)

REMARKS = {
    "the same members and level": (
        twin(),
        'repeated-twinnings twinnings.csv:4 id "twin-new": has the members and the level of twin-dong-van-funing, line 2',
    ),
    "the same code": (
        both(cells(("places", 4, "official_code", "026")), added("places", 4, id="vn-26", official_code="026", name_vi="Đồng Văn 1")),
        'repeated-places places.csv:9 official_code "026": is the code of vn-026, line 6, too',
    ),
    "the same name in one unit": (
        added("places", 4, id="vn-26"),
        'repeated-places places.csv:9 name_vi "Đồng Văn": is the name of vn-026, line 6, too',
    ),
    "the same address": (
        both(added("sources", 0, id="paper-again", url="http://www.example.org/1/#top"), cells(("twinnings", 0, "sources", "paper-again"))),
        'repeated-sources sources.csv:5 url "http://www.example.org/1/#top": is the address of paper, line 2, too',
    ),
    "the same session": (
        added("events", 1, id="talks", series="", ordinal=""),
        'repeated-meetings events.csv:4 id "talks": has the title, the day, the kind and the places of jwc-2, line 3',
    ),
    "the same paper": (
        added("agreements", 0, id="agr-again"),
        'repeated-meetings agreements.csv:3 id "agr-again": has the title, the day, the subject and the places of agr-twinning, line 2',
    ),
    "the same figure": (
        added("figures", 0, id="sch-again", as_of_inferred=""),
        'repeated-figures figures.csv:5 id "sch-again": counts what sch-all, line 2, counts, with the same value',
    ),
    "a level of other members": (
        cells(("twinnings", 0, "level", "commune")),
        'levels twinning_members.csv:2 place "cn-532628": is a county in a twinning of the level commune',
        'levels twinning_members.csv:3 place "vn-026": is a district in a twinning of the level commune',
    ),
    "a paper of another day": (
        cells(("twinnings", 0, "signed_on", "2012"), ("twinnings", 0, "renewed_on", "")),
        'papers-of-twinnings twinnings.csv:2 agreement "agr-twinning": was signed on 2016-05, not 2012',
    ),
    "a paper on another subject": (
        cells(("agreements", 0, "subject", "labour")),
        'papers-of-twinnings twinnings.csv:2 agreement "agr-twinning": is a paper on another subject, labour',
    ),
    "a paper between other places": (
        both(NAPO, cells(("agreements", 0, "vn_places", "vn-042"), ("agreements", 0, "cn_places", "cn-451026"))),
        'papers-of-twinnings twinnings.csv:2 agreement "agr-twinning": is a paper between other places',
    ),
    "an event of other places": (
        both(NAPO, cells(("events", 0, "vn_places", "vn-042"), ("events", 0, "cn_places", "cn-451026"), ("events", 0, "twinnings", "twin-dong-van-funing"))),
        'twinnings-of-events events.csv:2 twinnings "twin-dong-van-funing": is a twinning between other places',
    ),
    "planned for a day that has passed": (
        cells(("events", 1, "status", "planned")),
        'planned-and-past events.csv:3 date_from "2009-11-03": has passed, and the status is still planned',
    ),
    "later than its source": (
        cells(("sources", 0, "published", "2012-05"), ("events", 0, "date_from", "2012-06"), ("events", 0, "series", ""), ("events", 0, "ordinal", "")),
        'later-than-sources events.csv:2 date_from "2012-06": is later than its sources, the last of 2012-05',
    ),
    "valid before it was signed": (
        cells(("agreements", 0, "valid_from", "2016-04-30")),
        'valid-before-signed agreements.csv:2 valid_from "2016-04-30": is before the paper was signed (2016-05)',
    ),
    "a session before the one before it": (
        cells(("events", 0, "date_from", "2010")),
        'order-of-sessions events.csv:3 date_from "2009-11-03": is before session 1 of joint_working_committee (2010)',
    ),
    "a rough part above its total": (
        cells(("figures", 1, "value", "200"), ("figures", 1, "qualifier", "about")),
        'larger-parts figures.csv:3 value "200": is more than the 129 of its total, sch-all',
    ),
    "traditional characters": (
        cells(("places", 6, "name_zh", "富寧縣")),
        'traditional-characters places.csv:8 name_zh "富寧縣": has traditional characters: 寧 for 宁, 縣 for 县',
    ),
    "traditional characters in a title": (
        cells(("events", 0, "title_zh", "雲南會議")),
        'traditional-characters events.csv:2 title_zh "雲南會議": has traditional characters: 雲 for 云, 會 for 会, 議 for 议',
    ),
    "pinyin of other characters": (
        cells(("places", 6, "name_pinyin", "Fúníng")),
        'pinyin places.csv:8 name_pinyin "Fúníng": does not read 富宁县',
    ),
    "letters that became ?": (
        cells(("events", 0, "title_vi", "H?i ngh? Đồng Văn")),
        'damaged-texts events.csv:2 title_vi "H?i ngh? Đồng Văn": may have lost letters, which became ?',
    ),
    "a letter that Vietnamese does not have": (
        cells(("events", 0, "title_vi", "Hội nghị ở Lüliang")),
        'damaged-texts events.csv:2 title_vi "Hội nghị ở Lüliang": has a letter that Vietnamese does not have, ü (U+00FC LATIN SMALL LETTER U WITH DIAERESIS)',
    ),
    "Vietnamese read as GBK": (
        cells(("events", 0, "title_vi", "M猫o V岷")),
        'damaged-texts events.csv:2 title_vi "M猫o V岷": has Chinese characters inside a word',
    ),
}  # fmt: skip


@pytest.mark.parametrize(("change", "expected"), [(change, said) for change, *said in REMARKS.values()], ids=REMARKS)
def test_remark(tmp_path, change, expected):
    found = remarks(written(tmp_path, change))
    assert set(expected) <= set(found)
    assert [one for one in found if not one.startswith(BESIDE) and one not in expected] == []


PASS = {
    "the fixture": cells(),
    "the same members on another level": twin(level="organisation", agreement=""),
    "the code of a unit that ended": both(
        cells(("places", 4, "official_code", "026")),
        added("places", 4, id="vn-026-2025", official_code="026", parent="", valid_from="2025-07-01", valid_until="", on_border=""),
    ),
    "a district between its provinces' places": cells(("events", 0, "twinnings", "twin-dong-van-funing")),
    "a renewal by the paper": cells(("twinnings", 0, "signed_on", "2012"), ("twinnings", 0, "renewed_on", "2016")),
    "one of several readings": cells(("places", 6, "name_zh", "都龙镇"), ("places", 6, "name_pinyin", "Dūlóng")),
    "pinyin with an apostrophe": cells(("places", 6, "name_zh", "西安市"), ("places", 6, "name_pinyin", "Xī'ān")),
    "traditional characters in another form": cells(("places", 6, "name_zh_variants", "富寧縣")),
    "a question": cells(("events", 0, "title_vi", "Họp ở đâu? Đồng Văn"), ("events", 0, "title_en", "Where? (which town?)")),
    "a plan for later": cells(("events", 1, "status", "planned"), ("events", 1, "date_from", "2061"), ("events", 1, "date_to", ""), ("events", 1, "route", ""), ("commitments", 1, "due", "2062"), ("commitments", 1, "event", ""), ("commitments", 1, "agreement", "agr-twinning"), ("commitment_evidence", 1, "kind", "under_way")),
}  # fmt: skip


@pytest.mark.parametrize("change", PASS.values(), ids=PASS)
def test_what_is_not_remarked(tmp_path, change):
    assert remarks(written(tmp_path, change)) == []


def layers(folder, **areas):
    folder.mkdir()
    features = [
        {"type": "Feature", "properties": {"id": name}, "geometry": json.loads(to_geojson(box(*bounds)))}
        for name, bounds in areas.items()
    ]
    (folder / "areas.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return folder


def test_what_is_said_of_a_position_is_what_it_may_be_wrong_by(tmp_path):
    """The district lies 5 km east of its province."""
    areas = layers(tmp_path / "layers", **{"vn-02": (104.5, 22.5, 105.311, 23.5)})
    folder = written(tmp_path)
    assert remarks(folder, areas) == ['positions places.csv:6 lat, lon "23.27, 105.36": lies 5 km outside vn-02']
    (tmp_path / "rough").mkdir()
    folder = written(tmp_path / "rough", cells(("places", 4, "coordinate_precision", "about_2_km")))
    assert remarks(folder, areas) == []


def test_a_place_in_the_other_country(tmp_path):
    areas = layers(tmp_path / "layers", **{"vn-land": (104, 21, 105.3, 23.5), "cn-land": (105.3, 21, 107, 25)})
    assert 'across-the-border places.csv:6 lat, lon "23.27, 105.36": lies 6 km inside CN' in remarks(
        written(tmp_path), areas
    )
