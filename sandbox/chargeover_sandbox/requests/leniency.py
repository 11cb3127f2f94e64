"""What a lenient sandbox takes besides what the document allows: requests as clients in use send them (client)."""

import re
from collections.abc import Mapping
from urllib.parse import parse_qs, quote

_SLASHES = re.compile(rb"/{2,}")
_PAIR = re.compile(r'(co_\w+)="([^"]*)"')
SIGNED = "chargeover "
"""How the older header begins, in lower case: ``Authorization: ChargeOver co_public_key="…" …``."""


def usual_path(method: str, path: bytes, query: bytes) -> bytes:
    """The path that the document has for one in another form.

    Two slashes are one, one behind the path is none, and an action may be in the query: ``POST …/5?action=name``.
    """
    path = _SLASHES.sub(b"/", path).rstrip(b"/")
    action = parse_qs(query.decode("latin-1")).get("action") if method == "POST" else None
    return path + b"/_action/" + quote(action[0], safe="").encode() if action else path


def signed_parts(header: str) -> Mapping[str, str]:
    """The parts of the older header by name: ``co_public_key``, ``co_nonce``, ``co_timestamp``, ``co_signature``."""
    return dict(_PAIR.findall(header))
