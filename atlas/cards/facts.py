"""The list of facts that every card holds, as safe HTML."""

from collections.abc import Iterable, Sequence

from markupsafe import Markup

AT_ONCE = 12  # items of a list; more are folded under their number

Fact = tuple[str, str | Sequence[str] | None]


def listed(facts: Iterable[Fact]) -> Markup:
    """Names and what is known under them, several items as a list; what is not known is left out."""
    known = (Markup("<dt>{}</dt><dd>{}</dd>").format(name, _said(value)) for name, value in facts if value)
    return Markup("<dl>{}</dl>").format(Markup("").join(known))


def _said(value: str | Sequence[str]) -> str | Markup:
    return value if isinstance(value, str) else items("ul", value)


def items(tag: str, inside: Iterable[str | Markup]) -> Markup:
    """A list, numbered (``ol``) or not (``ul``)."""
    written = Markup("").join(Markup("<li>{}</li>").format(one) for one in inside)
    return Markup("<{tag}>{written}</{tag}>").format(tag=tag, written=written)


def section(head: str, inside: Sequence[str]) -> Markup:
    """A list under its heading, a long one folded under how many it has; nothing where there is none."""
    if not inside:
        return Markup("")
    if len(inside) <= AT_ONCE:
        return Markup("<h4>{}</h4>{}").format(head, items("ul", inside))
    return Markup("<details><summary>{} <b>{}</b></summary>{}</details>").format(head, len(inside), items("ul", inside))
