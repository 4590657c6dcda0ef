"""The ids of records for other data sets, and dates as EDTF.

An atlas stands under many addresses, and under none in an office without internet. So a record is known by a name that no
address is part of, ``urn:border-cooperation-atlas:place:vn-04``, as in the reconciliation service and the feed.
"""

IDENTIFIERS = "urn:border-cooperation-atlas"


def iri(kind: str, identifier: str) -> str:
    """The id of a record.

    :param kind: one of :data:`atlas.model.addresses.TABLES`.
    """
    return f"{IDENTIFIERS}:{kind}:{identifier}"


def interval(begin: str | None, end: str | None) -> str | None:
    """Two partial dates as an interval of EDTF (ISO 8601-2): nothing before the slash is an unknown day, ``..`` after it an open end.

    >>> interval("2025-07-01", None), interval(None, "2025-06-30"), interval(None, None)
    ('2025-07-01/..', '/2025-06-30', None)
    """
    return f"{begin or ''}/{end or '..'}" if begin or end else None
