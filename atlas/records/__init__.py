"""The curated tables: their schema, reading them, and the hard and soft checks."""

from atlas.records.checks import check
from atlas.records.dictionary import dictionary
from atlas.records.problems import InvalidRecords, Problem, Remark
from atlas.records.reading import read, validate
from atlas.records.schema import Field, Package, Table, schema

__all__ = [
    "Field",
    "InvalidRecords",
    "Package",
    "Problem",
    "Remark",
    "Table",
    "check",
    "dictionary",
    "read",
    "schema",
    "validate",
]
