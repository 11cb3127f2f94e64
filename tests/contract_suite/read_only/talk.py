"""What is asked, what is wrong with the answers, and one printed line for each. No value of a customer is printed."""

import re
import time
from collections.abc import Mapping
from typing import Any

import httpx2

from contract_suite.document import faults
from contract_suite.target import Server

LACKING = frozenset({400, 404, 405, 501})


class Talk:
    """Requests to a server, one after the other, with a pause before each.

    Args:
        server: the server.
        pause: seconds.

    Attributes:
        pause: see above.
        wrong: how much was wrong so far.
    """

    def __init__(self, server: Server, pause: float) -> None:
        self.server = server
        self.wrong = 0
        self._http = server.client()
        self.pause = pause

    def get(self, path: str, *, operation: str) -> Any:
        """What the envelope has in ``response``; None, and a line, where the answer is not a 200 that fits."""
        answer = self._ask("GET", path, None)
        if answer.status_code in LACKING:
            self.complain(f"the server has no {operation}: {answer.status_code} for GET {hidden(path)}")
            return None
        return self._response(answer, path, 200)

    def put(self, path: str, fields: Mapping[str, Any]) -> bool:
        """Whether an update was answered as the document has it."""
        answer = self._ask("PUT", path, fields)
        return self._response(answer, path, 202) is not None

    def put_quietly(self, path: str, fields: Mapping[str, Any]) -> tuple[int, str | None]:
        """The status of an update, and what it says about when to try again."""
        answer = self._ask("PUT", path, fields)
        return answer.status_code, answer.headers.get("Retry-After")

    def complain(self, what: str) -> None:
        """Print what is wrong, and count it."""
        self.wrong += 1
        print(f"WRONG  {what}", flush=True)

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def _ask(self, method: str, path: str, body: Any) -> httpx2.Response:
        time.sleep(self.pause)
        return self._http.request(method, path, **({} if body is None else {"json": body}))

    def _response(self, answer: httpx2.Response, path: str, expected: int) -> Any:
        method = answer.request.method
        name = f"{method} {hidden(path)}"
        headers = {header.lower(): value for header, value in answer.headers.items()}
        found = [*faults(method, path, answer.status_code, headers, answer.content)]
        if answer.status_code != expected:
            found.insert(0, f"the status is {answer.status_code}, not {expected}")
        for fault in found:
            self.complain(f"{name}: {fault}")
        if answer.status_code != expected:
            return None
        if not found:
            print(f"ok     {name}", flush=True)
        try:
            envelope = answer.json()
        except ValueError:
            return None
        return envelope.get("response") if isinstance(envelope, dict) else None


def hidden(path: str) -> str:
    """A path without the key or the token in it."""
    return re.sub(r"(external_key|token):[^/?]+", r"\1:…", path)
