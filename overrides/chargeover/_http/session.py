"""All that the calls of a client share: address, credentials, pace, clock; and how a request of theirs is built."""

import math
import platform
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import quote, urlencode

from chargeover._errors import InvalidFieldError
from chargeover._exchange import MASK, SentRequest, sent_request
from chargeover._settings.checks import check_header_text, check_whole_number
from chargeover._settings.options import RequestOptions
from chargeover._settings.secrets import Secret
from chargeover._version import __version__
from chargeover._wire import WireRequest

from .authorization import Authorization
from .clock import Clock
from .limiter import Limiter

if TYPE_CHECKING:
    import httpx2


@dataclass(slots=True)
class Session:
    """What the calls of a client, and of the clients that ``with_options`` makes from it, share.

    Attributes:
        base_url: the address of the account.
        authorization: the credentials.
        clock: the time.
        limiter: the queue of all requests.
        largest_response: bytes of a response that are read, at most.
        user_agent: an addition to the client's own User-Agent header.
        logs_bodies: whether bodies are logged too.
        zone: the account's time zone; None if it is not known.
        default_headers: headers of every request, besides the client's own.
        default_query: parameters of every request, besides those of the operation.
        middleware: what each attempt passes through, the outermost first.
    """

    base_url: str
    authorization: Authorization
    clock: Clock
    limiter: Limiter
    largest_response: int
    user_agent: str | None = None
    logs_bodies: bool = False
    zone: tzinfo | None = None
    default_headers: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    default_query: Mapping[str, str | int] = field(default_factory=dict[str, str | int])
    middleware: tuple[Any, ...] = ()
    _made: "tuple[Secret | None, httpx2.Headers] | None" = field(default=None, init=False, repr=False)

    def __post_init__(self) -> None:
        check_whole_number("max_response_bytes", self.largest_response, 1)
        if self.user_agent is not None:
            check_header_text("user_agent", self.user_agent)

    def headers(self) -> "httpx2.Headers":
        """The headers of every request. Made once, and again with other credentials."""
        secret = self.authorization.value
        made = self._made
        if made is not None and made[0] is secret:
            return made[1]
        import httpx2

        own = f"chargeover-python-unofficial/{__version__} python/{platform.python_version()} {sys.platform}"
        headers = httpx2.Headers(
            {
                # A preview may come before the credentials are known; it does not show them.
                "Authorization": secret.reveal() if secret else MASK,
                "Accept": "application/json",
                "Accept-Encoding": "gzip, deflate",
                "User-Agent": f"{own} {self.user_agent}" if self.user_agent else own,
            }
        )
        headers.update(self.default_headers)
        self._made = (secret, headers)
        return headers

    def request(self, request: WireRequest, options: RequestOptions, remaining: float) -> "httpx2.Request":
        """A request of the API as one of the HTTP library.

        Built here and not by the library's client, which would merge the same headers, no cookies and no parameters
        again for each request. So a request carries what is set here, and nothing else.

        Args:
            request: the request of the API.
            options: all of them set.
            remaining: seconds until the deadline.

        Raises:
            InvalidFieldError: ``extra_body`` for a request without a JSON object, or with a field of the call.
        """
        import httpx2

        path, body = request.path, request.body
        if query := {**self.default_query, **(options.extra_query or {})}:
            path += ("&" if "?" in path else "?") + urlencode(query, quote_via=quote)
        if options.extra_body:
            body = _with_extra(body, options.extra_body)
        headers = self.headers()
        if options.extra_headers:
            headers = httpx2.Headers(headers)
            headers.update(options.extra_headers)
        timeout = min(options.timeout or math.inf, remaining)
        # The wait for a free connection may last as long as the call: a thousand tasks share a hundred connections.
        timeouts = {"connect": timeout, "read": timeout, "write": timeout, "pool": remaining}
        return httpx2.Request(
            request.method, self.base_url + path, headers=headers, json=body, extensions={"timeout": timeouts}
        )

    def preview(self, request: WireRequest, options: RequestOptions) -> SentRequest:
        """The request that would be sent, without secrets."""
        return sent_request(self.request(request, options, options.deadline or math.inf))


def _with_extra(body: Any, extra: Any) -> Any:
    if not isinstance(body, dict):
        raise InvalidFieldError("extra_body is for requests whose body is a JSON object.", "extra_body")
    fields = cast("dict[str, Any]", body)
    if both := sorted(fields.keys() & dict(extra)):
        raise InvalidFieldError(f"extra_body has {', '.join(both)}, which the call sets itself.", "extra_body")
    return {**fields, **extra}
