"""Pages of HTML as PDF, which Pango sets; a machine may lack it, and then everything else works."""

from functools import cache
from typing import Any

from atlas import AtlasError


class NoPango(AtlasError):
    """Pango is missing on this machine."""

    remedy = (
        "install Pango (README.md, Windows, says how), or make the Word form, which any office program saves as PDF"
    )

    def __init__(self) -> None:
        super().__init__("a PDF is set by Pango, which this machine lacks")


@cache
def possible() -> bool:
    """Whether this machine has what sets a PDF."""
    try:
        import weasyprint  # noqa: F401  # half a second, and it loads Pango
    except OSError:
        return False
    return True


def pdf(page: str, **options: Any) -> bytes:
    """A page of HTML as PDF.

    :param options: of ``weasyprint.HTML``.
    :raises NoPango: see there.
    """
    if not possible():
        raise NoPango
    from weasyprint import HTML

    return HTML(string=page, **options).write_pdf()
