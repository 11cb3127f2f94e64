"""Requests to the control of a sandbox, and its refusals as exceptions."""

import base64
import json
from collections.abc import Mapping
from contextlib import closing
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import urlencode, urlsplit

PATIENCE = 10.0
"""Seconds that a sandbox has for a response, besides the time that it is asked to wait."""


class Connection:
    """Sends requests to the control of one account.

    Args:
        url: where the sandbox is, such as ``http://127.0.0.1:8080``; it may have a path.
        username: the user name of the account.
        password: its password.

    Attributes:
        url: see above, without a slash behind it.
        username: see above.
        password: see above.

    Raises:
        ValueError: the URL is not an http or https URL.
    """

    def __init__(self, url: str, username: str, password: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError(f"the URL of a sandbox is such as http://127.0.0.1:8080, not {url!r}")
        self.url = url.rstrip("/")
        self.username = username
        self.password = password
        self._parts = parts

    def request(
        self,
        method: str,
        path: str,
        body: Mapping[str, object] | None = None,
        query: Mapping[str, object] | None = None,
        patience: float = 0.0,
    ) -> Any:
        """The ``response`` of the envelope.

        Args:
            method: the HTTP method.
            path: the path below ``/_sandbox/``, quoted.
            body: the body; a POST without one sends an empty object.
            query: parameters; those that are None are left out.
            patience: seconds that the sandbox is asked to wait.

        Raises:
            ValueError: the sandbox refuses the request; the message says why.
            ConnectionError: no server responds at the URL.
            RuntimeError: the server is not a sandbox, or it has failed.
        """
        return self.checked(*self.exchange(method, path, body, query, patience))

    def exchange(
        self,
        method: str,
        path: str,
        body: Mapping[str, object] | None = None,
        query: Mapping[str, object] | None = None,
        patience: float = 0.0,
    ) -> tuple[int, bytes]:
        """The status and the bytes of a response; see ``request``.

        Raises:
            ConnectionError: no server responds at the URL.
        """
        pair = base64.b64encode(f"{self.username}:{self.password}".encode()).decode("ascii")
        headers = {"Authorization": f"Basic {pair}"}
        content = None
        if body is not None or method == "POST":
            headers["Content-Type"] = "application/json"
            content = json.dumps(body or {})
        given = {name: value for name, value in (query or {}).items() if value is not None}
        target = f"{self._parts.path.rstrip('/')}/_sandbox/{path}{'?' if given else ''}{urlencode(given)}"
        kind = HTTPSConnection if self._parts.scheme == "https" else HTTPConnection
        with closing(kind(self._parts.netloc.rpartition("@")[2], timeout=PATIENCE + patience)) as connection:
            try:
                connection.request(method, target, content, headers)
                response = connection.getresponse()
                return response.status, response.read()
            except (OSError, HTTPException) as error:
                raise ConnectionError(f"The sandbox at {self.url} does not respond: {error!r}") from error

    def checked(self, status: int, content: bytes) -> Any:
        """The ``response`` of an envelope that says that all went well.

        Raises:
            ValueError: it says that the request was refused, and why.
            RuntimeError: it says that the sandbox has failed, or it is not an envelope.
        """
        try:
            envelope: dict[str, Any] = json.loads(content)
            message: str = envelope["message"]
            response, is_success = envelope["response"], envelope["status"] == "OK"
        except (ValueError, TypeError, KeyError):
            raise RuntimeError(
                f"The server at {self.url} does not respond as a sandbox does: HTTP {status}, {content[:80]!r}"
            ) from None
        if is_success:
            return response
        raise (RuntimeError if status >= 500 else ValueError)(message)
