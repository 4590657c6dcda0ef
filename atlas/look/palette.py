"""Colours, one meaning each."""

# of text, of text that stands back, of rules, of what has no colour of its own; assets/*.css have the same
INK, FAINT, LINE, GREY = "#22303a", "#51606b", "#c3c9cc", "#5a5a5a"

# Okabe–Ito; a province and the one that took its place have one colour
PROVINCE_COLOURS = {
    "vn-22": "#0072b2",
    "vn-20": "#e69f00",
    "vn-04": "#009e73",
    "vn-02": "#d55e00",
    "vn-08-2025": "#d55e00",
    "vn-10": "#cc79a7",
    "vn-15-2025": "#cc79a7",
    "vn-12": "#56b4e9",
    "vn-11": "#8a6d00",
}
PROGRAMME_COLOURS = {
    "scholarship": "#0072b2",
    "student_exchange": "#56b4e9",
    "language_training": "#8a6d00",
    "cadre_training": "#cc79a7",
    "vocational_training": "#009e73",
    "labour": "#d55e00",
    "cooperation": GREY,
    "health": "#e69f00",
    "other": "#000000",
}
MEETING = "#5b3a99"  # of whatever series
SERIES_COLOURS = {
    "spring_meeting": "#d55e00",
    "joint_working_committee": "#0072b2",
    "education_conference": "#e69f00",
    "yunnan_secretaries_conference": "#009e73",
    "yunnan_joint_working_group": "#cc79a7",
    "border_defence_exchange": "#56b4e9",
    "courts_conference": "#8a6d00",
    "procuracies_conference": "#4b3f8f",
    "justice_conference": "#8f2d56",
    "customs_talks_nanning": "#2f6f4f",
    "customs_talks_kunming": "#7fb069",
    "youth_meeting": "#c2185b",
}
DEGREES = ("undergraduate", "master", "doctoral", "postgraduate", "vocational", "language")
PART_COLOURS = {
    "undergraduate": "#0072b2",
    "master": "#e69f00",
    "doctoral": "#d55e00",
    "postgraduate": "#cc79a7",
    "vocational": "#009e73",
    "language": "#8a6d00",
    "graduated": "#009e73",
    "studying": "#56b4e9",
}
UNKNOWN = "#ffffff"


def part_colour(row: dict, by_outcome: bool) -> str:
    """The colour of a figure as a part of a total."""
    return PART_COLOURS[row["outcome"] if by_outcome and row["category"] not in DEGREES else row["category"]]


def ink_on(background: str) -> str:
    """Black or white, whichever is read on a colour (#rrggbb)."""
    red, green, blue = (int(background[place : place + 2], 16) for place in (1, 3, 5))
    return "#ffffff" if 0.299 * red + 0.587 * green + 0.114 * blue < 140 else "#000000"
