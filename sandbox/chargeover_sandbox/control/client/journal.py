"""``sandbox.journal``."""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, overload

from .connection import Connection
from .exchange import Exchange
from .misses import Expectation

_NEAREST = 3
_STEP = 30.0
"""Seconds that one request waits at most."""


class Journal(Sequence[Exchange]):
    """The last exchanges of one account, oldest first: at most 1,000, and at most 32 MiB of bodies and headers.

    Requests under ``/_sandbox`` are left out. Each use reads the journal anew, so it is always up to date; to look at
    one state several times, make a list of it.

    Args:
        connection: to the sandbox.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def __len__(self) -> int:
        count: int = self._read(limit=0)["count"]
        return count

    def __iter__(self) -> Iterator[Exchange]:
        return iter(self.filter())

    @overload
    def __getitem__(self, index: int) -> Exchange: ...
    @overload
    def __getitem__(self, index: slice) -> list[Exchange]: ...
    def __getitem__(self, index: int | slice) -> Exchange | list[Exchange]:
        if isinstance(index, int) and -1000 <= index < 0:
            found = self._exchanges(limit=-index)
            if len(found) < -index:
                raise IndexError("the journal has fewer exchanges")
            return found[0]
        return self.filter()[index]

    def filter(
        self,
        *,
        method: str | None = None,
        path: str | None = None,
        status: int | None = None,
        operation: str | None = None,
        customer_id: int | None = None,
    ) -> list[Exchange]:
        """The exchanges that match everything that is given, oldest first.

        Args:
            method: the HTTP method.
            path: the path without its query, as it was sent or as openapi.yaml has it.
            status: the HTTP status of the response; 0 for exchanges without a response.
            operation: the operationId in openapi.yaml.
            customer_id: the customer that the path names, or else the response.

        Raises:
            ValueError: a value is not possible.
        """
        return self._exchanges(method=method, path=path, status=status, operation=operation, customer_id=customer_id)

    def wait_for(
        self,
        method: str | None = None,
        *,
        path: str | None = None,
        status: int | None = None,
        operation: str | None = None,
        customer_id: int | None = None,
        times: int = 1,
        timeout: float = 10.0,
    ) -> Exchange:
        """Wait until exchanges match, those included that are in the journal already.

        It blocks its thread: in async code, call it with ``asyncio.to_thread``.

        Args:
            method: see ``filter``, as for the next four.
            path: see above.
            status: see above.
            operation: see above.
            customer_id: see above.
            times: how many must match.
            timeout: seconds to wait at most.

        Returns:
            The last of them.

        Raises:
            TimeoutError: the time is over; the message shows the nearest exchanges and how they differ.
            ValueError: a value is not possible.
        """
        left = max(timeout, 0.0)
        while True:
            step = min(left, _STEP)
            found = self._exchanges(
                patience=step,
                method=method,
                path=path,
                status=status,
                operation=operation,
                customer_id=customer_id,
                count=times,
                wait_ms=round(step * 1000),
            )
            left -= step
            if len(found) >= times:
                return found[times - 1]
            if left <= 0:
                break
        expectation = Expectation(method, path, operation, customer_id, status)
        raise TimeoutError(f"{_message(expectation, times, self.filter())}\nWaited for {timeout:g} seconds.")

    def expect(
        self,
        method: str | None = None,
        *,
        path: str | None = None,
        operation: str | None = None,
        customer_id: int | None = None,
        status: int | None = None,
        body: Any = None,
        times: int | None = None,
    ) -> list[Exchange]:
        """Check that there are such exchanges.

        Args:
            method: the HTTP method.
            path: the path, as it was sent or as openapi.yaml has it.
            operation: the operationId in openapi.yaml.
            customer_id: the customer that the path names, or else the response.
            status: the HTTP status of the response; 0 for exchanges without a response.
            body: the whole JSON value of the request's body; bytes are compared with its bytes.
            times: how many there must be; None for one or more.

        Returns:
            The exchanges.

        Raises:
            AssertionError: there are not; the message shows the nearest ones and how they differ.
        """
        __tracebackhide__ = True  # for pytest
        expectation = Expectation(method, path, operation, customer_id, status, body)
        exchanges = self.filter()
        found = [exchange for exchange in exchanges if not expectation.differences(exchange)]
        if len(found) == times or (times is None and found):
            return found
        raise AssertionError(_message(expectation, times, exchanges))

    def clear(self) -> None:
        """Forget all exchanges."""
        self._connection.request("DELETE", "journal")

    def har(self) -> dict[str, Any]:
        """All exchanges as a HAR 1.2 document."""
        status, content = self._connection.exchange("GET", "journal.har")
        if status != 200:
            self._connection.checked(status, content)
        document: dict[str, Any] = json.loads(content)
        return document

    def export(self, file: str | os.PathLike[str]) -> None:
        """Write all exchanges into a HAR file.

        Raises:
            OSError: the file cannot be written.
        """
        Path(file).write_text(json.dumps(self.har(), ensure_ascii=False, indent=1), encoding="utf-8")

    def __repr__(self) -> str:
        return f"<Journal of {self._connection.username} at {self._connection.url}>"

    def _read(self, *, patience: float = 0.0, **parameters: object) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self._connection.request("GET", "journal", query=parameters, patience=patience)
        return found

    def _exchanges(self, *, patience: float = 0.0, **parameters: object) -> list[Exchange]:
        return [Exchange.of(shown) for shown in self._read(patience=patience, **parameters)["exchanges"]]


def _message(expectation: Expectation, times: int | None, exchanges: Sequence[Exchange]) -> str:
    wanted = "at least one" if times is None else str(times)
    differing = [(expectation.differences(exchange), exchange) for exchange in exchanges]
    matching = [exchange for differences, exchange in differing if not differences]
    lines = [
        f"Expected {wanted}: {expectation}.",
        f"{len(matching)} of {len(exchanges)} exchanges match.",
        *(f"  {exchange}" for exchange in matching[:10]),
    ]
    # Those with the fewest differences; of the same number, the latest.
    misses = sorted(
        ((len(differences), -exchange.id, differences, exchange) for differences, exchange in differing if differences),
        key=lambda miss: miss[:2],
    )
    if misses and (times is None or len(matching) < times):
        lines.append("The nearest others:")
        for _, _, differences, exchange in misses[:_NEAREST]:
            lines += [f"  {exchange}", *(f"      {difference}" for difference in differences[:10])]
    return "\n".join(lines)
