"""A small valid set of tables for the tests of atlas.records."""

import copy
import csv
import json
from pathlib import Path

from atlas import SEEDS

ROWS = {
    "sources": [
        {"id": "paper", "title": "Báo", "kind": "article", "url": "https://example.org/1", "published": "2026-03"},
        {"id": "office", "title": "外事办公室", "kind": "official", "language": "zh"},
        {"id": "copy", "title": "Copy", "kind": "mirror"},
    ],
    "places": [
        {"id": "vn", "kind": "country", "country": "VN", "name_vi": "Việt Nam", "sources": "office"},
        {
            "id": "cn",
            "kind": "country",
            "country": "CN",
            "name_zh": "中国",
            "name_zh_basis": "attested",
            "name_zh_sources": "office",
            "sources": "office",
        },
        {
            "id": "vn-02",
            "slug": "ha-giang",
            "kind": "province",
            "country": "VN",
            "name_vi": "Hà Giang",
            "parent": "vn",
            "lat": "22.82",
            "lon": "104.98",
            "coordinate_precision": "point",
            "coordinate_source": "office",
            "valid_until": "2025-06-30",
            "sources": "office",
        },
        {
            "id": "vn-08-2025",
            "slug": "tuyen-quang",
            "kind": "province",
            "country": "VN",
            "name_vi": "Tuyên Quang",
            "parent": "vn",
            "valid_from": "2025-07-01",
            "sources": "office",
        },
        {
            "id": "vn-026",
            "kind": "district",
            "country": "VN",
            "name_vi": "Đồng Văn",
            "also_known_as": "Dong Van;同文",
            "parent": "vn-02",
            "lat": "23.27",
            "lon": "105.36",
            "coordinate_precision": "point",
            "coordinate_source": "office",
            "on_border": "true",
            "valid_until": "2025-06-30",
            "sources": "paper;office",
        },
        {
            "id": "cn-532600",
            "slug": "wenshan",
            "kind": "prefecture",
            "country": "CN",
            "name_zh": "文山州",
            "name_zh_basis": "attested",
            "name_zh_sources": "office",
            "parent": "cn",
            "lat": "23.4",
            "lon": "104.2",
            "coordinate_precision": "point",
            "coordinate_source": "office",
            "sources": "office",
        },
        {
            "id": "cn-532628",
            "kind": "county",
            "country": "CN",
            "name_zh": "富宁县",
            "name_zh_basis": "attested",
            "name_zh_sources": "office",
            "parent": "cn-532600",
            "lat": "23.63",
            "lon": "105.63",
            "coordinate_precision": "point",
            "coordinate_source": "office",
            "sources": "office",
        },
    ],
    "successions": [
        {
            "predecessor": "vn-02",
            "successor": "vn-08-2025",
            "effective_on": "2025-07-01",
            "kind": "merged",
            "share": "1",
            "sources": "office",
        },
        {"predecessor": "vn-026", "effective_on": "2025-07-01", "kind": "abolished", "sources": "office"},
    ],
    "twinnings": [
        {
            "id": "twin-dong-van-funing",
            "level": "district",
            "signed_on": "2016-05",
            "renewed_on": "2021",
            "status": "active",
            "agreement": "agr-twinning",
            "confidence": "high",
            "sources": "paper",
            "note_vi": "Ghi chú",
            "note_zh": "备注",
            "note_en": "Note",
        },
        {
            "id": "twin-ha-giang-wenshan",
            "level": "province",
            "signed_on": "2013-09-04",
            "status": "active",
            "confidence": "medium",
            "sources": "paper;office",
        },
    ],
    "twinning_members": [
        {"twinning": "twin-dong-van-funing", "side": "CN", "place": "cn-532628"},
        {"twinning": "twin-dong-van-funing", "side": "VN", "place": "vn-026"},
        {"twinning": "twin-ha-giang-wenshan", "side": "CN", "place": "cn-532600"},
        {"twinning": "twin-ha-giang-wenshan", "side": "VN", "place": "vn-02"},
    ],
    "totals": [
        {
            "id": "total-districts",
            "measure": "twinnings",
            "levels": "district;province",
            "place": "vn-02",
            "value": "7",
            "qualifier": "exact",
            "as_of": "2024",
            "label_vi": "Cặp",
            "label_zh": "对",
            "label_en": "Pairs",
            "sources": "paper",
        },
    ],
    "agreements": [
        {
            "id": "agr-twinning",
            "title_vi": "Thỏa thuận",
            "title_zh": "协议",
            "title_en": "Agreement",
            "subject": "twinning",
            "status": "signed",
            "signed_on": "2016-05",
            "vn_places": "vn-026",
            "cn_places": "cn-532628",
            "confidence": "high",
            "sources": "paper",
        },
    ],
    "events": [
        {
            "id": "jwc-1",
            "kind": "joint_working_committee",
            "series": "joint_working_committee",
            "ordinal": "1",
            "title_vi": "Kỳ họp",
            "title_zh": "会议",
            "title_en": "Session",
            "date_from": "2008-11",
            "status": "held",
            "vn_places": "vn-02",
            "cn_places": "cn-532600",
            "confidence": "high",
            "release": "both",
            "sources": "paper",
        },
        {
            "id": "jwc-2",
            "kind": "joint_working_committee",
            "series": "joint_working_committee",
            "ordinal": "2",
            "title_vi": "Kỳ họp",
            "title_zh": "会议",
            "title_en": "Session",
            "date_from": "2009-11-03",
            "date_to": "2009-11-05",
            "status": "held",
            "route": "vn-02;vn-026",
            "confidence": "high",
            "release": "both",
            "sources": "paper",
        },
    ],
    "series_members": [
        {"series": "joint_working_committee", "place": "cn-532600", "sources": "paper"},
        {"series": "joint_working_committee", "place": "vn-02", "until": "2025-06-30", "sources": "paper"},
    ],
    "commitments": [
        {
            "id": "twinning-visits",
            "agreement": "agr-twinning",
            "ordinal": "1",
            "text_vi": "Thăm nhau hằng năm",
            "text_zh": "每年互访",
            "text_en": "Visits every year",
            "field": "twinning",
            "responsible_vn_vi": "Huyện Đồng Văn",
            "responsible_vn_zh": "同文县",
            "responsible_vn_en": "Đồng Văn district",
            "rhythm_vi": "hằng năm",
            "rhythm_zh": "每年",
            "rhythm_en": "every year",
            "basis": "paper",
            "confidence": "high",
            "sources": "paper",
        },
        {
            "id": "jwc-road",
            "event": "jwc-2",
            "text_vi": "Làm đường",
            "text_zh": "修路",
            "text_en": "A road is built",
            "field": "transport",
            "due": "2012",
            "basis": "report",
            "confidence": "medium",
            "sources": "paper;office",
        },
    ],
    "commitment_evidence": [
        {
            "id": "twinning-visits-1",
            "commitment": "twinning-visits",
            "date": "2026",
            "kind": "number_reported",
            "link": "paper",
            "text_vi": "Hai chuyến thăm",
            "text_zh": "互访两次",
            "text_en": "Two visits",
            "confidence": "high",
            "sources": "paper",
        },
        {
            "id": "jwc-road-1",
            "commitment": "jwc-road",
            "date": "2016-05",
            "kind": "taken_up_again",
            "link": "matter",
            "text_vi": "Nhắc lại",
            "text_zh": "再次提及",
            "text_en": "Taken up again",
            "agreement": "agr-twinning",
            "confidence": "medium",
            "sources": "office",
        },
    ],
    "fields": [
        {"id": "medicine", "name_vi": "Y học", "name_zh": "医学", "name_en": "Medicine", "kind": "field_of_study"},
    ],
    "figures": [
        {
            "id": "sch-all",
            "programme": "scholarship",
            "title_vi": "Học bổng",
            "title_zh": "奖学金",
            "title_en": "Scholarships",
            "origin": "vn-02",
            "destination": "cn",
            "measure": "persons",
            "category": "all",
            "value": "129",
            "qualifier": "exact",
            "rate": "total",
            "period_from": "2011",
            "as_of": "2021",
            "as_of_inferred": "true",
            "cumulative": "true",
            "fields": "medicine",
            "confidence": "high",
            "release": "both",
            "sources": "paper",
        },
        {
            "id": "sch-master",
            "programme": "scholarship",
            "title_vi": "Thạc sĩ",
            "title_zh": "硕士",
            "title_en": "Masters",
            "origin": "vn-02",
            "destination": "cn",
            "measure": "persons",
            "category": "master",
            "value": "20",
            "qualifier": "exact",
            "rate": "total",
            "period_from": "2011",
            "as_of": "2021",
            "cumulative": "true",
            "part_of": "sch-all",
            "confidence": "high",
            "release": "both",
            "sources": "paper",
        },
        {
            "id": "sch-bachelor",
            "programme": "scholarship",
            "title_vi": "Đại học",
            "title_zh": "本科",
            "title_en": "Bachelors",
            "origin": "vn-02",
            "destination": "cn",
            "measure": "persons",
            "category": "undergraduate",
            "value": "108",
            "value_max": "110",
            "qualifier": "range",
            "rate": "total",
            "period_from": "2011",
            "as_of": "2021",
            "cumulative": "true",
            "part_of": "sch-all",
            "confidence": "high",
            "release": "both",
            "sources": "paper",
        },
    ],
    "discrepancies": [
        {
            "id": "number-of-pairs",
            "title_vi": "Số cặp",
            "title_zh": "对数",
            "title_en": "Number of pairs",
            "twinnings": "twin-dong-van-funing",
            "status": "open",
            "release": "own",
            "used_vi": "Để ngỏ",
            "used_zh": "未定",
            "used_en": "Left open",
        },
    ],
    "discrepancy_statements": [
        {
            "discrepancy": "number-of-pairs",
            "ordinal": "1",
            "statement_vi": "Bảy",
            "statement_zh": "七",
            "statement_en": "Seven",
            "date": "2024",
            "sources": "paper",
        },
        {
            "discrepancy": "number-of-pairs",
            "ordinal": "2",
            "statement_vi": "Tám",
            "statement_zh": "八",
            "statement_en": "Eight",
            "sources": "office",
        },
    ],
}


def columns() -> dict[str, list[str]]:
    package = json.loads((SEEDS / "datapackage.json").read_text(encoding="utf-8"))
    return {
        resource["name"]: [field["name"] for field in resource["schema"]["fields"]] for resource in package["resources"]
    }


def _uncounted(described: dict) -> dict:
    return {name: value for name, value in described.items() if name != "atlas:count"}


def written(parent: Path, change=lambda rows: None) -> Path:
    """The valid tables, changed by a function, in a new folder."""
    rows = copy.deepcopy(ROWS)
    change(rows)
    return write(parent / "seeds", rows)


def write(folder: Path, rows: dict[str, list[dict[str, str]]]) -> Path:
    """Write tables into an empty folder, with the product's own description of them but for the numbers of rows."""
    folder.mkdir()
    description = json.loads((SEEDS / "datapackage.json").read_text("utf-8"), object_hook=_uncounted)
    (folder / "datapackage.json").write_text(json.dumps(description), "utf-8")
    for name, names in columns().items():
        with open(folder / f"{name}.csv", "w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, names, restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows[name])
    return folder
