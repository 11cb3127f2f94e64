"""Webhooks: what is verified, what is read, and one error for each thing that can be wrong."""

import json
import pickle
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest

import chargeover
from chargeover import ChargeOverError, ConfigurationError
from chargeover.webhooks import CustomerEvent, WebhookContentError, WebhookError, WebhookSecretError, parse
from chargeover_contract.openapi import DOCUMENT

SECRET = "kZ7-secret-of-ours"
KEY = {"X-ChargeOver-Key": SECRET}
MEDIA = DOCUMENT["webhooks"]["customer"]["post"]["requestBody"]["content"]["application/json"]


def body(**members: Any) -> bytes:
    whole = {
        "context_str": "customer",
        "context_id": 7,
        "event": "update",
        "data": {"customer": {"customer_id": 7, "company": "Acme"}},
        "security_token": SECRET,
        **members,
    }
    return json.dumps({name: value for name, value in whole.items() if value is not ...}).encode()


def test_an_event_is_typed() -> None:
    customer = {
        "customer_id": "7",
        "company": "Köln",
        "balance": 12.5,
        "no_procfees": 0,
        "mod_datetime": "2026-03-10 01:01:49",
    }
    sent = body(context_id="7", data={"customer": customer, "user": {"user_id": 3}})
    headers = {**KEY, "X-ChargeOver-Source": "acme.chargeover.com"}
    zone = timezone(-timedelta(hours=5))
    event = chargeover.webhooks.parse(sent, headers, secret=SECRET, timezone=zone)
    assert (event.event, event.customer_id, event.source) == ("update", 7, "acme.chargeover.com")
    assert (event.customer.company, event.customer.balance, event.customer.no_procfees) == (
        "Köln",
        Decimal("12.5"),
        False,
    )
    assert event.customer.mod_datetime == datetime(2026, 3, 10, 1, 1, 49, tzinfo=zone)
    assert ("tags" in event.customer, event.data["user"]) == (False, {"user_id": 3})
    assert pickle.loads(pickle.dumps(event)) == event
    assert repr(event) == "CustomerEvent(event='update', customer_id=7, source='acme.chargeover.com')"


@pytest.mark.parametrize("name", MEDIA["examples"])
def test_the_documented_examples_are_read(name: str) -> None:
    value = MEDIA["examples"][name]["value"]
    event = parse(json.dumps(value), {}, secret=value["security_token"])
    assert (event.event, event.customer_id) == (name, 1234)


class Headers:
    """Headers as those of werkzeug: not a Mapping, with items()."""

    def items(self) -> list[tuple[str, str]]:
        return [("Host", "x"), ("X-Chargeover-Key", SECRET)]


@pytest.mark.parametrize(
    "headers",
    [
        {"X-ChargeOver-Key": SECRET},
        {"x-chargeover-key": f" {SECRET} "},
        {"X-CHARGEOVER-KEY": SECRET, "Accept": "*/*"},
        [("X-ChargeOver-Key", SECRET)],
        [(b"x-chargeover-key", SECRET.encode())],
        iter([("Accept", "*/*"), ("X-ChargeOver-Key", SECRET)]),
        Headers(),
    ],
    ids=lambda headers: type(headers).__name__,
)
def test_headers_come_in_every_form_that_frameworks_have(headers: Any) -> None:
    for sent in (body(security_token=...), body(security_token=None), body(security_token="")):
        with pytest.raises(WebhookSecretError, match="has no secret"):
            parse(sent, {}, secret=SECRET)
    assert parse(body(security_token=...).decode(), headers, secret=SECRET).source is None


def test_either_secret_is_enough_and_a_wrong_one_is_never_let_through() -> None:
    assert parse(body(), {}, secret=SECRET).customer_id == 7
    assert parse(body(security_token=...), KEY, secret=SECRET).customer_id == 7
    for wrong in ("other", SECRET.upper(), SECRET[:-1], SECRET + "x", "é", "\ud800", "\x00"):
        with pytest.raises(WebhookSecretError, match="header X-ChargeOver-Key is not the secret") as caught:
            parse(body(), {"X-ChargeOver-Key": wrong}, secret=SECRET)
        assert SECRET not in str(caught.value)
        for headers in (KEY, {}):
            with pytest.raises(WebhookSecretError, match="security_token of the body is not the secret"):
                parse(body(security_token=wrong), headers, secret=SECRET)
    with pytest.raises(WebhookSecretError):
        parse(body(), [*KEY.items(), ("x-chargeover-key", "other")], secret=SECRET)
    for odd in (7, True, [SECRET], {"a": SECRET}):
        with pytest.raises(WebhookSecretError):
            parse(body(security_token=odd), KEY, secret=SECRET)


@pytest.mark.parametrize("content", [b"", b"not JSON", b"[1", b'"x"', b"[]", b"null", b"\xff\xfe\x00"], ids=repr)
def test_nothing_of_a_body_is_said_to_a_stranger(content: bytes) -> None:
    with pytest.raises(WebhookSecretError, match="has no secret"):
        parse(content, {}, secret=SECRET)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The body is not valid JSON."),
        (b"context_str=customer&event=insert", "The body is not valid JSON."),
        (b'{"a":' * 200_000, "The body is not valid JSON."),
        (b"[]", "The body is not a JSON object, but an array."),
        (b'"x"', "The body is not a JSON object, but a text."),
        (b"7", "The body is not a JSON object, but a number."),
        (body(context_str=...), "its context_str is missing, not 'customer'."),
        (body(context_str="invoice"), "its context_str is 'invoice', not 'customer'."),
        (body(context_str="x\n" * 500), "its context_str is 'x\\nx\\n"),
        (body(context_str=["customer"]), "its context_str is an array"),
        (body(event=...), "The event of the webhook is missing, not 'insert', 'update' or 'delete'."),
        (body(event="merge"), "The event of the webhook is 'merge'"),
        (body(event={}), "The event of the webhook is an object"),
        (body(event=True), "The event of the webhook is a boolean"),
        (body(data=...), "The data of the webhook must be an object, not nothing."),
        (body(data=[]), "The data of the webhook must be an object, not an array."),
        (body(data={}), "has no customer: it must be an object, not nothing."),
        (body(data={"customer": [1]}), "has no customer: it must be an object, not an array."),
        (body(context_id=..., data={"customer": {}}), "has no customer ID, neither as context_id nor in the customer."),
        (body(context_id="x"), "must be IDs: whole numbers from 1."),
        (body(context_id=0), "must be IDs: whole numbers from 1."),
        (body(context_id=8), "names two customers: its context_id is 8, its customer has the ID 7."),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else "",
)
def test_each_thing_that_can_be_wrong_has_its_error(content: bytes, words: str) -> None:
    with pytest.raises(WebhookContentError) as caught:
        parse(content, KEY, secret=SECRET)
    message = str(caught.value)
    assert words in message
    assert len(message) < 200
    assert "\n" not in message
    assert SECRET not in message
    assert "Acme" not in message


def test_an_id_may_be_in_one_place_only() -> None:
    assert parse(body(context_id=...), KEY, secret=SECRET).customer_id == 7
    assert parse(body(context_id="7", data={"customer": {"company": "Acme"}}), KEY, secret=SECRET).customer_id == 7


def test_what_another_webhook_is_about_can_be_asked() -> None:
    with pytest.raises(WebhookContentError) as caught:
        parse(body(context_str="invoice", event="insert"), KEY, secret=SECRET)
    for error in (caught.value, pickle.loads(pickle.dumps(caught.value))):
        assert (error.context, error.event) == ("invoice", "insert")
        assert isinstance(error, WebhookError)
        assert isinstance(error, ChargeOverError)


@pytest.mark.parametrize(
    ("act", "error", "words"),
    [
        (lambda: parse(body(), KEY, secret=""), ConfigurationError, "secret must be"),
        (
            lambda: parse(body(security_token=""), {"X-ChargeOver-Key": ""}, secret=" "),
            ConfigurationError,
            "secret must",
        ),
        (lambda: parse(body(), KEY, secret=None), ConfigurationError, "secret must be"),  # type: ignore[arg-type]
        (lambda: parse(body(), KEY, secret=SECRET, timezone="Mars"), ConfigurationError, "'Mars' is not a time zone"),
        (lambda: parse({}, KEY, secret=SECRET), WebhookContentError, "not dict"),  # type: ignore[arg-type]
        (lambda: parse(body(), None, secret=SECRET), WebhookContentError, "headers must be"),  # type: ignore[arg-type]
        (lambda: parse(body(), ["x"], secret=SECRET), WebhookContentError, "headers must be"),  # type: ignore[list-item]
        (lambda: parse(body(), {"a": ["b"]}, secret=SECRET), WebhookContentError, "headers"),  # type: ignore[arg-type]
    ],
)
def test_a_wrong_argument_is_said(act: Callable[[], CustomerEvent], error: type[ChargeOverError], words: str) -> None:
    with pytest.raises(error, match=words):
        act()
