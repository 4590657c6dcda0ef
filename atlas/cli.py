"""``python -m atlas``: check, build and count the records from the command line."""

import argparse
import json
import os
import sys
from pathlib import Path

from tqdm import tqdm

from atlas import DATA, ROOT, SEEDS, records, store
from atlas import build as building


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code: 0 fine, 1 hard errors, 2 remarks (or wrong usage)."""
    parser = argparse.ArgumentParser(prog="python -m atlas", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, function, explanation in (
        ("validate", validate, "check seeds/ for hard errors; exit 1 when there are any"),
        ("check", check, "list what looks doubtful in seeds/; exit 2 when there is any"),
        ("build", build, "turn seeds/ into data/"),
        ("dictionary", dictionary, "write docs/data-dictionary.md from the schema of seeds/"),
        ("stats", stats, "count what the built atlas holds"),
    ):
        command = commands.add_parser(name, help=explanation, description=explanation)
        command.set_defaults(function=function)
        if name == "stats":
            command.add_argument("--json", action="store_true", help="print the counts as JSON")
    options = parser.parse_args(arguments)
    return options.function(options)


def validate(options) -> int:
    """Print every hard error of the seeds."""
    problems = records.validate(os.path.relpath(SEEDS))
    for problem in problems:
        print(problem)
    print(f"{len(problems)} errors" if problems else "seeds/ is valid", file=sys.stderr)
    return 1 if problems else 0


def check(options) -> int:
    """Print every soft remark on the seeds."""
    if validate(options):
        return 1
    remarks = records.check(os.path.relpath(SEEDS))
    for remark in remarks:
        print(remark)
    return 2 if remarks else 0


def build(options) -> int:
    """Build data/, showing progress; on hard errors data/ stays as it was."""
    with tqdm(total=100, bar_format="{l_bar}{bar}| {desc}", disable=None) as bar:

        def progress(step: str, share: float) -> None:
            bar.set_description_str(step, refresh=False)
            bar.update(round(share * 100) - bar.n)

        try:
            building.build(Path(os.path.relpath(SEEDS)), DATA, progress)
        except records.InvalidRecords as error:
            for problem in error.problems:
                print(problem)
            print(f"{len(error.problems)} errors; data/ stays as it was", file=sys.stderr)
            return 1
    return 0


def dictionary(options) -> int:
    """Write the data dictionary."""
    building.write(ROOT / "docs" / "data-dictionary.md", records.dictionary(SEEDS))
    return 0


def stats(options) -> int:
    """Print counts of the built atlas."""
    try:
        counts = building.statistics(store.load())
    except store.DamagedData as error:
        print(f"{error}; run: python -m atlas build", file=sys.stderr)
        return 1
    print(
        json.dumps(counts, ensure_ascii=False, indent=1)
        if options.json
        else "\n".join(f"{name}: {value}" for name, value in counts.items())
    )
    return 0
