"""All benchmarks, one after the other: ``make bench``."""

from benchmarks import (
    check_workbook,
    exports,
    filter_change,
    load,
    one_file,
    one_visitor,
    pages,
    scale,
    search,
    slow_line,
    validate_seeds,
)

for benchmark in (
    filter_change,
    slow_line,
    search,
    pages,
    exports,
    validate_seeds,
    check_workbook,
    scale,
    load,
    one_file,
    one_visitor,
):
    print(f"\n## {benchmark.__doc__.splitlines()[0]}\n")
    benchmark.main()
