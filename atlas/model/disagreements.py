"""What each point on which sources disagree is about: its topics, and the provinces and prefectures it concerns."""

from collections.abc import Iterable

from atlas.model import topics
from atlas.model.atlas import Atlas, cached
from atlas.model.topics import Topic

# as the pages have them; the last is that of points that concern no record of the others
TOPICS = ("twinnings", "study", "training", "labour", "meetings", "places")
PAGES = {"study": topics.SCHOLARSHIPS, "training": topics.TRAINING, "labour": topics.LABOUR}
DECIDED_BY = {"figures": "programme", "events": "kind", "agreements": "subject"}
RECORDS = ("twinnings", *DECIDED_BY)  # the columns that name records


@cached(1)
def by_topic(atlas: Atlas) -> dict[str, frozenset[str]]:
    """The ids of the points of each of :data:`TOPICS`; a point that concerns records of several stands in each."""
    rows = {row["id"]: _topics(atlas, row) for row in atlas.table("discrepancies").to_dict("records")}
    return {topic: frozenset(one for one, found in rows.items() if topic in found) for topic in TOPICS}


@cached(1)
def by_unit(atlas: Atlas) -> dict[str, frozenset[str]]:
    """The ids of the points that concern each province, region or prefecture, by slug: by their places or their records."""
    found: dict[str, set[str]] = {}
    for row in atlas.table("discrepancies").to_dict("records"):
        slugs = set(atlas.places.slugs(place for place in row["places"] if place in atlas.places))
        for table in RECORDS:
            slugs.update(*(one["slugs"] for one in atlas.records(table, row[table])))
        for slug in slugs:
            found.setdefault(slug, set()).add(row["id"])
    return {slug: frozenset(ids) for slug, ids in found.items()}


def chosen(atlas: Atlas, topic: str | None, slugs: Iterable[str]) -> list[str]:
    """The ids of the points of a topic (None: of any) that concern any of the units (none given: all), as in the table."""
    of_topic = by_topic(atlas)[topic] if topic else frozenset(atlas.table("discrepancies").index)
    of_unit = [by_unit(atlas).get(slug, frozenset()) for slug in slugs]
    kept = of_topic & frozenset().union(*of_unit) if of_unit else of_topic
    return [one for one in atlas.table("discrepancies").index if one in kept]


def _topics(atlas: Atlas, row: dict) -> set[str]:
    found = {"twinnings"} if row["twinnings"] else set()
    for table, column in DECIDED_BY.items():
        found |= {_topic(table, record[column]) for record in atlas.records(table, row[table])}
    return found or {"places"}


def _topic(table: str, value: str) -> str:
    if table == "agreements" and value == "twinning":
        return "twinnings"
    return next((name for name, page in PAGES.items() if value in _values(page, table)), "meetings")


def _values(page: Topic, table: str) -> tuple[str, ...]:
    return {"figures": page.programmes, "events": page.kinds, "agreements": page.subjects}[table] or ()
