"""Tables on their way to the browser."""

import pandas as pd
import pyarrow as pa

DICTIONARY = 300  # bytes that a dictionary of repeated texts costs in itself


def compact(rows: pd.DataFrame) -> pa.Table:
    """A table in few bytes: without the notes of pandas, each repeated text once, and no column that is empty."""
    table = pa.Table.from_pandas(rows.dropna(axis="columns", how="all"), preserve_index=False)
    for position, name in enumerate(table.column_names):
        column = table.column(position)
        if pa.types.is_floating(column.type):
            table = table.set_column(position, name, column.cast(pa.float32()))
        elif not pa.types.is_integer(column.type):
            table = table.set_column(position, name, _texts(column))
    return table.replace_schema_metadata(None)


def _texts(column: pa.ChunkedArray) -> pa.Array:
    texts = column.combine_chunks().cast(pa.string())
    repeated = texts.dictionary_encode()
    small = repeated.cast(pa.dictionary(pa.int16(), pa.string()))
    return small if texts.nbytes - small.nbytes - repeated.dictionary.nbytes > DICTIONARY else texts
