"""Every kind of fault that a client is tested with."""

from .bodies import BODY
from .connections import CONNECTION
from .fault import Kind
from .protocol import HTTP
from .retries import REPEATED
from .statuses import STATUS

SECTIONS: dict[str, tuple[Kind, ...]] = {
    "Connections": CONNECTION,
    "HTTP": HTTP,
    "Refusals": STATUS,
    "Successful responses": BODY,
    "A second attempt, and bulk requests": REPEATED,
}
"""The kinds, under the headings of docs/faults.md."""

KINDS = [kind for kinds in SECTIONS.values() for kind in kinds]
