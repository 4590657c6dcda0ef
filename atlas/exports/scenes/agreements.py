"""Agreements along the years."""

from dataclasses import dataclass
from datetime import date

from atlas.charts.timelines import year
from atlas.exports import summary
from atlas.exports.scenes import board
from atlas.exports.scenes.axis import HEIGHT, Axis
from atlas.exports.scenes.board import Box, Context, Disc, Item, Line, Picture, Room, Run, Text, clipped, runs
from atlas.exports.scenes.listing import cited, footnote, kept
from atlas.model import results
from atlas.model.outlook import terms
from atlas.model.session import Scene
from atlas.records.dates import bounds
from atlas.words import headings, values, vocabulary
from atlas.words.translator import IN_LISTS, Translator

LABOUR = "labour"
MOST_FIGURES, MOST_SUBJECTS = 2, 3
TITLES, WIDEST, FIGURES, APART = 0.46, 0.58, 0.28, 40  # shares of the width; units between columns
TITLE = 760  # units that titles have where that is not more than their widest share
MOST_LINES = 2  # of a title in each language
BETWEEN = 20  # units between rows
BAR, RADIUS = 22, 11  # height of a term, radius of a signature
TIME = board.NAME * board.LEADING  # height of what is said below a mark
LEAST = BAR + 6 + TIME  # height of a row
NARROWEST = 1500  # room in which figures stand beside


@dataclass(frozen=True)
class Row:
    """An agreement with its title as it is set and the height of its row."""

    agreement: dict
    title: tuple[Run, ...]
    height: float


def agreements(asked: Context, scene: Scene, room: Room) -> Picture | None:
    """The agreements on the subjects that the scene is about, on all without any; beside those on labour, two figures."""
    selection = asked.selection(scene)
    rows = selection.records(asked.atlas, "agreements")
    every = asked.atlas.records(
        "agreements", rows.index[rows["subject"].isin(scene.about)] if scene.about else rows.index
    )
    if not every:
        return None
    labour = LABOUR in scene.about and room.width >= NARROWEST
    ranked = results.ranked(asked.atlas, selection, (LABOUR,)) if labour else []
    figures = [one.row for one in ranked[:MOST_FIGURES]]
    lines = Room(room.x, room.y, room.width * (1 - FIGURES) - APART if figures else room.width, room.height)
    beside = Room(lines.right + APART, room.y, room.right - lines.right - APART, room.height)
    listed = _chosen(asked, every, selection.day(asked.atlas), lines)
    shown = [row.agreement for row in listed]
    return Picture(
        asked.say(lambda translate: _message(asked, every, translate)),
        (*_drawn(asked, listed, lines), *_figures(asked, figures, beside)),
        _subtitle(asked, every),
        footnote(asked, kept(shown, every), _hollow if any(row["status"] != "signed" for row in shown) else None),
        cited([*shown, *figures]),
        tuple(asked.voice.first.text(row, "title") for row in shown),
    )


def _message(asked: Context, every: list[dict], translate: Translator) -> str:
    subjects = {row["subject"] for row in every}
    subject = vocabulary.label(asked.atlas, "agreements.subject", every[0], translate) if len(subjects) == 1 else ""
    return headings.agreements(subject, len(every), sum(bool(row["valid_until"]) for row in every), translate)


def _subtitle(asked: Context, every: list[dict]) -> tuple[str, ...]:
    """The subjects where there are a few, and between which years the agreements were signed."""
    subjects = {row["subject"]: row for row in every}
    names = asked.say(
        lambda translate: translate.join(
            vocabulary.label(asked.atlas, "agreements.subject", row, translate) for row in subjects.values()
        )
    )
    years = sorted({row["signed_on"][:4] for row in every if row["signed_on"]})
    return (
        *(names if 1 < len(subjects) <= MOST_SUBJECTS else ()),
        *("–".join(dict.fromkeys([years[0], years[-1]])) for _ in years[:1]),
    )


def _hollow(translate: Translator) -> str:
    return translate("Hollow: agreed or planned; a signature is not reported.")


def _chosen(asked: Context, every: list[dict], day: date, room: Room) -> list[Row]:
    """The agreements of which there is room, in the order of their time.

    Those come first whose stated term runs on, then the newest, those whose term has ended, and those without a date.
    """
    over = {row["id"] for row in terms(every, day)[1]}

    def rank(row: dict) -> tuple[int, int]:
        begun = _begins(row)
        kind = 3 if not begun else 2 if row["id"] in over else 1 if not row["valid_until"] else 0
        return kind, -bounds(begun)[0].toordinal() if begun else 0

    width = _titles(room) - APART
    found: list[Row] = []
    free = room.height - HEIGHT
    for agreement in sorted(every, key=rank):
        title = _title(asked, agreement, width)
        row = Row(agreement, title, max(LEAST, board.height_of(title, width)) + BETWEEN)
        free -= row.height
        if found and free < 0:
            break
        found.append(row)
    return sorted(found, key=lambda row: _begins(row.agreement) or "9999")


def _titles(room: Room) -> float:
    return max(TITLES * room.width, min(TITLE, WIDEST * room.width))


def _title(asked: Context, agreement: dict, width: float) -> tuple[Run, ...]:
    said = runs(asked.say(lambda translate: translate.text(agreement, "title")), board.LABEL)
    return tuple(one for run in said for one in clipped((run,), width, MOST_LINES * run.size * board.LEADING))


def _begins(row: dict) -> str | None:
    """The partial date at which the row of an agreement begins: its term where that is stated, else its signature."""
    return row["valid_from"] or row["signed_on"] if row["valid_until"] else row["signed_on"] or row["valid_from"]


def _ends(row: dict) -> tuple[float, float]:
    """The begin and the end of an agreement's bar in years; its signature alone, in the middle of its time, without a term."""
    first, last = bounds(_begins(row) or row["valid_until"])
    if row["valid_until"]:
        return year(first), year(bounds(row["valid_until"])[1], 1)
    middle = year(first, (last - first).days / 2)
    return middle, middle


def _drawn(asked: Context, listed: list[Row], room: Room) -> list[Item]:
    left = room.x + _titles(room)
    dated = [row.agreement for row in listed if _begins(row.agreement) or row.agreement["valid_until"]]
    items: list[Item] = []
    axis = Axis.over((end for row in dated for end in _ends(row)), left, room.right - left) if dated else None
    if axis:
        items += axis.items(room.y)
    y = room.y + HEIGHT + BETWEEN / 2
    for row in listed:
        items.append(Line(((room.x, y - BETWEEN / 2), (room.right, y - BETWEEN / 2)), board.RULE, 1.5))
        items.append(Text(Room(room.x, y, _titles(room) - APART, row.height - BETWEEN), row.title))
        place = Room(left, y, room.right - left, row.height - BETWEEN)
        items += _time(asked, row.agreement, axis, place) if axis and row.agreement in dated else _undated(asked, place)
        y += row.height
    return items


def _undated(asked: Context, room: Room) -> list[Item]:
    said = asked.voice(lambda translate: translate("date of signature not stated"), " · ")
    run = Run(said, board.NAME, colour=board.QUIET)
    return [Text(room, clipped((run,), room.width, room.height))]


def _time(asked: Context, row: dict, axis: Axis, room: Room) -> list[Item]:
    """The bar of a stated term, or the mark of a signature, with its dates below it."""
    first, last = (axis.at(end) for end in _ends(row))
    signed = row["status"] == "signed"
    fill, line = (board.ACCENT, None) if signed else (board.PAPER, board.ACCENT)
    mark: Item = Disc(((first + last) / 2, room.y + BAR / 2), RADIUS, fill, board.ACCENT)
    if row["valid_until"]:
        mark = Box(Room(first, room.y, max(last - first, BAR / 2), BAR), fill, line)
    (said,) = clipped((Run(_dates(asked, row), board.NAME),), room.width, TIME)
    wide = min(room.width, board.width_of(said) + 4)
    x = min(max(room.x, (first + last - wide) / 2), room.right - wide)
    return [mark, Text(Room(x, room.y + BAR + 6, wide, TIME), (said,))]


def _dates(asked: Context, row: dict) -> str:
    """The term where it is stated, else the day of signature; each date once, and whether the end is inferred."""
    first = asked.voice.first
    if not row["valid_until"]:
        return first.date(_begins(row), IN_LISTS)
    if not row["valid_from"]:
        said = asked.voice(
            lambda translate: translate("until {day}", day=translate.date(row["valid_until"], IN_LISTS)), " · "
        )
    else:
        said = first.period(row["valid_from"], row["valid_until"], IN_LISTS)
    if row["valid_until_inferred"]:
        return f"{said} {asked.voice(lambda translate: translate('(end inferred)'), ' ')}"
    return said


def _figures(asked: Context, figures: list[dict], room: Room) -> list[Item]:
    """Each figure by itself under the other: they share no axis."""
    items: list[Item] = []
    each = room.height / max(1, len(figures))
    for at, row in enumerate(figures):
        y = room.y + at * each
        number = Run(summary.number(row, asked.voice), board.VALUE, True, board.ACCENT)
        said = (
            *runs(asked.say(lambda translate, row=row: translate.text(row, "title")), board.LABEL, bold=False),
            *(
                Run(one, board.SOURCE, colour=board.QUIET)
                for one in asked.say(lambda translate, row=row: values.when(row, translate, IN_LISTS))
            ),
        )
        high = board.VALUE * board.LEADING
        items.append(Line(((room.x, y), (room.right, y)), board.ACCENT, 3))
        items.append(Text(Room(room.x, y + 8, room.width, high), (number,)))
        below = Room(room.x, y + 8 + high, room.width, each - high - 12)
        items.append(Text(below, clipped(said, below.width, below.height)))
    return items
