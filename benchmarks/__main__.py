"""All benchmarks, one after the other: ``make bench``."""

from benchmarks import filter_change, validate_seeds

for benchmark in (filter_change, validate_seeds):
    print(f"\n## {benchmark.__doc__.splitlines()[0]}\n")
    benchmark.main()
