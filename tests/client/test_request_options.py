"""Options: which of them wins, what is added up, and what is refused."""

import dataclasses
import math
from collections.abc import Mapping
from typing import Any

import pytest

from chargeover import ConfigurationError, RequestOptions
from chargeover._settings.options import DEFAULTS
from tests.support.scripted import Script, perform, yes

ALL_SET = RequestOptions(
    timeout=1,
    deadline=2,
    max_retries=0,
    on_retry=print,
    extra_headers={"X-A": "1"},
    extra_query={"a": 1},
    extra_body={"a": 1},
)


def test_what_is_not_given_is_what_it_was() -> None:
    assert RequestOptions().over(ALL_SET) == ALL_SET


def test_what_is_given_wins() -> None:
    assert ALL_SET.over(DEFAULTS) == ALL_SET


def test_a_zero_is_given() -> None:
    assert RequestOptions(max_retries=0).over(DEFAULTS).max_retries == 0


def test_the_defaults_have_every_number_set() -> None:
    assert (DEFAULTS.timeout, DEFAULTS.deadline, DEFAULTS.max_retries) == (30.0, 120.0, 3)


@pytest.mark.parametrize("name", ["extra_headers", "extra_query", "extra_body"])
def test_what_is_extra_is_added_up(name: str) -> None:
    base, call = RequestOptions(**{name: {"a": "1", "b": "1"}}), RequestOptions(**{name: {"b": "2", "c": "2"}})  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    assert getattr(call.over(base), name) == {"a": "1", "b": "2", "c": "2"}
    assert getattr(base, name) == {"a": "1", "b": "1"}


def test_an_option_of_a_call_wins_over_with_options_and_that_over_the_client() -> None:
    def timeouts(client: Any) -> None:
        derived = client.with_options(timeout=2, deadline=20)
        for one in (client, derived, derived.with_options(deadline=10)):
            one.customers.get(1)
        derived.customers.get(1, options=RequestOptions(timeout=3))
        derived.customers.get(1)

    script = Script([yes({})] * 5)
    perform("sync", script, timeouts, timeout=1)
    assert [request.extensions["timeout"]["read"] for request in script.requests] == [1, 2, 2, 3, 2]
    waits = [request.extensions["timeout"]["pool"] for request in script.requests]
    assert waits == [pytest.approx(seconds, abs=1) for seconds in (120, 20, 10, 20, 20)]


def test_options_are_values() -> None:
    assert RequestOptions(timeout=1) == RequestOptions(timeout=1)
    with pytest.raises(dataclasses.FrozenInstanceError):
        ALL_SET.timeout = 5  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]


def test_printed_options_show_neither_headers_nor_bodies() -> None:
    options = RequestOptions(timeout=5, extra_headers={"X-Key": "s3cret"}, extra_body={"company": "s3cret"})
    assert "s3cret" not in repr(options)
    assert "timeout=5" in repr(options)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"timeout": 0}, "timeout=0 must be a finite number of seconds above 0"),
        ({"timeout": -1}, "timeout=-1"),
        ({"timeout": math.nan}, "must be a finite number"),
        ({"timeout": "5"}, "must be a finite number"),
        ({"deadline": 0.0}, "deadline=0.0 must be a finite number of seconds above 0"),
        ({"deadline": math.inf}, "must be a finite number"),
        ({"deadline": True}, "must be a finite number"),
        ({"max_retries": -1}, "max_retries=-1 must be a whole number, 0 or more"),
        ({"max_retries": 1.5}, "whole number"),
        ({"max_retries": True}, "whole number"),
        ({"on_retry": "print"}, "on_retry must be a function, not of type str"),
        ({"extra_headers": [("X-A", "1")]}, "extra_headers must be of type Mapping, not list"),
        ({"extra_headers": {"": "1"}}, "'' is not the name of a header"),
        ({"extra_headers": {"X A": "1"}}, "'X A' is not the name of a header"),
        ({"extra_headers": {"X-A:": "1"}}, "is not the name of a header"),
        ({"extra_headers": {"X-A\r\nX-B": "1"}}, "is not the name of a header"),
        ({"extra_headers": {"X-Ä": "1"}}, "is not the name of a header"),
        ({"extra_headers": {5: "1"}}, "5 is not the name of a header"),
        ({"extra_headers": {"X-A": "1\r\nX-B: 2"}}, "the value of X-A must be printable ASCII text"),
        ({"extra_headers": {"X-A": "1\n"}}, "printable ASCII"),
        ({"extra_headers": {"X-A": "\x00"}}, "printable ASCII"),
        ({"extra_headers": {"X-A": "ä"}}, "printable ASCII"),
        ({"extra_headers": {"X-A": 5}}, "printable ASCII"),
        *(
            ({"extra_headers": {name: "x"}}, f"{name} is set by the client itself")
            for name in ("Authorization", "authorization", "Proxy-Authorization", "Cookie", "Host", "Content-Length")
        ),
        *(
            ({"extra_headers": {name: "x"}}, f"{name} is set by the client itself")
            for name in ("Transfer-Encoding", "CONNECTION", "Set-Cookie")
        ),
        ({"extra_query": [("a", "1")]}, "extra_query must be of type Mapping"),
        ({"extra_query": {"a": None}}, "the value of a must be a text or a whole number"),
        ({"extra_query": {"a": True}}, "the value of a must be a text or a whole number"),
        ({"extra_query": {"a": ["1", "2"]}}, "the value of a must be a text or a whole number"),
        ({"extra_query": {"a": "\ud800"}}, "the value of a must be a text or a whole number"),
        ({"extra_query": {"\ud800": "a"}}, "is not the name of a parameter"),
        ({"extra_query": {"": "a"}}, "is not the name of a parameter"),
        ({"extra_query": {5: "a"}}, "5 is not the name of a parameter"),
        ({"extra_body": [1]}, "extra_body must be of type Mapping"),
        ({"extra_body": {"a": math.nan}}, "extra_body must be a JSON object"),
        ({"extra_body": {"a": object()}}, "extra_body must be a JSON object"),
        ({"extra_body": {"a": b"x"}}, "extra_body must be a JSON object"),
        ({"extra_body": {"a": "\ud800"}}, "extra_body must be a JSON object"),
        ({"extra_body": {5: "a"}}, "extra_body must be a JSON object"),
    ],
    ids=lambda value: str(value).partition(" at 0x")[0],
)
def test_these_are_refused_for_a_client_and_for_a_call(options: Mapping[str, Any], words: str) -> None:
    with pytest.raises(ConfigurationError, match=words):
        RequestOptions(**options)
    with pytest.raises(ConfigurationError, match=words):
        perform("sync", Script([]), lambda client: client.with_options(**options))


@pytest.mark.parametrize("value", ["s3cret\n", "s3cret\x7f", "s3crét"])
def test_a_refusal_does_not_repeat_the_value_of_a_header(value: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        RequestOptions(extra_headers={"X-Key": value})
    assert "s3cr" not in str(caught.value)
