"""Places: their names in three languages, what they belong to, and what became of them."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property

import pandas as pd

from atlas import ENGLISH, SPOKEN
from atlas.model.spelling import fold
from atlas.records.dates import bounds

NAME_ORDER = {code: tuple(dict.fromkeys(f"name_{one}" for one in (code, *row.nearest))) for code, row in SPOKEN.items()}
SPELLINGS = (*(f"name_{code}" for code in SPOKEN), "name_pinyin")
UNITS = ("province", "district", "commune", "prefecture", "county", "township")
# by the designation of a Vietnamese unit or the last character of a Chinese one
TYPES = {
    "thành phố": {"vi": "TP. {}", "en": "{} City"},
    "thị xã": {"vi": "thị xã {}", "en": "{} Town"},
    "huyện": {"vi": "huyện {}", "en": "{} District"},
    "thị trấn": {"vi": "thị trấn {}", "en": "{} Township"},
    "phường": {"vi": "phường {}", "en": "{} Ward"},
    "đặc khu": {"vi": "đặc khu {}", "en": "{} Special Zone"},
    "xã": {"vi": "xã {}", "en": "{} Commune"},
    "市": {"vi": "TP. {}", "en": "{} City"},
    "县": {"vi": "huyện {}", "en": "{} County"},
    "镇": {"vi": "trấn {}", "en": "{} Town"},
    "乡": {"vi": "hương {}", "en": "{} Township"},
}
GATE = {"vi": "cửa khẩu {}", "zh": "{}口岸", "en": "{} Border Gate"}
TELLING = "(（站"  # a gate with one of these in its name says itself what it is: a railway, a station
ENDED = {"vi": "{} (đến {})", "zh": "{}（至{}年）", "en": "{} (until {})"}
PROPOSED = "＊"  # follows a Chinese name that no source prints; no markup anywhere, and in every Chinese face


def _form(words: dict[str, str], language: str) -> str:
    """How a name is written with words that are known by language: as in English, but in Chinese the name alone."""
    return words.get(language) or ("{}" if SPOKEN[language].han else words.get(ENGLISH, "{}"))


class Gazetteer:
    """The places and successions of one built atlas.

    :param places: table ``places``, indexed by id.
    :param successions: table ``successions``.
    """

    def __init__(self, places: pd.DataFrame, successions: pd.DataFrame):
        self.places = places
        self._rows = places.to_dict("index")
        self._successors, self._predecessors = defaultdict(list), defaultdict(list)
        self._shares: dict[tuple[str, str], float] = {}
        for row in successions.dropna(subset=["successor"]).to_dict("records"):
            self._successors[row["predecessor"]].append(row["successor"])
            self._predecessors[row["successor"]].append(row["predecessor"])
            self._shares[row["predecessor"], row["successor"]] = row["share"]
        self._kin: dict[str, frozenset[str]] = {}
        self._apart: dict[str, dict[str, str]] = {}

    def __contains__(self, place: str) -> bool:
        return place in self._rows

    def __getitem__(self, place: str) -> dict:
        """The row of a place as a dict of columns; KeyError when there is none."""
        return self._rows[place]

    def name(self, place: str, language: str) -> str:
        """The name in one language, or in the nearest one that has it.

        A unit with the name of one above it has its type with it (TP. Bắc Ninh in Bắc Ninh), and so has a gate, for
        most are called as the place where they stand; Chinese names of units have it anyway.
        """
        row = self._rows[place]
        column = next((column for column in NAME_ORDER[language] if row.get(column)), None)
        if column is None:
            return place
        if column == "name_zh":
            return self.chinese_name(place) or place
        words = self._gate_words(row[column], row["kind"]) or self._types.get(place, {})
        return _form(words, language).format(row[column])

    def typed_name(self, place: str, language: str) -> str:
        """The name with the word for what a unit is: ``xã Mèo Vạc``, ``Mèo Vạc Commune``; see :meth:`name`."""
        if place in self._types or (SPOKEN[language].han and self._rows[place]["name_zh"]):
            return self.name(place, language)
        return _form(self._words(place), language).format(self.name(place, language))

    def type_word(self, place: str, language: str) -> str:
        """What a unit is by its own type: ``thị xã``, ``county``; empty where that is not known or the name says it."""
        if SPOKEN[language].han:
            return ""
        own = self._rows[place]["designation"] if language == "vi" else None
        return own or self._words(place).get(language, "").replace("TP.", "thành phố").replace("{}", "").strip().lower()

    @staticmethod
    def _gate_words(name: str, kind: str) -> dict[str, str]:
        return GATE if kind == "border_gate" and not any(sign in name for sign in TELLING) else {}

    @cached_property
    def _types(self) -> dict[str, dict[str, str]]:
        """The words of the units that have them always."""
        found = {}
        for place, row in self._rows.items():
            if not (words := self._words(place)):
                continue
            if f"Thành phố {row['name_vi']}" in row["also_known_as"]:
                found[place] = words | {"en": "{}"}  # its English name has the type
            elif any(self._rows[one]["name_vi"] == row["name_vi"] for one in self._beside(place)):
                found[place] = words
        return found

    def _words(self, place: str) -> dict[str, str]:
        """The words for the type of a unit by language; empty for what is no unit or has none."""
        row = self._rows[place]
        known = row["kind"] in UNITS and row["name_vi"]
        return TYPES.get(row["designation"] or (row["name_zh"] or "")[-1:], {}) if known else {}

    def _beside(self, place: str) -> list[str]:
        """The units that are named in one list with a place: those above it, and what a former town became."""
        became = self.successors(place) if self._rows[place]["designation"] == "thị trấn" else []
        return self.ancestors(place) + became

    def chinese_name(self, place: str) -> str | None:
        """The Chinese name, followed by :data:`PROPOSED` where it is only proposed; None when there is none."""
        row = self._rows[place]
        if not (name := row["name_zh"]):
            return None
        name = self._gate_words(name, row["kind"]).get("zh", "{}").format(name)
        return f"{name}{PROPOSED}" if row["name_zh_basis"] == "proposed" else name

    def full_name(self, place: str, language: str) -> str:
        """The name followed by those of the units above it, e.g. ``Xín Cái, Mèo Vạc, Hà Giang``; no two places share one.

        A former district and a commune of today with one name have their types with them, a province before and
        after it grew the year in which it ended.
        """
        if language not in self._apart:
            self._apart[language] = self._told_apart(language)
        return self._joined(place, self._apart[language].get(place) or self.name(place, language), language)

    def _joined(self, place: str, name: str, language: str) -> str:
        names = [name] + [self.name(above, language) for above in self.ancestors(place)]
        return "".join(reversed(names)) if SPOKEN[language].han and all(map(_is_chinese, names)) else ", ".join(names)

    def _told_apart(self, language: str) -> dict[str, str]:
        """The names that tell those places apart which share one with all the units above them, by place."""
        alike = defaultdict(list)
        for place in self._rows:
            alike[self._joined(place, self.name(place, language), language)].append(place)
        found = {}
        for places in filter(lambda places: len(places) > 1, alike.values()):
            typed = {one: _form(self._words(one), language) for one in places}
            for one in places:
                name, until = self.name(one, language), self._rows[one]["valid_until"]
                if len(set(typed.values())) > 1:
                    found[one] = typed[one].format(name)
                elif until:
                    found[one] = _form(ENDED, language).format(name, until[:4])
        return found

    def ancestors(self, place: str) -> list[str]:
        """The units that contain a place, nearest first."""
        found = []
        while (parent := self._rows[place]["parent"]) and parent in self._rows and parent not in found:
            found.append(parent)
            place = parent
        return found

    def lineage(self, place: str) -> Iterator[str]:
        """The place itself and then the units that contain it."""
        yield place
        yield from self.ancestors(place)

    def position(self, place: str) -> tuple[float, float] | None:
        """Latitude and longitude (degrees, WGS-84) of a place, or of the nearest unit above it that has one."""
        for unit in self.lineage(place):
            row = self._rows[unit]
            if pd.notna(row["lat"]):
                return row["lat"], row["lon"]
        return None

    def successors(self, place: str) -> list[str]:
        """The units that stand in for a place; empty for one that still exists or has none."""
        return self._successors.get(place, [])

    def share(self, place: str, successor: str) -> float | None:
        """The share (0 to 1) of a divided unit that went to one of its successors, None where no source states it."""
        share = self._shares[place, successor]
        return None if pd.isna(share) else share

    def predecessors(self, place: str) -> list[str]:
        """The units whose place this one took."""
        return self._predecessors.get(place, [])

    @cached_property
    def _parts(self) -> dict[str, list[str]]:
        rows = self.places.dropna(subset=["parent"])
        return rows.groupby("parent")["id"].agg(list).to_dict()

    def inside(self, place: str) -> list[str]:
        """All that belongs to a place, of any day: its own parts in the order of the table, then theirs, and so on."""
        found, parts = dict[str, None](), [place]
        while parts:
            parts = [one for part in parts for one in self._parts.get(part, []) if one not in found]
            found |= dict.fromkeys(parts)
        return list(found)

    def area_today(self, place: str) -> list[str]:
        """The units that hold the area of one that ended without a successor at its level: the successors of its parts."""
        if self.successors(place):
            return []
        return list(dict.fromkeys(unit for part in self._parts.get(place, []) for unit in self.successors(part)))

    def exists(self, place: str, on: date) -> bool:
        """Whether the unit exists on a day, as far as its validity is known."""
        row = self._rows[place]
        begun = not row["valid_from"] or bounds(row["valid_from"])[0] <= on
        return begun and not self.ended(place, on)

    def ended(self, place: str, on: date) -> bool:
        """Whether the unit has ended before a day, as far as its validity is known."""
        until = self._rows[place]["valid_until"]
        return bool(until) and bounds(until)[1] < on

    def kin(self, place: str) -> frozenset[str]:
        """The place and all that contains it, with the units that came after or before: whatever a filter may name.

        Followed from the nearest unit that has a successor (or predecessor), so that a commune of former
        Hà Giang leads to today's Tuyên Quang but not to the former one.
        """
        if place in self._kin:
            return self._kin[place]
        line = list(self.lineage(place))
        related = set(line)
        for neighbours in (self.successors, self.predecessors):
            nearest = next((found for unit in line if (found := neighbours(unit))), [])
            related.update(unit for one in nearest for unit in self.lineage(one))
        return self._kin.setdefault(place, frozenset(related))

    def spellings(self, place: str) -> list[str]:
        """All known spellings of one place."""
        row = self._rows[place]
        return [row[column] for column in SPELLINGS if row.get(column)] + [
            *row["also_known_as"],
            *row["name_zh_variants"],
        ]

    def search_text(self, places: Iterable[str]) -> str:
        """Folded spellings of the places and their kin, separated so that no match crosses from one to the next."""
        related = {unit for place in places for unit in self.kin(place)}
        return "|".join(sorted({fold(name) for unit in related for name in self.spellings(unit)}))

    def slugs(self, places: Iterable[str]) -> frozenset[str]:
        """The slugs of all provinces, regions and prefectures that the places or their kin belong to."""
        related = {unit for place in places for unit in self.kin(place)}
        return frozenset(slug for unit in related if (slug := self._rows[unit]["slug"]))

    @cached_property
    def by_slug(self) -> dict[str, str]:
        """Place id by slug."""
        return {row["slug"]: place for place, row in self._rows.items() if row["slug"]}


def _is_chinese(text: str) -> bool:
    return bool(re.fullmatch(rf"[\u2e80-\u9fff（）()·{PROPOSED}]+", text))
