"""Colours, one meaning each."""

# of text, of text that stands back, of rules, of what has no colour of its own; assets/*.css have the same
INK, FAINT, LINE, GREY = "#22303a", "#51606b", "#c3c9cc", "#5a5a5a"
# of rivers and of their names, which are read
RIVER, RIVER_NAME = "#9fbdd0", "#3f6e8c"
# of the land border
BORDER = "#4b4453"
# of links and key numbers, of lines behind a chart, of what no source says of a total, of paper
ACTION, GRID, REST, WHITE = "#0b5c8a", "#dfe4e7", "#e3e8eb", "#ffffff"

# a topic has a hue that no level of twinnings has, its programmes have shades of it; provinces are named, never coloured
STUDY, TRAINING, LABOUR = "#4a2f8f", "#9b1d3f", "#5c6b00"
PROGRAMME_COLOURS = {
    "scholarship": STUDY,
    "student_exchange": "#7a5cc4",
    "language_training": "#9478d4",
    "cadre_training": TRAINING,
    "vocational_training": "#c9506f",
    "labour": LABOUR,
    "cooperation": GREY,
    "health": "#006d7e",
    "other": "#000000",
}
MEETING = "#24364b"  # of whatever series: the series are told apart by their names
DEGREES = ("undergraduate", "master", "doctoral", "postgraduate", "vocational", "language")
PART_COLOURS = {
    "undergraduate": STUDY,
    "master": "#7a5cc4",
    "doctoral": "#9478d4",
    "postgraduate": "#a894de",
    "vocational": "#c3b4ea",
    "language": "#ddd3f5",
    "graduated": STUDY,
    "studying": "#7a5cc4",
}
# 4.5:1 on the land at least
LEVEL_COLOURS = {
    "province": "#0b4f8a",
    "prefecture": "#2b7bba",
    "district": "#00795a",
    "commune": "#b84a00",
    "village": "#7a5a00",
    "border_guard": "#9c4a80",
    "organisation": "#4d4d4d",
    "border_gate": "#000000",
}
UNKNOWN = WHITE
# behind the cells of a contribution, by what was found there: calm, and black is read on each
FOUND = {"error": "#f6d8bd", "reading": "#f5edae", "twin": "#dcd5ef", "note": "#d9e6ee"}


def part_colour(row: dict, by_outcome: bool) -> str:
    """The colour of a figure as a part of a total; that of what is not known where no source says what became of it."""
    part = row["outcome"] if by_outcome and row["category"] not in DEGREES else row["category"]
    return PART_COLOURS.get(part, UNKNOWN)


def ink_on(background: str) -> str:
    """Black or white, whichever is read on a colour (#rrggbb)."""
    red, green, blue = (int(background[place : place + 2], 16) for place in (1, 3, 5))
    return WHITE if 0.299 * red + 0.587 * green + 0.114 * blue < 140 else "#000000"
