"""Elements of SVG."""

from markupsafe import Markup

SVG = "http://www.w3.org/2000/svg"


def element(name: str, *inside: str | Markup, **attributes: str | float | None) -> Markup:
    """An element of SVG; texts and values are escaped.

    :param attributes: by their names with ``_`` for each hyphen; one without a value (None) is left out.
    """
    written = Markup("").join(
        Markup(" {}='{}'").format(attribute.replace("_", "-"), value)
        for attribute, value in attributes.items()
        if value is not None
    )
    if not inside:
        return Markup("<{}{}/>").format(name, written)
    return Markup("<{name}{written}>{inside}</{name}>").format(
        name=name, written=written, inside=Markup("").join(inside)
    )


def picture(width: float | str, height: float | str, *inside: Markup, **attributes: str | float | None) -> Markup:
    """An SVG element of a size in pixels that can stand in a page or be a file."""
    return element("svg", *inside, xmlns=SVG, **attributes, width=width, height=height)
