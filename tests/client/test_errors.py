import copy
import json
import pickle
import re

import httpx2
import pytest

import chargeover
from chargeover import (
    APIStatusError,
    AuthenticationError,
    BadRequestError,
    ChargeOverError,
    InternalServerError,
    InvalidResponseError,
    NotFoundError,
    RateLimitError,
    UnexpectedStatusError,
)
from chargeover._errors import error_class
from tests.support.envelopes import envelope_of

SECRET = "s3cret"
URL = "https://acme.chargeover.com/api/v3/customer/7"


def answer(status: int, body: object, content_type: str = "application/json") -> httpx2.Response:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    request = httpx2.Request("PUT", URL, headers={"Authorization": SECRET}, json={"company": "x"})
    headers = {"Content-Type": content_type, "Set-Cookie": SECRET}
    return httpx2.Response(status, content=content, headers=headers, request=request)


def error(status: int, body: object, content_type: str = "application/json") -> ChargeOverError:
    with pytest.raises(ChargeOverError) as caught:
        envelope_of(answer(status, body, content_type))
    return caught.value


ENVELOPE = {"code": 1, "status": "Error", "message": "No.", "details": {"a": 1}, "response": False}


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, BadRequestError),
        (401, AuthenticationError),
        (404, NotFoundError),
        (429, RateLimitError),
        (500, InternalServerError),
        (503, InternalServerError),
        (520, InternalServerError),
        (599, InternalServerError),
        (100, UnexpectedStatusError),
        (302, UnexpectedStatusError),
        (403, UnexpectedStatusError),
        (499, UnexpectedStatusError),
        (600, UnexpectedStatusError),
    ],
)
@pytest.mark.parametrize(
    "body",
    [ENVELOPE, b"<html>Bad gateway</html>", b"", b"\xff", b"[" * 100_000, [], None],
    ids=lambda body: repr(body)[:12],
)
def test_the_class_follows_from_the_http_status_alone(status: int, kind: type[APIStatusError], body: object) -> None:
    assert type(error(status, body)) is kind


def test_every_status_has_a_class() -> None:
    assert all(issubclass(error_class(status), APIStatusError) for status in range(100, 1000))


def test_an_error_carries_all_that_is_known() -> None:
    found = error(400, ENVELOPE)
    assert isinstance(found, BadRequestError)
    assert (found.http_status, found.code, found.message, found.details) == (400, 1, "No.", {"a": 1})
    assert (found.method, found.url, found.request.body) == ("PUT", URL, b'{"company":"x"}')
    assert (found.response.status, found.response.headers["content-type"]) == (400, "application/json")
    assert json.loads(found.response.body) == ENVELOPE
    assert str(found) == f"400 Bad Request for PUT {URL}: No."


def test_a_response_without_an_envelope_is_described() -> None:
    found = error(520, b"<html>", "text/html")
    assert str(found) == f"520 for PUT {URL}: the body says nothing more (text/html, 6 bytes)"


@pytest.mark.parametrize("body", [b"<html>", b"", b"[]", b"1", b"{}", b'{"hello": 1}', b"\xff", b"[" * 100_000])
def test_a_success_without_an_envelope_has_a_class_of_its_own(body: bytes) -> None:
    assert type(error(202, body)) is InvalidResponseError


@pytest.mark.parametrize(
    "envelope",
    [
        ENVELOPE,
        {"status": "error", "message": "No."},
        {"status": "OK", "message": "No.", "response": False},
        {"message": "No.", "response": False},
    ],
    ids=str,
)
def test_a_success_status_with_an_error_envelope_is_an_error(envelope: dict[str, object]) -> None:
    found = error(202, envelope)
    assert type(found) is UnexpectedStatusError
    assert found.message == "No."


def test_the_code_decides_nothing() -> None:
    envelope = {"code": 400, "status": "OK", "message": "", "details": {}, "response": {"id": 1}}
    assert envelope_of(answer(202, envelope)).content == envelope


@pytest.mark.parametrize("found", [error(400, ENVELOPE), error(520, b"<html>"), error(202, b"")], ids=repr)
def test_errors_survive_pickle_and_copy(found: APIStatusError) -> None:
    for again in (pickle.loads(pickle.dumps(found)), copy.copy(found), copy.deepcopy(found)):
        assert type(again) is type(found)
        assert str(again) == str(found)
        assert (again.request, again.response) == (found.request, found.response)


@pytest.mark.parametrize(
    "found",
    [
        chargeover.UnknownFieldError("m", "compny", "company"),
        chargeover.InvalidFieldError("m", "company"),
        chargeover.APITimeoutError("m", chargeover.SentRequest("GET", URL, {})),
        chargeover.ConfigurationError("m"),
    ],
    ids=lambda found: type(found).__name__,
)
def test_errors_without_an_answer_survive_pickle_and_copy(found: ChargeOverError) -> None:
    for again in (pickle.loads(pickle.dumps(found)), copy.copy(found)):
        assert type(again) is type(found)
        assert str(again) == str(found)
        assert vars(again) == vars(found)


def test_no_error_carries_a_secret() -> None:
    found = error(401, ENVELOPE)
    assert isinstance(found, AuthenticationError)
    for text in (str(found), repr(found), repr(vars(found)), repr(found.request.headers), repr(found.response.headers)):
        assert SECRET not in text
    assert SECRET.encode() not in pickle.dumps(found)


def test_the_tree_in_the_docstring_is_the_tree() -> None:
    drawn: dict[str, set[str]] = {}
    above: list[str] = []
    for line in (chargeover._errors.__doc__ or "").splitlines():
        found = re.match(r"    (?P<branch>[│├└─ ]*)(?P<name>[A-Z]\w+)(?: \((?P<also>\w+)\))?(?:  |$)", line)
        if found:
            depth = len(found["branch"]) // 4
            above[depth:] = [found["name"]]
            bases = {above[depth - 1] if depth else "Exception"} | ({found["also"]} - {None})
            drawn[found["name"]] = drawn.get(found["name"], set()) | bases
    kinds = [getattr(chargeover, name) for name in chargeover.__all__]
    real = {kind.__name__: kind for kind in kinds if isinstance(kind, type) and issubclass(kind, Exception)}
    exported = {
        name: {base.__name__ for base in kind.__bases__ if base is not chargeover._errors.ResponseError}
        for name, kind in real.items()
    }
    # The two whose common base is not exported are drawn where that base would be.
    for name in ("APIStatusError", "InvalidResponseError"):
        exported[name] = {"ChargeOverError"}
    assert drawn == exported
