"""Every kind of fault that a client is tested with."""

from .fault_kind import Kind
from .faults_body import BODY
from .faults_connection import CONNECTION
from .faults_http import HTTP
from .faults_repeated import REPEATED
from .faults_status import STATUS

SECTIONS: dict[str, tuple[Kind, ...]] = {
    "Connections": CONNECTION,
    "HTTP": HTTP,
    "Answers that say no": STATUS,
    "Answers that say yes": BODY,
    "A second attempt, and bulk requests": REPEATED,
}
"""The kinds, under the headings of docs/faults.md."""

KINDS = [kind for kinds in SECTIONS.values() for kind in kinds]
