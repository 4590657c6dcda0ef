"""Ready-made sessions, made from the records: education, twinned communities, a joint committee, or what fits a selection.

They follow the storyboards of the committee's room: one message a scene, at most twelve scenes to talk. A scene of
which the atlas has no record is left out.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Literal

import pandas as pd

from atlas import UnknownValue
from atlas.model import agreed, along, meetings, parties, results, standing
from atlas.model.atlas import Atlas
from atlas.model.selection import Selection
from atlas.model.session import Delegation, Kind, Said, Scene, Session
from atlas.model.topics import LABOUR, SCHOLARSHIPS, TRAINING
from atlas.records.dates import bounds

SCHOLARSHIP, CADRES, VOCATIONAL = ("scholarship",), ("cadre_training",), ("vocational_training",)
STUDY = SCHOLARSHIPS.programmes or ()
EDUCATION = (*STUDY, *(TRAINING.programmes or ()))
PAPERS_OF_EDUCATION = (*(SCHOLARSHIPS.subjects or ()), *(TRAINING.subjects or ()))
PAPERS_OF_LABOUR = LABOUR.subjects or ()
# the committees with the meeting of party secretaries beside which each is held
COMMITTEES = {
    "joint_working_committee": "spring_meeting",
    "yunnan_joint_working_group": "yunnan_secretaries_conference",
}
MOST_SERIES = 4  # in one scene
CHINESE = ("region", "province")  # kinds of the Chinese units that border on Vietnam


def education(atlas: Atlas, provinces: tuple[str, ...], language: str, asof: str | None = None) -> Session:
    """Education and training of some members, see :func:`twinning`."""
    selection = _selection(atlas, provinces, asof)
    have = _Records(atlas, selection)
    courses = have.events(lambda rows: rows[(rows["kind"] == "training_course") & (rows["route"].map(len) > 0)])
    series = [one for one in (*COMMITTEES, "education_conference") if one in have.series]
    scenes = (
        have.any_of(Scene("message", about=EDUCATION), have.ranked(EDUCATION)),
        have.any_of(Scene("parts", about=SCHOLARSHIP), have.parts(SCHOLARSHIP)),
        have.any_of(Scene("flow", about=EDUCATION), have.flows(EDUCATION)),
        have.any_of(Scene("route", about=tuple(courses[:1])), courses),
        have.any_of(Scene("message", about=VOCATIONAL), have.figures(VOCATIONAL)),
        have.any_of(Scene("agreements", about=PAPERS_OF_EDUCATION), have.agreements(PAPERS_OF_EDUCATION)),
        have.any_of(Scene("series", about=tuple(series[:1])), series),
    )
    counterparts = _counterparts(atlas, selection, have.figures(EDUCATION))
    return _titled(atlas, "education", selection, language, counterparts, scenes)


def twinning(atlas: Atlas, provinces: tuple[str, ...], language: str, asof: str | None = None) -> Session:
    """The twinned communities of some members.

    :param atlas: as the audience of the session may know it.
    :param provinces: slugs of Vietnamese provinces and Chinese units; none for the whole border.
    :param language: one of :data:`atlas.words.voice.LANGUAGES`.
    :param asof: the day for which units are shown (YYYY-MM-DD), None for today.
    :raises atlas.UnknownValue: there is no such unit.
    """
    selection = _selection(atlas, provinces, asof)
    have = _Records(atlas, selection)
    rows, parts = have.twinnings, have.parts(SCHOLARSHIP)
    scenes = (
        have.any_of(Scene("message"), have.ranked(None)),
        have.any_of(Scene("map", selection=_one_level(selection, rows)), rows.index),
        have.any_of(Scene("unrolled"), have.along_border),
        have.any_of(Scene("clusters"), have.communities),
        have.any_of(Scene("parts", about=SCHOLARSHIP), parts),
        have.any_of(Scene("flow", about=STUDY), () if parts else have.flows(STUDY)),
        have.any_of(Scene("agreements", about=PAPERS_OF_LABOUR), have.agreements(PAPERS_OF_LABOUR)),
        have.any_of(Scene("commitments"), have.commitments),
        have.any_of(Scene("reform"), have.lost),
    )
    return _titled(atlas, "twinning", selection, language, _counterparts(atlas, selection, rows), scenes)


def committee(atlas: Atlas, provinces: tuple[str, ...], language: str, asof: str | None = None) -> Session:
    """The next session of a joint committee.

    :param provinces: its members, see :func:`twinning`. The committee is the one to which most of them belong, the joint
        working committee without any; fewer than two are not told from all of its members.
    """
    asked = _selection(atlas, provinces, asof)
    day = asked.day(atlas)
    series = _committee(atlas, asked, day)
    members = [row["place"] for row in atlas.series_members[series] if _belongs(row, day)]
    slugs = provinces if len(provinces) > 1 else tuple(atlas.places[place]["slug"] for place in members)
    selection = _selection(atlas, slugs, asof)
    if not selection.region:
        regions = [place for place in members if atlas.places[place]["country"] == "CN"]
        selection = replace(selection, region=tuple(atlas.places[place]["slug"] for place in regions))
    have = _Records(atlas, selection)
    coming, number = _next_session(atlas, series, day)
    leading = results.leading_series(atlas, selection.records(atlas, "events"), selection)
    promised = have.promised_since(series, day)
    others = tuple(one for one in leading if one != series)[:MOST_SERIES]
    scenes = (
        have.any_of(Scene("message"), have.ranked(None)),
        have.any_of(Scene("unrolled"), have.along_border),
        have.any_of(Scene("matrix"), have.twinnings.index),
        have.any_of(Scene("parts", about=SCHOLARSHIP), have.counted(SCHOLARSHIP)),
        have.any_of(Scene("message", about=CADRES), have.ranked(CADRES)),
        have.any_of(Scene("agreements", about=PAPERS_OF_LABOUR), have.agreements(PAPERS_OF_LABOUR)),
        Scene("series", about=(series,)),
        have.any_of(Scene("commitments", about=promised), promised),
        have.any_of(Scene("reform"), have.lost),
        Scene("decisions"),
        have.any_of(Scene("series", about=others), others),
    )
    vn, cn = (_standing(atlas, slugs, day) for slugs in (selection.province, selection.region))
    made = Session("committee", language, selection=selection, scenes=(Scene("cover"), *filter(None, scenes)))
    return replace(
        made,
        title=parties.numbered(atlas, series, number, vn, cn),
        date=coming["date_from"] if coming else "",
        place=parties.names(atlas, coming["place"]) if coming and coming["place"] else Said(),
        vn=Delegation(parties.delegation(atlas, vn)),
        cn=Delegation(parties.delegation(atlas, cn)),
    )


def own(
    atlas: Atlas, selection: Selection, language: str, each: Literal["level", "pair"] | None = None
) -> Session:  # fmt: skip
    """What fits any selection: the scenes of which it has records, in their usual order.

    :param each: whether the map is followed by one scene for each level of twinning, or for each twinning.
    """
    selection = replace(selection, lang=None, labels=None, pair=None, record=(), layers=())
    have = _Records(atlas, selection)
    rows = have.twinnings
    levels = list(dict.fromkeys(rows["level"])) if each == "level" and rows["level"].nunique() > 1 else []
    listed = rows.index if each == "pair" else ()
    scenes = (
        have.any_of(Scene("message"), have.ranked(None)),
        have.any_of(Scene("map"), rows.index),
        *(Scene("map", selection=replace(selection, level=(level,))) for level in levels),
        have.any_of(Scene("unrolled"), have.along_border),
        *(Scene("pair", about=(one,)) for one in listed),
        have.any_of(Scene("matrix"), rows.index if len(selection.province) != 1 else ()),
        have.any_of(Scene("parts"), have.parts(None)),
        have.any_of(Scene("flow"), have.flows(None)),
        have.any_of(Scene("agreements"), have.agreements(None)),
        have.any_of(Scene("series"), have.series),
        have.any_of(Scene("commitments"), have.commitments),
        have.any_of(Scene("reform"), have.lost),
    )
    return _titled(atlas, "own", selection, language, _counterparts(atlas, selection, rows), scenes)


class _Records:
    """What the atlas has for the scenes of a selection."""

    def __init__(self, atlas: Atlas, selection: Selection):
        self.atlas, self.selection = atlas, selection
        self.twinnings = selection.twinnings(atlas, "level", "vn", "cn", "slugs")
        self.communities = self.twinnings.index[self.twinnings["level"].isin(["commune", "village"])]

    @staticmethod
    def any_of(scene: Scene, records: Iterable | pd.DataFrame) -> Scene | None:
        """The scene if there is any record."""
        return scene if len(tuple(records.index if isinstance(records, pd.DataFrame) else records)) else None

    def figures(self, programmes: tuple[str, ...] | None) -> pd.DataFrame:
        """The figures of some programmes, of all without any."""
        rows = self.selection.records(self.atlas, "figures")
        return rows if programmes is None else rows[rows["programme"].isin(programmes)]

    def parts(self, programmes: tuple[str, ...] | None) -> list[results.Composition]:
        """The totals of some programmes that have parts."""
        return results.compositions(self.atlas, self.figures(programmes))

    def flows(self, programmes: tuple[str, ...] | None) -> pd.DataFrame:
        """The figures that say from where to where."""
        rows = self.figures(programmes)
        return rows[(rows["origin"].map(len) > 0) & (rows["destination"].map(len) > 0) & rows["value"].notna()]

    def agreements(self, subjects: tuple[str, ...] | None) -> Sequence[str]:
        """The agreements on some subjects, on all without any."""
        rows = self.selection.records(self.atlas, "agreements")
        return list(rows.index if subjects is None else rows.index[rows["subject"].isin(subjects)])

    def events(self, chosen: Callable[[pd.DataFrame], pd.DataFrame]) -> list[str]:
        """The ids of the meetings and courses that are chosen, the newest first."""
        rows = chosen(self.selection.records(self.atlas, "events"))
        return list(rows["date_from"].sort_values(ascending=False, na_position="last", kind="stable").index)

    @property
    def series(self) -> list[str]:
        """The series of which a meeting passes."""
        rows = self.selection.records(self.atlas, "events")
        return list(rows["series"].dropna().unique())

    def ranked(self, programmes: tuple[str, ...] | None) -> list[results.Result]:
        """The results of which a scene of some programmes can speak, of all without any."""
        found = results.ranked(self.atlas, self.selection, programmes)
        return [one for one in found if results.own(one, self.selection)]

    def counted(self, programmes: tuple[str, ...]) -> pd.DataFrame:
        """The figures of some programmes that count persons."""
        rows = self.figures(programmes)
        return rows[(rows["measure"] == "persons") & (rows["rate"] == "total") & rows["value"].notna()]

    @property
    def along_border(self) -> list[str]:
        """The twinnings that have a place along the border."""
        rows = zip(self.twinnings.index, self.twinnings[["vn", "cn"]].to_dict("records"))
        away = {one: along.farthest(self.atlas, row) for one, row in rows}
        return [one for one, far in away.items() if far is not None and far <= along.REACH]

    @property
    def commitments(self) -> list[str]:
        """The commitments made in these papers and at these meetings."""
        rows = self.atlas.table("commitments")
        papers, events = (self.selection.records(self.atlas, one).index for one in ("agreements", "events"))
        return rows.index[rows["agreement"].isin(papers) | rows["event"].isin(events)].tolist()

    @property
    def lost(self) -> range:
        """One for each twinning that lost a unit by the day shown."""
        day = self.selection.day(self.atlas)
        return range(standing.count(self.atlas, self.twinnings.to_dict("records"), day).twinnings)

    def promised_since(self, series: str, day: date) -> tuple[str, ...]:
        """The papers and meetings of all that was agreed since the last session of a committee, the newest first.

        Since the one before it where nothing was, and so on.
        """
        rows = self.atlas.table("events")
        held = rows[(rows["series"] == series) & (rows["status"] == "held") & (rows["date_from"] <= day.isoformat())]
        for session in held["date_from"].sort_values(ascending=False, kind="stable").index:
            points = agreed.found(self.atlas, self.selection, agreed.Wanted(since=session))
            if len(points):
                return tuple(dict.fromkeys(points["paper"]))
        return ()


def _selection(atlas: Atlas, slugs: tuple[str, ...], asof: str | None) -> Selection:
    known = (*atlas.province_slugs, *atlas.region_slugs)
    for slug in slugs:
        if slug not in known:
            raise UnknownValue.of("province or region", slug, known)
    chosen = dict.fromkeys(slugs)
    return Selection(
        province=tuple(one for one in chosen if one in atlas.province_slugs),
        region=tuple(one for one in chosen if one in atlas.region_slugs),
        asof=asof,
    )


def _one_level(selection: Selection, rows: pd.DataFrame) -> Selection | None:
    """The first map shows one level: communes, otherwise the level of most twinnings."""
    levels = Counter(rows["level"])
    if len(levels) < 2:
        return None
    level = "commune" if levels["commune"] else levels.most_common(1)[0][0]
    return replace(selection, level=(level,))


def _counterparts(atlas: Atlas, selection: Selection, rows: pd.DataFrame) -> list[str]:
    """The Chinese units of a session: those selected, else those that most of its records name, the most first."""
    if selection.region:
        return [atlas.places.by_slug[slug] for slug in selection.region]
    if not selection.province:
        return []
    named = Counter(slug for slugs in rows["slugs"] for slug in sorted(slugs))
    found = [slug for slug in atlas.region_slugs if named[slug]]
    places = [atlas.places.by_slug[slug] for slug in sorted(found, key=lambda slug: -named[slug])]
    return [place for place in places if atlas.places[place]["kind"] in CHINESE]


def _standing(atlas: Atlas, slugs: tuple[str, ...], day: date) -> list[str]:
    """The units that send a delegation on a day: of one that has ended, those that stand in for it."""
    places = [atlas.places.by_slug[slug] for slug in slugs]
    return standing.all_of_today(atlas, places, day)


def _titled(
    atlas: Atlas,
    kind: Kind,
    selection: Selection,
    language: str,
    counterparts: list[str],
    scenes: tuple[Scene | None, ...],
) -> Session:
    """A session with its cover before and its decisions behind the scenes."""
    vn = [atlas.places.by_slug[slug] for slug in selection.province]
    return Session(
        kind,
        language,
        selection=selection,
        title=parties.title(atlas, kind, vn, counterparts),
        vn=Delegation(parties.delegation(atlas, _standing(atlas, selection.province, selection.day(atlas)))),
        cn=Delegation(parties.delegation(atlas, counterparts)),
        scenes=(Scene("cover"), *filter(None, scenes), Scene("decisions")),
    )


def _committee(atlas: Atlas, asked: Selection, day: date) -> str:
    """The committee to which most of the units belong; the first where none or as many belong to another."""
    slugs = {*asked.province, *asked.region}
    own = {atlas.places.by_slug[slug] for slug in slugs}
    units = {unit for place in own for unit in (place, *standing.of_today(atlas, place, day))}
    return max(
        COMMITTEES,
        key=lambda series: len(units & {row["place"] for row in atlas.series_members[series] if _belongs(row, day)}),
    )


def _belongs(row: dict, day: date) -> bool:
    begun = row["since"] is None or bounds(row["since"])[0] <= day
    return begun and (row["until"] is None or bounds(row["until"])[1] >= day)


def _next_session(atlas: Atlas, series: str, day: date) -> tuple[dict | None, int]:
    """The next session of a series if it is announced by a day, and the number that it has."""
    events = atlas.records("events", atlas.table("events").index)
    of_series = [row for row in events if row["series"] == series]
    last = next(iter(meetings.last_held(of_series, day)), None)
    number = int(last["ordinal"]) + 1 if last and not pd.isna(last["ordinal"]) else 1
    known = [row for row in of_series if row["id"] in atlas.table("events").index and _told(atlas, row, day)]
    ahead = meetings.announced(known, day, events)
    return next((row for row in ahead if row["ordinal"] == number), None), number


def _told(atlas: Atlas, event: dict, day: date) -> bool:
    """Whether an announcement had been made by a day."""
    since = atlas.table("events").at[event["id"], "since"]
    return since is None or since <= day.isoformat()
