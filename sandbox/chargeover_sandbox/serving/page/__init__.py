"""The sandbox's page: its journal, customers, faults, snapshots, clock, webhooks and accounts, in a browser.

The page is made of plain files, which are beside this one. All that it shows and does goes through ``/_sandbox``, with
the credentials that are typed into it.
"""

from importlib.resources import files
from typing import Any

import orjson

_OWN = (
    "page.css", "accounts.js", "clock.js", "control.js", "customers.js", "dom.js", "exchange.js", "faults.js",
    "journal.js", "main.js", "options.js", "session.js", "snapshots.js", "webhooks.js",
)  # fmt: skip


def page(document: dict[str, Any], *, username: str | None, password: str | None, reference: str | None) -> str:
    """The page as HTML.

    Args:
        document: openapi.yaml, parsed: which paths and operations a fault can be for.
        username: the user name to fill in; None for none.
        password: the password to fill in; None for none.
        reference: where the interactive reference is; None if it is not installed.
    """
    operations = [
        operation["operationId"]
        for item in document["paths"].values()
        for method, operation in item.items()
        if method != "parameters"
    ]
    settings = {
        "username": username,
        "password": password,
        "reference": reference,
        "paths": [*document["paths"]],
        "operations": operations,
    }
    # Inside a script element, "<" could close it.
    text = orjson.dumps(settings).decode().replace("<", "\\u003c")
    return files(__name__).joinpath("page.html").read_text(encoding="utf-8").replace("{settings}", text)


def asset(name: str) -> bytes | None:
    """The bytes of a file that the page requests; None if there is no such file."""
    return files(__name__).joinpath(name).read_bytes() if name in _OWN else None
