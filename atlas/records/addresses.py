"""The rules for the address of a source."""

import ipaddress
import re
from urllib.parse import urlsplit

from atlas.records.said import Said, said

# What feeds and mails add to an address to know who came from them.
_LED = re.compile("(utm_[a-z]+|fbclid|gclid|zarsrc|spm|mibextid|igshid|share_from|ref_src)=", re.IGNORECASE)
# Names that no reader elsewhere can look up (RFC 6761, RFC 6762, and what routers and firms give out).
_HERE_ONLY = ("local", "localhost", "localdomain", "internal", "intranet", "lan", "home", "corp", "test", "invalid")


def expected(text: str) -> Said | None:
    """What an address should have been; None if any reader can open it."""
    try:
        parts = urlsplit(text)
        host, _ = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return said("an address with a host and a port that can be read")
    if parts.username is not None or parts.password is not None:
        return said("an address without a user or password")
    if not _public(host):
        return said("an address that others can open, not one of this machine or of an office's own network")
    return None


def _public(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        last = host.rpartition(".")[2]
        # the last part of a name is never a number; numbers in other forms (127.1, 0x7f000001) are of machines
        return "." in host and last not in _HERE_ONLY and not last[:1].isdigit()


def same(text: str) -> str:
    """What two addresses of one page have in common: no scheme, www or fragment, nothing of who led there, no slash at the end."""
    parts = urlsplit(text)
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    query = "&".join(part for part in parts.query.split("&") if part and not _LED.match(part))
    query = f"?{query}" if query else ""
    return f"{host}{parts.path.rstrip('/')}{query}"
