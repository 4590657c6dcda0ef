"""Logos of delegations: pictures of strangers, taken only as PNG or JPEG and only as large as a slide needs."""

import io
import warnings
from typing import TYPE_CHECKING, Literal

from atlas import AtlasError
from atlas.model.session import Logo

if TYPE_CHECKING:  # words know the model, not the other way round
    from atlas.words.translator import Translator

LARGEST_LOGO = 500 * 1000  # bytes
MOST_PIXELS = 2000  # of a side
MEDIA: dict[str, Literal["image/png", "image/jpeg"]] = {"PNG": "image/png", "JPEG": "image/jpeg"}


class InvalidLogo(AtlasError):
    """A picture that is not taken; the message says why in the reader's language."""


def logo(content: bytes, translate: "Translator") -> Logo:
    """A picture as a logo. What it is says its content, not its name.

    :raises InvalidLogo: it is too large, no PNG or JPEG, or damaged.
    """
    from PIL import Image, ImageFile, UnidentifiedImageError  # takes a tenth of a second, which most visits spare

    if len(content) > LARGEST_LOGO:
        raise InvalidLogo(
            translate(
                "The logo has {n} kB; at most {most} kB are taken.", n=len(content) // 1000, most=LARGEST_LOGO // 1000
            )
        )
    lenient, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False  # WeasyPrint lets cut ones pass
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns of the sizes that are refused here
            with Image.open(io.BytesIO(content), formats=tuple(MEDIA)) as picture:  # reads the head alone
                if max(picture.size) > MOST_PIXELS:
                    raise Image.DecompressionBombError
                picture.load()
                return Logo(content, MEDIA[picture.format or ""])
    except UnidentifiedImageError:
        raise InvalidLogo(
            translate("The logo is no PNG or JPEG picture; save it as PNG. SVG, GIF and other kinds are not taken.")
        ) from None
    except Image.DecompressionBombError:
        raise InvalidLogo(
            translate("The logo measures more than {most} × {most} pixels; make it smaller.", most=MOST_PIXELS)
        ) from None
    except (OSError, SyntaxError, ValueError, EOFError):
        raise InvalidLogo(translate("The logo is damaged and cannot be read.")) from None
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient
