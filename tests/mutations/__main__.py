"""The command: ``python -m tests.mutations workbooks|seeds FIRST [LAST]``."""

import sys
from collections import Counter
from functools import partial
from types import ModuleType

from tests.mutations import seeds, workbooks
from tests.mutations.apart import tried

BOUNDS = {workbooks: (6, 300), seeds: (120, 1_500)}  # seconds of a processor and megabytes


def main(kind: ModuleType, first: int, last: int) -> int:
    """Try the numbers from the first up to the last; print what fails, and how many held."""
    seconds, megabytes = BOUNDS[kind]
    kind.prepare()
    counted: Counter[str] = Counter()
    alone = last == first + 1
    for number in range(first, last):
        outcome = tried(partial(kind.attempt, number, whole=alone), seconds * 4)
        fault = outcome.fault(seconds, megabytes)
        counted["fault" if fault else outcome.said.split(": ")[1]] += 1
        if fault or alone:
            print(f"\n{number}: {fault or outcome}", flush=True)
    print(", ".join(f"{what}: {count}" for what, count in counted.most_common()))
    return 1 if counted["fault"] else 0


if __name__ == "__main__":
    name, begin, *end = sys.argv[1:]
    kinds = {one.__name__.rpartition(".")[2]: one for one in BOUNDS}
    sys.exit(main(kinds[name], int(begin), int(end[0]) if end else int(begin) + 1))
