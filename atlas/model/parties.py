"""What the two sides of a session and the session itself are called, in every language of a session file.

A session file holds texts that a secretary may change; these are what it begins with.
"""

from collections.abc import Callable, Sequence

from atlas import SPOKEN
from atlas.model.atlas import Atlas
from atlas.model.session import Said

MATTERS = {
    "education": Said("giáo dục và đào tạo", "教育与培训合作", "education and training"),
    "twinning": Said("địa phương kết nghĩa", "结好地方", "twinned communities"),
    "own": Said("hợp tác địa phương", "地方合作", "local cooperation"),
}
# a numbered session of a committee, as the records call it
NUMBERED = {
    "joint_working_committee": Said(
        "Hội nghị lần thứ {n} Ủy ban Công tác liên hợp",
        "联合工作委员会第{n}次会晤",
        "Joint Working Committee, conference no. {n}",
    ),
    "yunnan_joint_working_group": Said(
        "Phiên họp lần thứ {n} Nhóm Công tác liên hợp",
        "联合工作组第{n}次会议",
        "Joint Working Group, session no. {n}",
    ),
}
COUNTRIES = {"VN": Said("Việt Nam", "越南", "Vietnam"), "CN": Said("Trung Quốc", "中国", "China")}
BEFORE = {"vi": "{parties}: {matter}", "zh": "{parties}：{matter}", "en": "{parties}: {matter}"}
AFTER = {"vi": "{matter}: {parties}", "zh": "{matter}（{parties}）", "en": "{matter}: {parties}"}
AND = {"vi": (", ", " và "), "zh": ("、", "和"), "en": (", ", " and ")}
TYPES = {"thành phố": "City", "tỉnh": "Province", "châu tự trị": "Autonomous Prefecture"}


def title(atlas: Atlas, kind: str, vn: Sequence[str], cn: Sequence[str]) -> Said:
    """What a session of a kind is called: ``Quảng Ninh – Quảng Tây: giáo dục và đào tạo``.

    :param vn: places of the Vietnamese side, none for all; cn: of the Chinese side.
    """
    return _said(lambda one: BEFORE[one].format(parties=_parties(atlas, vn, cn, one), matter=MATTERS[kind].to(one)))


def numbered(atlas: Atlas, series: str, number: int, vn: Sequence[str], cn: Sequence[str]) -> Said:
    """What a numbered session of a committee is called, see :data:`NUMBERED`."""
    return _said(
        lambda one: AFTER[one].format(
            parties=_parties(atlas, vn, cn, one), matter=NUMBERED[series].to(one).format(n=number)
        )
    )


def delegation(atlas: Atlas, places: Sequence[str]) -> Said:
    """What the delegation of some units is called: ``Đoàn tỉnh Quảng Ninh``; nothing without any."""
    if not places:
        return Said()
    types = [_type(atlas, place) for place in places]
    names = [_own_name(atlas, place) for place in places]
    typed = [" ".join(filter(None, one)) for one in zip(types, names)]
    together = len(places) > 1 and len(set(types)) == 1 and types[0]
    vi = f"Đoàn các {types[0]} {joined(names, 'vi')}" if together else f"Đoàn {joined(typed, 'vi')}"
    zh = joined([atlas.places.name(place, "zh") for place in places], "zh")
    en = joined([_in_english(atlas, place, one) for place, one in zip(places, types)], "en")
    return Said(vi, f"{zh}代表团", f"Delegation{'s' * (len(places) > 1)} of {en}")


def names(atlas: Atlas, place: str) -> Said:
    """What a place is called in each language."""
    return _said(lambda one: atlas.places.name(place, one))


def joined(listed: Sequence[str], language: str) -> str:
    """Names as one enumeration."""
    between, last = AND[language]
    *others, end = listed
    return last.join(filter(None, (between.join(others), end)))


def _said(text: Callable[[str], str]) -> Said:
    return Said(**{one: text(one) for one in SPOKEN})


def _parties(atlas: Atlas, vn: Sequence[str], cn: Sequence[str], language: str) -> str:
    """Both sides; each language puts the side of its speakers first."""
    sides = {"VN": vn, "CN": cn}
    order = ("CN", "VN") if SPOKEN[language].han else ("VN", "CN")
    between = AND[language][0]
    said = [
        between.join(atlas.places.name(place, language) for place in sides[side]) or COUNTRIES[side].to(language)
        for side in order
    ]
    return ("—" if SPOKEN[language].han else " – ").join(said)


def _type(atlas: Atlas, place: str) -> str:
    """The Vietnamese word for what a unit is; empty where its own name has it."""
    row = atlas.places[place]
    if row["designation"]:
        return row["designation"]
    if _autonomous(atlas, place):
        return ""
    return {"市": "thành phố", "州": "châu tự trị", "省": "tỉnh"}.get((row["name_zh"] or "")[-1:], "")


def _autonomous(atlas: Atlas, place: str) -> dict[str, str]:
    """The full names of an autonomous region by language."""
    known = atlas.places[place]["also_known_as"]
    signs = {"vi": "Khu tự trị", "en": "Autonomous Region"}
    return {one: name for one, sign in signs.items() for name in known if sign in name}


def _own_name(atlas: Atlas, place: str) -> str:
    return _autonomous(atlas, place).get("vi") or atlas.places[place]["name_vi"]


def _in_english(atlas: Atlas, place: str, kind: str) -> str:
    if full := _autonomous(atlas, place).get("en"):
        return f"the {full}"
    name = atlas.places[place]["name_en"]
    return name if TYPES.get(kind, "") in name else f"{name} {TYPES[kind]}"
