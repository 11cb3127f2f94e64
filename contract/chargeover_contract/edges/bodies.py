"""Bodies: their media type, their bytes, and invalid JSON."""

from collections.abc import Iterator

from chargeover_contract.ownership import CUSTOMER

from .case import JSON, ONE, Case, Request, post, put

_OK = b'{"bill_city": "Bonn"}'
_MIB = 1024 * 1024


def cases() -> Iterator[Case]:
    """The rows."""
    yield from _media_types()
    yield from _no_json()
    yield from _odd_json()
    yield from _other_bodies()


def _media_types() -> Iterator[Case]:
    for given in (
        "application/json; charset=utf-8", 'application/json;charset="UTF-8"', "application/json ; charset=UTF-8",
        "APPLICATION/JSON", "Application/Json",
    ):  # fmt: skip
        yield _typed(given, 202, "RFC 9110 8.3: a media type has no case and may have parameters")
    for given in (
        "text/plain", "text/json", "application/xml", "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x", "application/json-patch+json", "application/jsonx", "xapplication/json",
        "json", "application/octet-stream", "*/*",
    ):  # fmt: skip
        yield _typed(given, 415, "the document takes application/json alone")
    for odd in (None, "", "application/json, text/plain", "; application/json", "text/plain; application/json"):
        yield _typed(odd, 415, "what does not say that it is JSON is none", own=True)
    for given in ("application/json; charset=iso-8859-1", "application/json; charset=utf-16", "application/json;"):
        yield _typed(given, 202, "RFC 8259 11: JSON has no charset parameter, so it means nothing", own=True)
    for target in (CUSTOMER, f"{ONE}/_action/disconnectParent", "/api/v3/_bulk"):
        request = Request("POST", target, (("Content-Type", "text/plain"),), b"{}")
        yield Case(f"plain text for {target}", request, (415,), "the document takes application/json alone")
    request = Request("PUT", f"{CUSTOMER}/external_key:<key>", (("Content-Type", "text/plain"),), b"{}")
    yield Case("plain text for an update by key", request, (415,), "the document takes application/json alone")


def _typed(given: str | None, status: int, why: str, *, own: bool = False) -> Case:
    headers = () if given is None else (("Content-Type", given),)
    then = {"bill_city": "Bonn"} if status == 202 else {}
    name = f"the media type {given!r}" if given is not None else "no media type"
    return Case(name, Request("PUT", ONE, headers, _OK), (status,), why, own, then)


def _no_json() -> Iterator[Case]:
    docs = "docs: 400 for invalid JSON"
    for name, body in (
        ("nothing", b""),
        ("white space", b" \r\n\t"),
        ("an open object", b'{"company": "x"'),
        ("a comma at the end", b'{"company": "x",}'),
        ("single quotes", b"{'company': 'x'}"),
        ("a name without quotes", b'{company: "x"}'),
        ("a comment", b'{"company": "x"} // no'),
        ("two values", b'{"company": "x"}{"company": "y"}'),
        ("something behind the value", b'{"company": "x"} x'),
        ("NaN", b'{"superuser_id": NaN}'),
        ("NaN where null may stand", b'{"parent_customer_id": NaN}'),
        ("NaN beside a right field", b'{"company": "x", "parent_customer_id": NaN}'),
        ("Infinity", b'{"superuser_id": Infinity}'),
        ("-Infinity", b'{"superuser_id": -Infinity}'),
        ("a plus sign", b'{"superuser_id": +1}'),
        ("a zero in front", b'{"superuser_id": 01}'),
        ("a hexadecimal number", b'{"superuser_id": 0x1}'),
        ("True", b'{"no_taxes": True}'),
        ("undefined", b'{"company": undefined}'),
        ("a bare line break in a text", b'{"company": "a\nb"}'),
        ("a bare NUL in a text", b'{"company": "a\0b"}'),
        ("an unknown escape", b'{"company": "\\x41"}'),
        ("half an escape", b'{"company": "\\u00"}'),
        ("bytes that are not UTF-8", b'{"company": "\xff"}'),
        ("a cut UTF-8 sequence", b'{"company": "\xc3"}'),
        ("an overlong UTF-8 sequence", b'{"company": "\xc0\xaf"}'),
        ("a surrogate in UTF-8", b'{"company": "\xed\xa0\x80"}'),
        ("UTF-16", '{"company": "x"}'.encode("utf-16")),
        ("a form", b"company=x"),
        ("XML", b"<company>x</company>"),
        ("100,000 open lists", b'{"tags": ' + b"[" * 100_000),
        ("100,000 open objects", b'{"a":' * 100_000),
    ):
        yield put(f"a body of {name}", body, 400, docs)


def _odd_json() -> Iterator[Case]:
    strict = "a lenient reader would store something else than was meant"
    yield put("one name twice", b'{"company": "a", "company": "b"}', 400, strict, own=True)
    yield put("one name twice, once escaped", b'{"company": "a", "compan\\u0079": "b"}', 400, strict, own=True)
    yield put("a lone surrogate", b'{"company": "\\ud800"}', 400, strict, own=True)
    yield put("surrogates in the wrong order", b'{"company": "\\udc00\\ud800"}', 400, strict, own=True)
    yield put("a lone surrogate in a name", b'{"\\ud800": "x"}', 400, strict)
    yield put("a byte order mark", b"\xef\xbb\xbf" + _OK, 400, "RFC 8259 8.1 leaves it to the reader", own=True)
    yield put("a body above 10 MiB", b'{"company": "' + b"x" * (10 * _MIB) + b'"}', 400, "it is the limit", own=True)
    head, tail = b'{"bill_addr1": "', b'"}'
    most = b"x" * (10 * _MIB - len(head + tail))
    yield put("a body of 10 MiB", head + most + tail, 202, "it is the limit", own=True,
              then={"bill_addr1": most.decode()})  # fmt: skip
    yield put("a text of 1 MiB", {"bill_addr1": "x" * _MIB}, 202, "no length is documented", own=True,
              then={"bill_addr1": "x" * _MIB})  # fmt: skip
    yield put("no text any more", {"bill_addr1": ""}, 202, "an empty text empties a field (assumed)",
              then={"bill_addr1": ""})  # fmt: skip
    yield put("white space around the value", b" \r\n\t" + _OK + b"\n", 202, "RFC 8259 2", then={"bill_city": "Bonn"})
    yield put("a name in escapes", b'{"bill_cit\\u0079": "Ulm"}', 202, "RFC 8259 8.3", then={"bill_city": "Ulm"})
    yield put("a surrogate pair", b'{"bill_city": "\\ud83d\\ude00"}', 202, "RFC 8259 7",
              then={"bill_city": "\N{GRINNING FACE}"})  # fmt: skip
    yield put("an escaped NUL", b'{"bill_city": "a\\u0000b"}', 202, "it is a text like any other",
              then={"bill_city": "a\0b"})  # fmt: skip


def _other_bodies() -> Iterator[Case]:
    shape = "the document asks for an object"
    for body in (b"[]", b"null", b"true", b"5", b'"x"', b'[{"company": "x"}]'):
        yield put(f"the body {body.decode()}", body, 400, shape)
        yield post(f"a creation from {body.decode()}", CUSTOMER, body, 400, shape)
    action = f"{ONE}/_action/disconnectParent"
    for body in (b"", b"[]", b"null", b'{"parent_customer_id": null}', b'{"x": 1}'):
        yield post(f"a disconnection with {body.decode() or 'nothing'}", action, body, 400, "an empty object, it says")
    yield post("a disconnection of a customer without a parent", action, b"{}", 200, "that changes nothing (assumed)")
    yield put("no field at all", b"{}", 202, "it changes the date alone", own=True)
    request = Request("PUT", f"{CUSTOMER}/external_key:<key>", (JSON,), b'{"bill_city": "Hof"}')
    yield Case("an update by key", request, (202,), "docs: a key stands for the ID", then={"bill_city": "Hof"})
    request = Request("PUT", f"{CUSTOMER}/external_key:<key>", (JSON,), b'{"bill_cty": "Hof"}')
    yield Case("an update by key with a wrong name", request, (400,), "the document refuses unknown fields")
