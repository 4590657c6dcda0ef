"""The words of the command line: commands, what they take, and what is said of them."""

import argparse
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from atlas import LANGUAGES
from atlas.cli import inbox
from atlas.exports import formats
from atlas.model import readymade
from atlas.model.audience import AUDIENCES
from atlas.model.selection import POINTS
from atlas.words import voice

FILTERS = ("province", "region", "level", "from", "to", "undated", "confidence", "q", "asof", "seen", "changed")
READYMADE = {"education": readymade.education, "twinning": readymade.twinning, "committee": readymade.committee}


def parser(functions: Mapping[str, Callable[[argparse.Namespace], int | None]], about: str) -> argparse.ArgumentParser:
    """What reads the words after ``python -m atlas``; ``function`` of its answer is what does the command.

    :param functions: by their names.
    """
    parser = argparse.ArgumentParser(prog="python -m atlas", description=about)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, function: str, explanation: str, group: Any = commands) -> argparse.ArgumentParser:
        added = group.add_parser(name, help=explanation, description=explanation)
        added.set_defaults(function=functions[function])
        return added

    for checking in (
        command("validate", "validate", "check seeds/ for hard errors; exit 1 when there are any"),
        command("check", "check", "list what looks doubtful in seeds/; exit 2 when there is any"),
    ):
        checking.add_argument("--lang", choices=LANGUAGES, default="en", help="language of what is found")
    command("build", "build_data", "turn seeds/ into data/")
    command("dictionary", "dictionary", "write docs/data-dictionary.md from the schema of seeds/")
    command("release", "release", "keep the records of seeds/ as a release in seeds/history/, where they have changed")
    differing = command("diff", "diff", "tell what changed between two versions of the records")
    versions = "a release by its day, today, since-last-session (the newest release before it), or a built data folder"
    differing.add_argument("a", help=versions)
    differing.add_argument("b", nargs="?", default="today", help="the later one (today)")
    differing.add_argument("--series", help="the series of meetings whose last session is meant; any if left out")
    differing.add_argument("--json", action="store_true", help="print everything as JSON")
    stats_command = command("stats", "stats", "count what the built atlas holds")
    stats_command.add_argument("--json", action="store_true", help="print the counts as JSON")

    exports = command("export", "export", "write one file of a selection")
    exports.add_argument(
        "kind",
        choices=formats.KINDS,
        help="border-…: along the border; sheet-pdf: map and index of places on A3; wall-a2, wall-a1, wall-a0: the same "
        "on one sheet for the wall (PDF); html: a hand-out to read, of a session a file to present from without a server; "
        "site: the whole atlas as one file, which opens with the selection",
    )
    exports.add_argument("out", type=Path, help="the file to write; its name ends as its kind does")
    exports.add_argument(
        "--table", help="for a .csv file: the one table that it holds (twinnings); a .zip holds all of them"
    )
    exports.add_argument(
        "--session", type=Path, help="the session that the file follows: its language, audience and filters hold"
    )
    exports.add_argument("--template", type=Path, help="your office's own template, into which the file is poured")
    exports.add_argument(
        "--unit",
        action="append",
        help="for letters-docx: the id of the unit of today whose letter is written; again for more",
    )
    _shared(exports)

    making = command("session", "session", "write a ready-made session, to be edited on the page or exported")
    making.add_argument("kind", choices=READYMADE)
    making.add_argument("file", type=Path, help="where to write it; its name ends in .json")
    making.add_argument("--lang", choices=voice.LANGUAGES, default="vi-zh", help="the host's language first")
    making.add_argument("--audience", choices=AUDIENCES, default="both", help="for whom its papers are")
    making.add_argument("--asof", type=date.fromisoformat, metavar="YYYY-MM-DD", help="the day that it shows")
    for name in ("province", "region"):
        making.add_argument(f"--{name}", action="append", default=[], help="a member, as in the address of the page")

    comparison = command("compare", "compare", "write two provinces, Chinese sides, days or periods side by side")
    comparison.add_argument("a", help="a province, Chinese side, day or period as in the address of the page")
    comparison.add_argument("b", help="what it is compared with, of the same kind")
    comparison.add_argument("out", type=Path, help=f"the file to write: {', '.join(formats.COMPARISONS)}")
    _shared(comparison)

    reporting = command("report", "report", "write what was agreed since a session, and what sources say of each point")
    reporting.add_argument("since", help="id of the session since which, as in the address of the page")
    reporting.add_argument("out", type=Path, help=f"the file to write: {', '.join(formats.REPORTS)}")
    for name in POINTS:
        reporting.add_argument(f"--{name}", action="append", help="as in the address of the page; again for more")
    _shared(reporting)

    contribute = commands.add_parser("contribute", help="the workbook for contributions, and its checks")
    of_contribute = contribute.add_subparsers(required=True, metavar="COMMAND")
    blank = command(
        "template",
        "contribute_template",
        "write the workbook to fill in, blank or with records as they stand",
        of_contribute,
    )
    blank.add_argument("file", type=Path, help="where to write it (XLSX)")
    blank.add_argument("--lang", choices=LANGUAGES, default="en", help="language of the explanations")
    blank.add_argument(
        "--unit", action="append", default=[], help="id or name of a place whose records stand in it; again for more"
    )
    blank.add_argument("--series", action="append", default=[], help="a series of meetings whose records stand in it")
    _filters(blank)
    filled = command(
        "check", "contribute_check", "check a filled workbook and write its rows for review", of_contribute
    )
    filled.add_argument("file", type=Path, help="the filled workbook (XLSX)")
    filled.add_argument("--out", required=True, type=Path, help="new folder for one CSV file a table")
    filled.add_argument("--lang", choices=LANGUAGES, default="en", help="language of what is found")
    filled.add_argument(
        "--confirm",
        action="append",
        default=[],
        metavar="SHEET!CELL",
        help="take the reading that is offered for a cell, such as twinnings!C7; again for more",
    )

    dressing = commands.add_parser("template", help="the template of slides, and the check of an office's own")
    of_template = dressing.add_subparsers(required=True, metavar="COMMAND")
    plain = command("write", "template_write", "write the template of the atlas, to be made your own", of_template)
    own = command("check", "template_check", "say which layout or placeholder your own template lacks", of_template)
    plain.add_argument("file", type=Path, help="where to write it (PPTX)")
    own.add_argument("file", type=Path, help="your office's template of slides (.pptx) or letterhead (.docx)")

    naming = command("recognise", "recognise", "say which places the names of a list mean, as CSV")
    naming.add_argument(
        "file", help="text or CSV in UTF-8, a name a line, with the unit above it after a tab; - reads the input"
    )
    naming.add_argument("--lang", choices=LANGUAGES, default="en", help="language of the table")
    naming.add_argument("--in", dest="unit", metavar="PLACE", help="id or name of the unit in which the places lie")
    naming.add_argument("--asof", type=date.fromisoformat, metavar="YYYY-MM-DD", help="the day on which they exist")

    receiving = commands.add_parser("inbox", help="what offices have handed in, and its way into the records")
    of_inbox = receiving.add_subparsers(required=True, metavar="COMMAND")
    listing = command("list", "inbox_list", "list the hand-ins on which something is still to be done", of_inbox)
    listing.add_argument("--all", action="store_true", help="those that have ended too")
    showing = command(
        "show", "inbox_show", "print a hand-in, what was decided on it, and what contradicts it", of_inbox
    )
    showing.add_argument("id", help="as `inbox list` prints it")
    applying = command(
        "apply", "inbox_apply", "make accepted entries a commit of the records, and build data/", of_inbox
    )
    applying.add_argument("id", nargs="*", help="as `inbox list` prints it; all hand-ins if left out")
    for one in (listing, showing, applying):
        inbox.add_arguments(one, writes=one is applying)

    publishing = command("publish", "publish", "write the built atlas to a PostgreSQL store that replicas read")
    publishing.add_argument("url", help="address of the database, e.g. postgresql://atlas@db/atlas")

    boundaries = commands.add_parser("boundaries", help="make, replace or measure the boundary layers")
    of_boundaries = boundaries.add_subparsers(required=True, metavar="COMMAND")
    command("build", "boundaries_build", "make every layer again from the open packages", of_boundaries)
    command("report", "boundaries_report", "print the measured quality of the layers as Markdown", of_boundaries)
    official = command("import", "boundaries_import", "replace approximate areas by an official survey", of_boundaries)
    official.add_argument("file", type=Path, help="GeoPackage, GeoJSON or Shapefile in any CRS that it declares")
    official.add_argument("--level", required=True, choices=("province", "district", "commune"))
    official.add_argument("--code-column", required=True, help="column with the codes of the statistics office")
    official.add_argument("--valid-from", required=True, type=date.fromisoformat, metavar="YYYY-MM-DD")
    official.add_argument("--source", required=True, help="who surveyed the boundaries, and when")
    official.add_argument("--layer", help="which layer of a GeoPackage, where several have areas")
    official.add_argument("--encoding", help="of the texts of a Shapefile, such as UTF-8, GB18030, TCVN3, VNI")
    official.add_argument("--crs", help="the CRS of the coordinates, instead of the one that the file declares")
    official.add_argument(
        "--accept-offset", action="store_true", help="the survey is right though it lies off the border"
    )
    official.add_argument("--dry-run", action="store_true", help="say what would change and write nothing")
    official.add_argument("--lang", choices=LANGUAGES, default="en", help="language of what is found")
    return parser


def _shared(command: argparse.ArgumentParser) -> None:
    """The options of every file of a selection."""
    command.add_argument("--lang", choices=voice.LANGUAGES, default="en", help="vi-zh, zh-vi: both below each other")
    command.add_argument(
        "--proposed-names", choices=("show", "hide"), default="show", help="Chinese names that no source prints"
    )
    command.add_argument(
        "--audience",
        choices=AUDIENCES,
        help="both: without contradictions, low confidence and irregular crossings, as slides, briefing, hand-out and "
        "pictures are unless this says own; tables hold everything unless this says both",
    )
    _filters(command)


def _filters(command: argparse.ArgumentParser) -> None:
    for name in FILTERS:
        command.add_argument(f"--{name}", action="append", default=[], help="as in the address of the page")
