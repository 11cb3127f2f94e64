"""The sandbox's own address."""

_WILDCARDS = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104  compared with, not bound to


def url_of_address(host: str, port: int) -> str:
    """The URL that an address is reached at; for "all addresses", the one of this machine."""
    host = _WILDCARDS.get(host, host)
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
