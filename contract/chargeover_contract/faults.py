"""429 and 500, which no request can ask for: our sandbox sends them when it is told to."""

import httpx2

_PATH = "/_sandbox/faults"


class Faults:
    """The faults of a server that has them; on any other it sets nothing.

    Args:
        http: a client of the server.
        is_sandbox: whether the server is a sandbox of the suite's own; no other is asked.
    """

    def __init__(self, http: httpx2.Client, *, is_sandbox: bool) -> None:
        self._http = http
        self._is_sandbox = is_sandbox

    def are_there(self) -> bool:
        """Whether faults can be set."""
        return self._is_sandbox and self._http.get(_PATH).status_code == 200

    def once(self, operation: str, status: int) -> None:
        """Have the next request for an operation get a status.

        Args:
            operation: its operationId.
            status: 429, with Retry-After, or a 5xx.

        Raises:
            httpx2.HTTPStatusError: the sandbox refused it.
        """
        rule = {"operation": operation, "status": status, "times": 1}
        if status == 429:
            rule["retry_after"] = 1
        self._http.post(_PATH, json=rule).raise_for_status()
