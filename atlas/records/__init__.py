"""The curated tables: their schema, reading them, and the hard and soft checks."""

from atlas.records.checks import check
from atlas.records.dictionary import dictionary
from atlas.records.problems import InvalidRecords, Problem, Remark
from atlas.records.reading import read, validate
from atlas.records.schema import DESCRIPTION, Field, Package, Table, package, schema
from atlas.records.writing import csv

__all__ = [
    "DESCRIPTION",
    "Field",
    "InvalidRecords",
    "Package",
    "Problem",
    "Remark",
    "Table",
    "check",
    "csv",
    "dictionary",
    "package",
    "read",
    "schema",
    "validate",
]
