"""Requests, a printed line for each, and what was wrong with the responses. No value of a customer is printed."""

import json
import os
import re
import time
from collections.abc import Mapping
from contextlib import suppress
from types import FrameType
from typing import Any

import httpx2

from chargeover_contract.document import violations
from chargeover_contract.operations import MISSING_STATUSES
from chargeover_contract.ownership import response_of
from chargeover_contract.rate_limit import Waits
from chargeover_contract.server import Server


class Session:
    """Requests to a server, one after the other, with a pause before each.

    Args:
        server: the server.
        pause: seconds.

    Attributes:
        wrong: how much was wrong so far; what is wrong twice counts once.
        told_to_end: the number of the signal that did it, or 0.
        is_heard: whether standard output can still be written to.
    """

    def __init__(self, server: Server, pause: float) -> None:
        self.server = server
        self.told_to_end = 0
        self.is_heard = True
        self._complaints: set[str] = set()
        self._http = server.client(httpx2.Client)
        self._pause = pause

    @property
    def wrong(self) -> int:
        """How much was wrong so far."""
        return len(self._complaints)

    def get(self, path: str, *, operation: str) -> Any:
        """What the envelope has in ``response``; None, and a line, where the answer is not a 200 that fits."""
        answer = self._answer("GET", path, None)
        if answer is None:
            return None
        if answer.status_code in MISSING_STATUSES:
            self.complain(f"the server has no {operation}: {answer.status_code} for GET {hidden(path)}")
            return None
        self._judge(answer, path, 200)
        return response_of(answer)

    def put(self, path: str, fields: Mapping[str, Any]) -> bool:
        """Whether an update was done; a line, where the answer is not a 202 that fits."""
        answer = self._answer("PUT", path, fields)
        if answer is None:
            return False
        self._judge(answer, path, 202)
        return answer.is_success

    def ask(self, method: str, path: str, body: Any = None) -> httpx2.Response:
        """An answer that nothing is said of, without a pause.

        Raises:
            httpx2.HTTPError: there is none.
        """
        if body is None:
            return self._http.request(method, path)
        # In ASCII: what came as half a surrogate pair must be sent back too.
        content, headers = json.dumps(body).encode("ascii"), {"Content-Type": "application/json"}
        return self._http.request(method, path, content=content, headers=headers)

    def ask_in_turn(self, method: str, path: str, body: Any = None) -> httpx2.Response:
        """The same, after a pause, and again for as long as the server's rate limit asks for patience.

        Raises:
            httpx2.HTTPError: there is none.
        """
        waits = Waits(self._sleep)
        self._sleep(self._pause)
        while (answer := self.ask(method, path, body)).status_code == 429 and not self.told_to_end:
            if not waits.wait(answer.headers):
                break
        return answer

    def complain(self, what: str) -> None:
        """Print what is wrong, and count it."""
        if what not in self._complaints:
            self._complaints.add(what)
            self.say(f"WRONG  {what}")

    def say(self, text: str, end: str = "\n") -> None:
        """Print. A closed terminal or pipe must not end what puts a customer back."""
        try:
            print(text, end=end, flush=True)
        except OSError:
            self.is_heard = False
            _print_elsewhere()

    def end_soon(self, number: int, frame: FrameType | None) -> None:
        """A signal: what is under way is finished and put back, and then this ends."""
        self.told_to_end = number
        # Not print: it may be what was interrupted.
        with suppress(OSError):
            os.write(2, b"Ending; the customer is put back first.\n")

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def _answer(self, method: str, path: str, body: Any) -> httpx2.Response | None:
        try:
            return self.ask_in_turn(method, path, body)
        except httpx2.HTTPError as error:
            self.complain(f"{method} {hidden(path)}: no answer, {error!a}")
            return None

    def _sleep(self, seconds: float) -> None:
        """Wait, but no longer than until it is told to end."""
        end = time.monotonic() + seconds
        while not self.told_to_end and (left := end - time.monotonic()) > 0:
            time.sleep(min(left, 0.1))

    def _judge(self, answer: httpx2.Response, path: str, expected: int) -> None:
        method = answer.request.method
        name = f"{method} {hidden(path)}"
        headers = {header.lower(): value for header, value in answer.headers.items()}
        found = [*map(str, violations(method, path, answer.status_code, headers, answer.content))]
        if answer.status_code != expected:
            found.insert(0, f"the status is {answer.status_code}, not {expected}")
        for violation in found:
            self.complain(f"{name}: {violation}")
        if not found:
            self.say(f"ok     {name}")


def hidden(path: str) -> str:
    """A path without the key or the token in it."""
    return re.sub(r"(external_key|token):[^/?]+", r"\1:…", path)


def _print_elsewhere() -> None:
    """Turn standard output, with what is still to be written, to standard error; if that is gone too, to nowhere."""
    for other in (2, os.open(os.devnull, os.O_WRONLY)):
        with suppress(OSError):
            os.dup2(other, 1)
            print(end="", flush=True)
            return
