"""Planted bugs: what the sandbox does wrong on request, so that a suite of tests can be scored by what it notices.

Nothing of the sandbox knows them. Each is a small patch, either of the document before it is compiled or of the objects
of one sandbox after they were built.
"""

from collections.abc import Collection
from difflib import get_close_matches

from .answers import ANSWERS
from .authentication import AUTHENTICATION
from .bug import Bug, Category
from .bulk import BULKS
from .customers import CUSTOMERS
from .links import LINKS
from .protocol import PROTOCOL
from .queries import QUERIES
from .validation import VALIDATION
from .values import VALUES

__all__ = ["BUGS", "CATEGORIES", "Bug", "Category", "bugs_named"]

CATEGORIES = (VALIDATION, ANSWERS, AUTHENTICATION, CUSTOMERS, VALUES, BULKS, QUERIES, LINKS, PROTOCOL)

REGISTRY = {bug.name: bug for category in CATEGORIES for bug in category.bugs}

BUGS = {name: bug.summary for name, bug in REGISTRY.items()}
"""What is wrong, by the name of the bug."""


def bugs_named(names: Collection[str]) -> tuple[Bug, ...]:
    """The bugs that have these names, each once.

    Raises:
        ValueError: there is no bug of such a name. The message has the nearest names.
    """
    for name in names:
        if name not in REGISTRY:
            near = ", ".join(get_close_matches(name, REGISTRY))
            raise ValueError(f"there is no bug {name!r}" + (f"; the nearest are {near}" if near else ""))
    return tuple(REGISTRY[name] for name in dict.fromkeys(names))
