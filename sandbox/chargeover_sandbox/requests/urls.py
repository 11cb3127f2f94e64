"""Addresses: the sandbox's own, the names of hosts, and which of them are this machine's."""

import re
from functools import lru_cache
from ipaddress import ip_address

HOST = r"(?:[a-z0-9._-]+|\[[0-9a-f:.]+\])"
"""The pattern of a host in a URL, in any case."""

_WILDCARDS = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104  compared with, not bound


@lru_cache(16)
def url_of_address(host: str, port: int) -> str:
    """The URL of an address. The wildcard address becomes the loopback address."""
    host = _WILDCARDS.get(host, host)
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def check_host(text: str) -> str:
    """The text itself, if it is a name or an address without a port.

    Raises:
        ValueError: it is neither.
    """
    if not re.fullmatch(HOST, f"[{text}]" if text.count(":") > 1 and "[" not in text else text, re.IGNORECASE):
        raise ValueError(f"a host is a name or an address without a port, such as sandbox, not {text!r}")
    return text


def bare_name(name: str) -> str:
    """The name in the form in which names are compared."""
    return name.lower().strip("[]").removesuffix(".")


def is_loopback(name: str) -> bool:
    """Whether a name or an address, without brackets, is this machine's own by definition."""
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False
