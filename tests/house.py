"""The figures of the house, printed: `python -m tests.house` (or `make figures`).

A room is a folder of Python code with the folders in it, or a module that stands in the root of the library; an arrow
is one room importing from another; floors are the rooms on the longest way down. Imports that only annotations need do
not count.
"""

import subprocess
import sys
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import grimp

from atlas import ROOT

PACKAGES = ("pages", "ui", "server", "atlas")
LONGEST_FILE = 400  # lines
MOST_BRANCHES = 12  # of one function, as McCabe counts them


def rooms() -> dict[str, set[str]]:
    """The rooms, each with those from which it imports."""
    graph = grimp.build_graph(*PACKAGES, exclude_type_checking_imports=True, cache_dir=None)

    def room(module: str) -> str:
        root, *inner = module.split(".")
        return ".".join([root, *inner[:1]]) if root == "atlas" else root

    found: dict[str, set[str]] = {room(module): set() for module in graph.modules}
    for module in graph.modules:
        found[room(module)] |= {room(other) for other in graph.find_modules_directly_imported_by(module)}
    return {name: below - {name} for name, below in found.items()}


def cycles(below: dict[str, set[str]]) -> list[list[str]]:
    """Groups of rooms that need each other, the first one found; none in a house that stands."""
    try:
        TopologicalSorter(below).prepare()
    except CycleError as error:
        return [error.args[1]]
    return []


def floors(below: dict[str, set[str]]) -> int:
    """How many rooms stand on the longest way down."""

    @cache
    def height(room: str) -> int:
        return 1 + max((height(one) for one in below[room]), default=0)

    return max(height(room) for room in below)


def lines(*suffixes: str) -> dict[Path, int]:
    """How long the files of library, server, pages and browser are."""
    found = [path for folder in (*PACKAGES, "assets") for path in sorted((ROOT / folder).rglob("*"))]
    return {
        path.relative_to(ROOT): len(path.read_text("utf-8").splitlines()) for path in found if path.suffix in suffixes
    }


def branching() -> list[str]:
    """Functions with more branches than allowed, as "file:line:column: …"."""
    command = ["check", "--isolated", "--select=C901", "--output-format=concise", "--quiet"]
    limit = ["--config", f"lint.mccabe.max-complexity={MOST_BRANCHES}"]
    answer = subprocess.run(
        [Path(sys.executable).with_name("ruff"), *command, *limit, *PACKAGES, "app.py"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    return answer.stdout.splitlines()


def type_errors() -> list[str]:
    """What the type check finds, one a line."""
    answer = subprocess.run([sys.executable, "-m", "mypy"], cwd=ROOT, capture_output=True, text=True)
    return [line for line in answer.stdout.splitlines() if ": error:" in line]


def main() -> None:
    """Print every figure, with what stands behind it where there is too much."""
    below = rooms()
    circles = cycles(below)
    long = [f"{path}: {length} lines" for path, length in lines(".py", ".js", ".css").items() if length > LONGEST_FILE]
    figures = {
        "rooms": len(below),
        "floors": "no end" if circles else floors(below),
        "arrows": sum(len(others) for others in below.values()),
        "cycles": [" > ".join(circle) for circle in circles],
        f"functions with more than {MOST_BRANCHES} branches": branching(),
        f"files of more than {LONGEST_FILE} lines": long,
        "lines of atlas, server, ui and pages": sum(lines(".py").values()),
        "type errors": type_errors(),
    }
    for name, figure in figures.items():
        print(f"{name}: {len(figure) if isinstance(figure, list) else figure}")
        for one in figure if isinstance(figure, list) else ():
            print(f"  {one}")


if __name__ == "__main__":
    main()
