"""The addresses of the pages of records, which never change: ``twinning?id=…``, ``place?id=…`` and so on."""

from urllib.parse import urlencode

# kind of a record, which is the name of its page -> the table that has it
TABLES = {
    "twinning": "twinnings",
    "place": "places",
    "agreement": "agreements",
    "event": "events",
    "commitment": "commitments",
    "source": "sources",
    "figure": "figures",
    "discrepancy": "discrepancies",
}
KINDS = {table: kind for kind, table in TABLES.items()}


def record(kind: str, identifier: str, **parameters: str | None) -> str:
    """The address of the page of a record, relative to any page of the atlas.

    :param kind: one of :data:`TABLES`.
    :param parameters: further ones of the address, such as ``lang`` and ``asof``; empty ones are left out.
    """
    given = {name: value for name, value in parameters.items() if value}
    return f"{kind}?{urlencode({'id': identifier} | given)}"
