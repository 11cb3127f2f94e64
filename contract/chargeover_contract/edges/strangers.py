"""Credentials, right and wrong, in every form, at every documented operation."""

import base64
from collections.abc import Callable, Iterator

from chargeover_contract.document import OPERATIONS
from chargeover_contract.ownership import CUSTOMER
from chargeover_contract.sockets import basic

from .case import JSON, ONE, Case, Request

Header = Callable[[str, str], str]
"""An Authorization header of a user name and a password."""


def cases() -> Iterator[Case]:
    """The rows."""
    yield _get("no credentials", None, 401, "seed: 401")
    for name, header, why in _WRONG:
        yield _get(name, header, 401, why)
    for name, header in _ODD:
        yield _get(name, header, 401, "user names are compared exactly", own=True)
    lower: Header = lambda user, key: basic(user, key).replace("Basic", "basic")  # noqa: E731  one of many in a table
    yield _get("the scheme in lower case", lower, 200, "RFC 9110 11.1: a scheme is the same in any case")
    for operation in OPERATIONS.values():
        target = operation.path.format(customer_id="<id>", external_key="<key>", token="<token>")
        headers, body = ((JSON,), b"{}") if operation.method in {"POST", "PUT"} else ((), b"")
        yield Case(
            f"a stranger at {operation.name}",
            Request(operation.method, target, headers, body, authorization=None),
            (401,),
            "every operation has a documented 401",
        )
    yield from _nothing_learned()


def _encoded(text: str) -> str:
    return base64.b64encode(text.encode()).decode("ascii")


_SHAPE = "RFC 7617: user name, colon, password, in base64"
_SCHEME = "only Basic is documented"
_USER = "the user name is the API key's"
_KEY = "the password is the API key's private key, and nothing else is"
_WRONG: tuple[tuple[str, Header, str], ...] = (
    ("an empty Authorization", lambda user, key: "", "seed: 401"),
    ("the scheme alone", lambda user, key: "Basic", _SHAPE),
    ("no base64", lambda user, key: "Basic !!!", _SHAPE),
    ("no colon", lambda user, key: f"Basic {_encoded(user)}", _SHAPE),
    ("no colon between the two", lambda user, key: f"Basic {_encoded(user + key)}", _SHAPE),
    ("a Bearer token", lambda user, key: basic(user, key).replace("Basic", "Bearer"), _SCHEME),
    ("the right pair without a scheme", lambda user, key: basic(user, key).removeprefix("Basic "), _SCHEME),
    ("an empty password", lambda user, key: basic(user, ""), _KEY),
    ("a prefix of the password", lambda user, key: basic(user, key[:-1]), _KEY),
    ("one character of the password", lambda user, key: basic(user, key[:1]), _KEY),
    ("the password and one more character", lambda user, key: basic(user, f"{key}x"), _KEY),
    ("the password in another case", lambda user, key: basic(user, key.swapcase()), _KEY),
    ("another password", lambda user, key: basic(user, "wrong"), _KEY),
    ("an empty user name", lambda user, key: basic("", key), _USER),
    ("another user name", lambda user, key: basic(f"x{user}", key), _USER),
    ("a prefix of the user name", lambda user, key: basic(user[:-1], key), _USER),
    ("an unknown user name and no password", lambda user, key: basic("unknown", ""), _USER),
)
_ODD: tuple[tuple[str, Header], ...] = (
    ("the user name in another case", lambda user, key: basic(user.swapcase(), key)),
    ("a space behind the user name", lambda user, key: basic(f"{user} ", key)),
    ("a space behind the password", lambda user, key: basic(user, f"{key} ")),
    ("a NUL behind the password", lambda user, key: basic(user, f"{key}\0")),
    ("a line break behind the password", lambda user, key: basic(user, f"{key}\n")),
    ("the pair twice", lambda user, key: f"{basic(user, key)} {basic(user, key)}"),
)


def _nothing_learned() -> Iterator[Case]:
    why = "authentication is checked first, so that a stranger learns nothing"
    for name, method, target, headers, body in (
        ("an unknown path", "GET", "/nowhere", (), b""),
        ("the sandbox's own endpoints", "POST", "/_sandbox/reset", (JSON,), b"{}"),
        ("a method that the path lacks", "PATCH", ONE, (JSON,), b"{}"),
        ("OPTIONS", "OPTIONS", CUSTOMER, (), b""),
        ("HEAD", "HEAD", ONE, (), b""),
        ("a body that is not JSON", "PUT", ONE, (JSON,), b"{"),
        ("a body of another type", "PUT", ONE, (("Content-Type", "text/plain"),), b"x"),
        ("an ID of no customer", "GET", f"{CUSTOMER}/9223372036854775807", (), b""),
        ("an impossible ID", "GET", f"{CUSTOMER}/x", (), b""),
        ("a query that is wrong", "GET", f"{CUSTOMER}?limit=0", (), b""),
    ):
        request = Request(method, target, headers, body, authorization=None)
        yield Case(f"a stranger asks for {name}", request, (401,), why, own=True)


def _get(name: str, header: Header | None, status: int, why: str, *, own: bool = False) -> Case:
    return Case(name, Request("GET", ONE, authorization=header), (status,), why, own)
