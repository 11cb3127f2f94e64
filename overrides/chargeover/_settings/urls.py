"""URLs, read as the HTTP library reads them: what checks an address is what connects to it."""

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import httpx2

# Addresses that leave nothing to interpret: they are read here, without importing the library.
_PLAIN = re.compile(
    r"(?P<scheme>https?)://(?P<host>(?!xn--|[^/]*\.xn--)[a-z0-9]([a-z0-9.-]{0,200}[a-z0-9])?)(:(?P<port>[1-9][0-9]{0,4}))?"
    r"(?P<path>(/[A-Za-z0-9_-]+)*/?)",
    re.ASCII,
)


class PlainUrl(NamedTuple):
    """The parts of a URL, under the names that they have in the library."""

    scheme: str
    host: str
    raw_host: bytes
    port: int | None
    path: str


def read_url(text: str) -> "PlainUrl | httpx2.URL | None":
    """The parts of a URL, or None if it is not one."""
    if found := _PLAIN.fullmatch(text):
        port = int(found["port"]) if found["port"] else None
        return PlainUrl(found["scheme"], found["host"], found["host"].encode(), port, found["path"] or "/")
    import httpx2

    try:
        return httpx2.URL(text)
    except (httpx2.InvalidURL, ValueError):
        return None
