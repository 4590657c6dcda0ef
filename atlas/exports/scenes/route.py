"""A course or a visit: how many, how long, the cities in their order with what was seen there, and its topics."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pandas as pd

from atlas.exports.scenes import blocks, board
from atlas.exports.scenes.board import Context, Disc, Item, Line, Picture, Room, Run, Text, clipped, runs, width_of
from atlas.exports.scenes.listing import cited
from atlas.model.selection import Selection
from atlas.model.session import Scene
from atlas.records.dates import bounds
from atlas.words import messages, values
from atlas.words.translator import Translator

FACTS = 104  # how high the numbers above the line are
NUMBER = 78  # their size
STOP = 34  # radius of the mark of a stop
TOPICS = 170  # how high a room is kept for topics
LEAST = 150  # how high a room must be for them
MOST_STOPS = 8


@dataclass
class Stop:
    """A place of a route, and what was visited in it."""

    place: str
    visited: list[str] = field(default_factory=list)


def route(asked: Context, scene: Scene, room: Room) -> Picture | None:
    """The event that the scene names, or the latest course of the selection with a route, otherwise any event with one."""
    event = _event(asked, scene)
    if event is None:
        return None
    stops = _stops(asked, event)
    table = asked.atlas.table("figures")
    figures = asked.atlas.records("figures", table.index[table["event"] == event["id"]])
    facts = _facts(asked, event, figures, stops)
    top = _numbers(asked, facts, room)
    line = _line(asked, stops, Room(room.x, room.y + FACTS, room.width, room.height - FACTS))
    topics = blocks.fields(asked, figures, "theme")
    return Picture(
        asked.say(lambda one: _message(asked, event, facts, one)),
        (*top, *line.items, *_below(asked, event, topics, room, line.bottom + 14)),
        asked.say(lambda one: _when_and_where(asked, event, one)),
        sources=cited([event, *figures]),
        notes=tuple(filter(None, (asked.voice.first.text(event, "outcomes"), asked.voice.first.text(event, "note")))),
    )


def _event(asked: Context, scene: Scene) -> dict | None:
    selection = asked.selection(scene)
    rows = (Selection(asof=selection.asof) if scene.about else selection).records(asked.atlas, "events")
    if scene.about:
        rows = rows[rows.index.isin(scene.about)]
    rows = rows[(rows["route"].map(len) > 0) & (rows["status"] == "held")]
    if rows.empty:
        return None
    courses = rows[rows["kind"] == "training_course"]
    latest = (rows if courses.empty else courses).sort_values("date_from", kind="stable", na_position="first")
    return asked.atlas.records("events", latest.index[-1:])[0]


def _stops(asked: Context, event: dict) -> list[Stop]:
    """The cities of a route in their order; an institution belongs to the city in which it lies."""
    places = asked.atlas.places
    stops: list[Stop] = []
    for one in event["route"]:
        city = next(unit for unit in places.lineage(one) if places[unit]["kind"] != "institution")
        if not stops or (stops[-1].place != city and city != places[stops[-1].place]["parent"]):
            stops.append(Stop(city))
        if one != city:
            stops[-1].visited.append(one)
    if event["place"] and stops and event["place"] != stops[0].place and stops[0].place in places.lineage(event["place"]):  # fmt: skip
        stops[0].visited.insert(0, event["place"])
    return stops[:MOST_STOPS]


Fact = tuple[str, int, str]  # a number in figures, how many it stands for, and what it counts


def _facts(asked: Context, event: dict, figures: Sequence[dict], stops: Sequence[Stop]) -> list[Fact]:
    """Persons as a record counts them, days where both dates are known, places of the route."""
    facts: list[Fact] = []
    persons = [row for row in figures if row["measure"] == "persons" and pd.notna(row["value"]) and not row["part_of"]]
    facts += [(blocks.figure_of(asked, row), int(row["value"]), "persons") for row in persons[:1]]
    if days := _days(event):
        facts.append((str(days), days, "days"))
    cities = all(asked.atlas.places[stop.place]["kind"] == "prefecture" for stop in stops)
    return [*facts, (str(len(stops)), len(stops), "cities" if cities else "places")]


def _days(event: dict) -> int | None:
    dates = (event["date_from"], event["date_to"])
    if event["date_inferred"] or not all(date and len(date) == len("2024-11-04") for date in dates):
        return None
    first, last = (bounds(date)[0] for date in dates)
    return (last - first).days + 1


def _counted(fact: Fact, translate: Translator) -> str:
    value, n, counted = fact
    match counted:
        case "persons":
            return translate.plural("{value} person", "{value} persons", n, value=value)
        case "days":
            return translate.plural("{n} day", "{n} days", n)
        case "cities":
            return translate.plural("{n} city", "{n} cities", n)
    return translate.plural("{n} place", "{n} places", n)


def _message(asked: Context, event: dict, facts: Sequence[Fact], translate: Translator) -> str:
    listed = translate.join(_counted(fact, translate) for fact in facts)
    return translate("{name}: {value}", name=translate.text(event, "title"), value=listed)


def _when_and_where(asked: Context, event: dict, translate: Translator) -> str:
    place = messages.place(asked.atlas, event["place"], translate.language) if event["place"] else ""
    return translate.join(filter(None, (values.event_date(event, translate), place)))


def _numbers(asked: Context, facts: Sequence[Fact], room: Room) -> tuple[Item, ...]:
    """A number each with its word beside it."""
    items: list[Item] = []
    for fact, place in zip(facts, blocks.columns(room, 3)):
        number = Run(fact[0], NUMBER, True, board.ACCENT)
        wide = width_of(number) * 1.03
        words = asked.say(lambda one, fact=fact: _counted(fact, one).replace(fact[0], "", 1).strip())
        beside = Room(place.x + wide + 20, place.y, place.width - wide - 20, NUMBER * board.LEADING)
        items.append(Text(Room(place.x, place.y, wide + 4, NUMBER * board.LEADING), (number,)))
        items.append(Text(beside, clipped(runs(words, board.BODY), beside.width, beside.height), anchor="middle"))
    return tuple(items)


def _line(asked: Context, stops: Sequence[Stop], room: Room) -> blocks.Block:
    """Numbered stops on a line, below each its name and what was visited there."""
    y = room.y + STOP
    places = blocks.columns(room, max(len(stops), 2))
    items: list[Item] = []
    if len(stops) > 1:
        items.append(Line(((room.x + STOP, y), (places[len(stops) - 1].x + STOP, y)), board.ACCENT, 6))
    bottom = y + STOP
    for number, (stop, place) in enumerate(zip(stops, places), start=1):
        mark = Room(place.x, room.y, 2 * STOP, 2 * STOP)
        items += [
            Disc((place.x + STOP, y), STOP),
            Text(mark, (Run(str(number), board.BODY, True, board.PAPER),), align="middle", anchor="middle"),
        ]
        words = Room(place.x, y + STOP + 12, place.width, max(0, room.bottom - y - STOP - 12 - TOPICS))
        said = clipped(_said(asked, stop), words.width, words.height)
        items.append(Text(words, said))
        bottom = max(bottom, words.y + board.height_of(said, words.width))
    return blocks.Block(tuple(items), bottom)


def _said(asked: Context, stop: Stop) -> tuple[Run, ...]:
    name = runs(asked.say(lambda one: messages.place(asked.atlas, stop.place, one.language)), board.BODY)
    visited = (
        Run(" · ".join(asked.say(lambda one, place=place: asked.atlas.places.name(place, one.language))), board.NAME)
        for place in stop.visited
    )
    return (*name, *visited)


def _below(asked: Context, event: dict, topics: Sequence[str], room: Room, y: float) -> tuple[Item, ...]:
    """The topics in two columns, as many as the room holds; where none is named, what the event brought."""
    told = asked.say(lambda one: one.text(event, "outcomes"))
    if room.bottom - y < LEAST or not (topics or any(told)):
        return ()
    line = blocks.rule(Room(room.x, y, room.width, 0))
    under = Room(room.x, y + 12, room.width, room.bottom - y - 12)
    if not topics:
        return (line, Text(under, clipped(runs(told, board.BODY, board.LABEL, bold=False), under.width, under.height)))
    head = blocks.heading(asked, lambda one: one("Topics"), under)
    half = -(-len(topics) // 2)
    below = Room(room.x, head.bottom + 2, room.width, room.bottom - head.bottom - 2)
    listed = zip(blocks.columns(below, 2), (topics[:half], topics[half:]))
    return (line, *head.items, *(Text(place, blocks.fitting(some, board.NAME, place)) for place, some in listed))
