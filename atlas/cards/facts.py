"""The list of facts that every card holds, as safe HTML."""

from collections.abc import Iterable

from markupsafe import Markup

Fact = tuple[str, str | list[str] | None]


def listed(facts: Iterable[Fact]) -> Markup:
    """Names and what is known under them, several items as a list; what is not known is left out."""
    known = (Markup("<dt>{}</dt><dd>{}</dd>").format(name, _said(value)) for name, value in facts if value)
    return Markup("<dl>{}</dl>").format(Markup("").join(known))


def _said(value: str | list[str]) -> str | Markup:
    return value if isinstance(value, str) else items("ul", value)


def items(tag: str, inside: Iterable[str | Markup]) -> Markup:
    """A list, numbered (``ol``) or not (``ul``)."""
    written = Markup("").join(Markup("<li>{}</li>").format(one) for one in inside)
    return Markup("<{tag}>{written}</{tag}>").format(tag=tag, written=written)
