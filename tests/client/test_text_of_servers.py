"""Text of a server in messages, hints and the log: escaped and cut. The errors' attributes keep it as it came."""

import copy
import json
import logging
import pickle
import socket
from typing import Any

import pytest

from chargeover import (
    APIConnectionError,
    BadRequestError,
    BulkError,
    ChargeOver,
    ChargeOverError,
)
from chargeover._text import printable
from tests.support.https import serving
from tests.support.scripted import Reply, Script, failure, perform, yes

NASTY = "first\nsecond\r\x1b[31mred\x1b[0m\x00\x9b2J \u202eesrever\u2066 \u2028line\u2029 \ufeff\u200b\ud800 ü 日本 🎉"
ESCAPED = (
    r"first\nsecond\r\x1b[31mred\x1b[0m\x00\x9b2J \u202eesrever\u2066 \u2028line\u2029 \ufeff\u200b\ud800 ü 日本 🎉"
)
HUGE = "x" * 10_000_000


def refused(message: str, status: int = 400) -> Reply:
    envelope = {"code": status, "status": "Error", "message": message, "details": {}, "response": False}
    return Reply(status, json.dumps(envelope).encode())


def act(script: Script, action: Any, **arguments: Any) -> Any:
    return perform("sync", script, action, **arguments)


def of(reply: Reply, **arguments: Any) -> ChargeOverError:
    return failure(act, Script([reply]), lambda client: client.customers.update(1, company="x"), **arguments)


def assert_shown(error: ChargeOverError) -> None:
    shown = [str(error), error.reason, *getattr(error, "__notes__", ())]
    for text in shown:
        assert text.isprintable(), text
        assert len(text) < 2500


def test_a_message_is_escaped_in_what_is_shown_and_whole_in_its_attribute() -> None:
    error = of(refused(NASTY))
    assert isinstance(error, BadRequestError)
    assert error.reason == ESCAPED
    assert str(error).endswith(f": {ESCAPED}")
    assert error.message == NASTY
    assert_shown(error)
    for again in (copy.copy(error), pickle.loads(pickle.dumps(error))):
        assert (str(again), again.message) == (str(error), NASTY)


def test_a_huge_message_is_cut() -> None:
    error = of(refused(HUGE))
    assert isinstance(error, BadRequestError)
    assert error.reason == "x" * 1000 + "… (10000000 characters)"
    assert error.message == HUGE
    assert_shown(error)


@pytest.mark.parametrize(
    "reply",
    [
        Reply(302, b"", {"Location": "https://elsewhere.example/\x1b[2J" + "x" * 5000}),
        Reply(404, b"<html>", {"Content-Type": "text/html\x1b[2J" + "x" * 5000}),
        Reply(202, b"<html>", {"Content-Type": "text/\x9b"}),
        Reply(202, json.dumps({"status": "\x1b[2J\n" + "x" * 5000, "response": {"id": "\x1b"}}).encode()),
        Reply(200, json.dumps({"status": "Error\n", "message": NASTY, "response": False}).encode()),
    ],
    ids=["redirect", "content type", "content type of a success", "status", "refusal under 200"],
)
def test_so_are_headers_and_envelopes(reply: Reply) -> None:
    assert_shown(failure(act, Script([reply]), lambda client: client.customers.create(company="x")))


def test_so_is_what_is_not_http() -> None:
    def serve(connection: socket.socket) -> None:
        connection.recv(65536)
        connection.sendall(b"\x1b[2JHTTP\xff\x9b " * 50_000 + b"\r\n\r\n")

    with (
        serving(serve) as port,
        ChargeOver(base_url=f"http://127.0.0.1:{port}", username="u", password="p", max_retries=0) as client,
        pytest.raises(APIConnectionError) as caught,
    ):
        client.customers.get(1)
    assert_shown(caught.value)


def test_so_are_the_errors_of_a_bulk_run() -> None:
    envelope = {"code": 400, "status": "Error", "message": NASTY, "details": {}, "response": False}
    reply = yes({"_bulk": [envelope, {**envelope, "message": HUGE}]})
    changes = [(1, {"company": "x"}), (2, {"company": "x"})]
    with pytest.raises(BulkError) as caught:
        perform("sync", Script([reply]), lambda client: list(client.customers.bulk_update(changes)))
    assert_shown(caught.value)
    assert [one.isprintable() for one in map(repr, caught.value.results)] == [True, True]


def test_the_log_has_one_line_for_a_record(caplog: pytest.LogCaptureFixture) -> None:
    content = {"status": "OK", "response": {"id": 1, "\x1b[2J\u202e": NASTY, "numbers": list(range(1_000_000))}}
    with caplog.at_level(logging.DEBUG, "chargeover"):
        perform(
            "sync",
            Script([Reply(202, json.dumps(content).encode())]),
            lambda client: client.customers.update(1, company="x"),
            log_bodies=True,
        )
    lines = [record.getMessage() for record in caplog.records if record.name == "chargeover"]
    assert len(lines) == 2
    assert all(line.isprintable() and len(line) < 25_000 for line in lines)


@pytest.mark.parametrize("text", ["", "plain", "Müller & Söhne", "日本", "🎉", "a'b\"c\\d"])
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    assert printable(text) == text


def test_a_limit() -> None:
    assert printable("abcdef", 3) == "abc… (6 characters)"
    assert printable("abc", 3) == "abc"
