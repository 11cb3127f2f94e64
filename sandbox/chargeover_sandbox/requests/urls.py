"""The sandbox's own address."""

_WILDCARDS = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104  compared with, not bound


def url_of_address(host: str, port: int) -> str:
    """The URL of an address. The wildcard address becomes the loopback address."""
    host = _WILDCARDS.get(host, host)
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
