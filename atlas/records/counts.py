"""How many rows and filled cells there are, against what the description of the tables expects."""

from collections.abc import Iterator

import pandas as pd

from atlas.records.schema import Count, Package


def counted(package: Package, tables: dict[str, pd.DataFrame]) -> Iterator[tuple[str, str | None, Count, int]]:
    """Table, column (None for its rows), what is expected and what is there, for all that the description counts.

    A cell is filled when it holds anything: tables of text have empty texts for missing cells, typed ones None or ().
    """
    for name, frame in tables.items():
        table = package.tables[name]
        if table.count:
            yield name, None, table.count, len(frame)
        for field in table.fields:
            if field.count:
                cells = frame[field.name]
                yield (
                    name,
                    field.name,
                    field.count,
                    int((cells.notna() & cells.map(lambda cell: cell not in ("", ()))).sum()),
                )
