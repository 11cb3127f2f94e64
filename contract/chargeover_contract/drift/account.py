"""What a client has just received from an account, compared: ``chargeover check --drift``."""

import sys
from collections.abc import Iterable
from pathlib import Path

from chargeover import OutgoingRequest, ReceivedResponse

from .command import write_report
from .drift import compared
from .exchange import Recorded
from .output import lines_of
from .reading import Recording

_TITLE = "an account"
"""Not its name: the report is for others."""


def report(seen: Iterable[tuple[OutgoingRequest, ReceivedResponse]], folder: Path | None) -> bool:
    """Print a report of exchanges.

    Args:
        seen: requests with their responses.
        folder: where the report is written as HTML and JSON too; None for nowhere.

    Returns:
        Whether something differs.

    Raises:
        OSError: a file cannot be written.
    """
    exchanges = [
        Recorded(
            f"GET {number}",
            request.method,
            "/api/v3/" + request.url.partition("/api/v3/")[2],
            response.status,
            request.body,
            response.body,
            request.headers,
            {name.lower(): value for name, value in response.headers.items()},
        )
        for number, (request, response) in enumerate(seen, 1)
    ]
    drift = compared(Recording(exchanges), _TITLE)
    if folder:
        write_report(drift, folder)
    sys.stdout.writelines(f"{line}\n" for line in lines_of(drift))
    return bool(drift.causes)
