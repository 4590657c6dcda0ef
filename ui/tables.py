"""Tables on their way to the browser."""

from collections.abc import Iterable, Mapping

import pyarrow as pa

DICTIONARY = 300  # bytes that a dictionary of repeated texts costs in itself


def compact(columns: Mapping[str, Iterable]) -> pa.Table:
    """A table of columns of texts or numbers in few bytes: each repeated text once, and no column that is empty."""
    arrays = {name: pa.array(values, from_pandas=True) for name, values in columns.items()}
    return pa.table({name: _small(array) for name, array in arrays.items() if array.null_count < len(array)})


def _small(column: pa.Array) -> pa.Array:
    if pa.types.is_floating(column.type):
        return column.cast(pa.float32())
    return column if pa.types.is_integer(column.type) else _texts(column)


def _texts(column: pa.Array) -> pa.Array:
    texts = column.cast(pa.string())
    repeated = texts.dictionary_encode()
    small = repeated.cast(pa.dictionary(pa.int16(), pa.string()))
    return small if texts.nbytes - small.nbytes - repeated.dictionary.nbytes > DICTIONARY else texts
