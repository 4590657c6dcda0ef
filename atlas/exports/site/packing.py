"""Data inside a page: as JSON, compressed, in letters; the same content gives the same bytes."""

import base64
import gzip
import json
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from atlas.look.text import clean

BLOCK = Markup("<script type='application/gzip' id='{}'>{}</script>\n")


def blocks(contents: Mapping[str, str]) -> Markup:
    """One element for each packed content by its id.

    A browser runs none of them; what is cut or changed in one does not unpack, for it ends with a checksum (RFC 1952).
    """
    return Markup("").join(BLOCK.format(name, content) for name, content in contents.items())


def packed(content: Any) -> str:
    """A value as JSON, or bytes that are JSON, compressed and in letters (RFC 4648)."""
    plain = content if isinstance(content, bytes) else clean(dumped(content)).encode()
    return base64.b64encode(gzip.compress(plain, 9, mtime=0)).decode()


def dumped(content: Any) -> str:
    """A value as JSON in as few characters as it takes."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
