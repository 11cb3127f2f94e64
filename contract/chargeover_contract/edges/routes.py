"""Methods that a path lacks, paths that the document lacks, and the pieces of paths in every spelling."""

from collections.abc import Iterator

from chargeover_contract.document import OPERATIONS
from chargeover_contract.ownership import CUSTOMER

from .case import JSON, ONE, Case, Request, get

_FILLED = {"customer_id": "<id>", "external_key": "<key>", "token": "<token>"}


def cases() -> Iterator[Case]:
    """The rows."""
    for path in dict.fromkeys(operation.path for operation in OPERATIONS.values()):
        target = path.format(**_FILLED)
        there = {operation.method for operation in OPERATIONS.values() if operation.path == path}
        for method in sorted({"GET", "POST", "PUT", "DELETE", "PATCH"} - there):
            headers, body = ((JSON,), b"{}") if method != "GET" else ((), b"")
            yield Case(
                f"{method} {path}",
                Request(method, target, headers, body),
                (405,),
                "the document has a 405 with Allow for every path",
            )
    yield from _odd_methods()
    yield from _ids()
    yield from _names()
    yield from _unknown_paths()


def _odd_methods() -> Iterator[Case]:
    for method in ("HEAD", "OPTIONS", "TRACE", "PROPFIND"):
        request = Request(method, ONE)
        yield Case(method, request, (405,), "the document has no such method", own=True)
    for method in ("get", "Get", "put"):
        yield Case(
            f"the method {method}",
            Request(method, ONE),
            (400, 405, 501),
            "RFC 9110 9.1: the case of a method matters, so this is an unknown one",
            is_http=False,
        )
    yield Case(
        "an unknown method",
        Request("FROBNICATE", ONE),
        (400, 405, 501),
        "RFC 9110 9.1: 405 or 501; a parser may refuse it as a 400",
        is_http=False,
    )
    for header in ("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"):
        request = Request("POST", ONE, ((header, "DELETE"), JSON), b"{}")
        yield Case(f"a POST with {header}: DELETE", request, (405,), "the method is the one of the request line")
    yield Case(
        "a GET with _method=DELETE", Request("GET", f"{ONE}?_method=DELETE"), (200,), "unknown parameters are ignored"
    )
    yield Case(
        "a GET with a body",
        Request("GET", ONE, (JSON,), b'{"company": "x"}'),
        (200,),
        "RFC 9110 9.3.1: a body of a GET means nothing",
    )


def _ids() -> Iterator[Case]:
    docs = "docs: an ID that no customer can have is a 400"
    for piece in ("0", "-1", "x", "1.5", "9223372036854775808", "9" * 40, "null", "true", "%00", "<id>x", "<id>%2E5"):
        yield get(f"the ID {piece[:30]}", f"{CUSTOMER}/{piece}", 400, docs)
    yield get("the greatest ID", f"{CUSTOMER}/9223372036854775807", 404, "docs: no customer has it")
    # An ID that begins with any digit, spelled with %3x for it.
    request = Request("GET", f"{CUSTOMER}/<percent-id>")
    yield Case("an ID in percent-encoding", request, (200,), "RFC 3986 2.3: the encoding of a digit is the digit")
    for piece in ("+<id>", "0<id>", "<id>.0", "<id>%20", "%20<id>", "<id>%0A", "<id>%00", "<id>_0", "<id>e0", "%D9%A1"):
        yield get(f"the ID {piece}", f"{CUSTOMER}/{piece}", 400, "IDs are written in plain digits alone", own=True)


def _names() -> Iterator[Case]:
    unknown = "docs: 404 where no customer has it"
    yield get("the key", f"{CUSTOMER}/external_key:<key>", 200, "docs: a key stands for the ID")
    yield get("the token", f"{CUSTOMER}/token:<token>", 200, "client: a token stands for the ID")
    yield get("an unknown key", f"{CUSTOMER}/external_key:<key>x", 404, unknown)
    yield get("an unknown token", f"{CUSTOMER}/token:<token>x", 404, unknown)
    yield get("the ID as a key", f"{CUSTOMER}/external_key:<id>", 404, "an ID is not a key")
    yield get("the ID as a token", f"{CUSTOMER}/token:<id>", 404, "an ID is not a token")
    yield get("the key as a token", f"{CUSTOMER}/token:<key>", 404, "a key is not a token")
    yield get("the token as a key", f"{CUSTOMER}/external_key:<token>", 404, "a token is not a key")
    yield get("SQL as a key", f"{CUSTOMER}/external_key:x'%20OR%20'1'='1", 404, "a key is a text and nothing else")
    yield get("a wildcard as a key", f"{CUSTOMER}/external_key:%25", 404, "a key is a text and nothing else")
    yield get("a key that is not UTF-8", f"{CUSTOMER}/external_key:%FF", 400, "docs: no such key can exist")
    yield get("a token that is not UTF-8", f"{CUSTOMER}/token:%FF", 400, "docs: no such token can exist")
    for name in ("external_key", "token"):
        yield get(f"an empty {name}", f"{CUSTOMER}/{name}:", 400, "a name needs at least one character", own=True)
    yield get("another name than key and token", f"{CUSTOMER}/company:x", 400, "no customer can have this ID")
    for operation, method in (("an update", "PUT"), ("a deletion", "DELETE")):
        for kind, piece, status in (
            ("of an unknown customer", "9223372036854775807", 404),
            ("of the ID 0", "0", 400),
            ("of an unknown key", "external_key:<key>x", 404),
            ("of a key that is not UTF-8", "external_key:%FF", 400),
        ):
            headers, body = ((JSON,), b'{"company": "x"}') if method == "PUT" else ((), b"")
            request = Request(method, f"{CUSTOMER}/{piece}", headers, body)
            yield Case(f"{operation} {kind}", request, (status,), f"docs: {status}")
    action = "_action/disconnectParent"
    for kind, piece, status in (("of an unknown customer", "9223372036854775807", 404), ("of the ID 0", "0", 400)):
        request = Request("POST", f"{CUSTOMER}/{piece}/{action}", (JSON,), b"{}")
        yield Case(f"a disconnection {kind}", request, (status,), f"docs: {status}")


def _unknown_paths() -> Iterator[Case]:
    for target in ("/api/v3/nothing", "/api/v3/customers", f"{ONE}/x", "/api/v4/customer/<id>", "/api/v3"):
        yield get(f"the path {target}", target, 400, "docs: a path without an endpoint is a 400")
    for target in (
        "/", f"{CUSTOMER}/", f"{ONE}/", "//api/v3/customer", "/api/v3//customer", "/API/V3/CUSTOMER",
        "/api/v3/Customer", f"{CUSTOMER}%2F<id>", f"{CUSTOMER};x=1", "/api/v3/./customer", "/api/v3/x/../customer",
        "/api/v3/customer.json", f"{ONE}/_action/disconnectparent", f"{ONE}/_action/", "/_sandbox", "/openapi.yaml",
    ):  # fmt: skip
        yield get(f"the path {target}", target, 400, "a path is what the document has, to the letter", own=True)
    yield get("a letter of the path in percent-encoding", "/api/v3/custome%72/<id>", 200,
              "RFC 3986 2.3: the encoding of a letter is the letter", own=True)  # fmt: skip
