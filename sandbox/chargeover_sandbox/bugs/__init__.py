"""Knows the bugs that can be planted in a sandbox, so that a test suite can be scored by those that it notices.

Each is a small change, either of the document before it is compiled or of the objects of one sandbox after they were
built. Only the code that puts a sandbox together knows bugs; the code that they change does not.
"""

from collections.abc import Collection
from difflib import get_close_matches

from .authentication import AUTHENTICATION
from .bug import Bug, Category
from .bulk import BULKS
from .customers import CUSTOMERS
from .links import LINKS
from .protocol import PROTOCOL
from .queries import QUERIES
from .responses import RESPONSES
from .validation import VALIDATION
from .values import VALUES

__all__ = ["BUGS", "CATEGORIES", "Bug", "Category", "bugs_named"]

CATEGORIES = (VALIDATION, RESPONSES, AUTHENTICATION, CUSTOMERS, VALUES, BULKS, QUERIES, LINKS, PROTOCOL)

REGISTRY = {bug.name: bug for category in CATEGORIES for bug in category.bugs}

BUGS = {name: bug.summary for name, bug in REGISTRY.items()}
"""The summary of each bug, by its name."""


def bugs_named(names: Collection[str]) -> tuple[Bug, ...]:
    """The bugs with these names, each once.

    Raises:
        ValueError: there is no bug with such a name. The message has the nearest names.
    """
    for name in names:
        if name not in REGISTRY:
            near = ", ".join(get_close_matches(name, REGISTRY))
            raise ValueError(f"there is no bug {name!r}" + (f"; the nearest are {near}" if near else ""))
    return tuple(REGISTRY[name] for name in dict.fromkeys(names))
