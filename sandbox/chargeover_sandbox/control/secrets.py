"""Headers without what must not be shown."""

import re
from collections.abc import Mapping

_SECRET = re.compile(
    r"auth|cookie|token|secret|password|passwd|session|api-?key|chargeover-key|signature", re.IGNORECASE
)
_HARMLESS = {"www-authenticate", "proxy-authenticate"}


def masked(headers: Mapping[str, str]) -> dict[str, str]:
    """The headers, with ``***`` in place of credentials; the scheme of an Authorization is left."""
    return {
        name: _mask(value) if _SECRET.search(name) and name not in _HARMLESS else value
        for name, value in headers.items()
    }


def _mask(value: str) -> str:
    scheme, space, _ = value.partition(" ")
    return f"{scheme} ***" if space and scheme.isalpha() else "***"
