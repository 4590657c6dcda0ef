"""Tables on their way to the browser."""

from collections.abc import Iterable, Mapping

import pyarrow as pa
import pyarrow.compute as pc

DICTIONARY = 300  # bytes that a dictionary of repeated texts costs in itself


def compact(columns: Mapping[str, Iterable]) -> pa.Table:
    """A table of columns of texts or numbers in few bytes: each repeated text once, and no column that is empty."""
    arrays = {name: pa.array(values, from_pandas=True) for name, values in columns.items()}
    return pa.table({name: _small(array) for name, array in arrays.items() if array.null_count < len(array)})


def _small(column: pa.Array) -> pa.Array:
    if pa.types.is_floating(column.type):
        return column.cast(pa.float32())
    if pa.types.is_integer(column.type):
        return column.cast(pa.int16() if _fit(column, 16) else pa.int32())
    return _texts(column)


def _fit(numbers: pa.Array, bits: int) -> bool:
    largest = pc.max(pc.abs(numbers)).as_py()
    return largest is not None and largest < 1 << (bits - 1)


def _texts(column: pa.Array) -> pa.Array:
    texts = column.cast(pa.string())
    repeated = texts.dictionary_encode()
    index = pa.int8() if _fit(repeated.indices, 8) else pa.int16()
    small = repeated.cast(pa.dictionary(index, pa.string()))
    return small if texts.nbytes - small.nbytes - repeated.dictionary.nbytes > DICTIONARY else texts
