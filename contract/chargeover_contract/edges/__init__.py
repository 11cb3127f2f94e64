"""The tables: requests at the edge of HTTP and of the document, each with its outcome and the reason."""

from collections.abc import Iterator

from . import bodies, bulks, protocol, queries, routes, strangers, values
from .case import Case, Request, Subject

__all__ = ["Case", "Request", "Subject", "all_cases"]


def all_cases() -> Iterator[Case]:
    """Every row, whether it is for our own sandbox alone or not."""
    for table in (strangers, routes, bodies, values, queries, protocol, bulks):
        yield from table.cases()
