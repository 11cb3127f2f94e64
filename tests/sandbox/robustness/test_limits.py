"""Large and deep requests: a clear 400, soon, in little memory, and the same on every version of Python."""

import json
import os
import re
import sys
from pathlib import Path

import httpx2
import pytest

from chargeover_contract.sandbox import sandbox_process
from tests.support.http import BULK, CUSTOMER, bulk_responses, connect, create, part, refused

MEBIBYTE = 2**20
JSON = {"Content-Type": "application/json"}


@pytest.mark.skipif(not Path("/proc/self/status").is_file(), reason="reads the peak of the memory from /proc")
def test_no_body_up_to_the_limit_takes_a_second_or_200_megabytes() -> None:
    most = 10 * MEBIBYTE
    bodies = {
        "empty requests": (BULK, b"[" + b"{}," * 1_000_000 + b"{}]"),
        "as many values as may be": (BULK, b"[" + b"{}," * 49_000 + b"{}]"),
        "three million tags": (CUSTOMER, b'{"company":"x","tags":[' + b"1," * 3_000_000 + b"1]}"),
        "as many tags as may be": (CUSTOMER, b'{"company":"x","tags":[' + b"1," * 99_990 + b"1]}"),
        "unknown names": (CUSTOMER, json.dumps({f"name-{number}" * 10: 1 for number in range(49_000)}).encode()),
        "a wide text": (CUSTOMER, b'{"no_taxes":"\xf0\x9f\x98\x80' + b"x" * (most - 100) + b'"}'),
        "commas in a text": (CUSTOMER, b'{"no_taxes":"' + b"," * (most - 100) + b'"}'),
        "escapes without an end": (CUSTOMER, b'"' + b'\\"' * (most // 2 - 100)),
        "quotes": (CUSTOMER, b'"' * most),
        "levels": (CUSTOMER, b"[" * most),
        "a query of 700,000 terms": (BULK, b'[{"request_method":"GET","uri":"/api/v3/customer?where=%b"}]'),
    }
    with sandbox_process() as sandbox, connect(sandbox.url) as http:
        create(http)  # everything that the first request loads
        before = peak_memory(sandbox.process.pid)
        for name, (path, body) in bodies.items():
            start = processor_seconds(sandbox.process.pid)
            response = http.post(path, content=body.replace(b"%b", b"token:IS:NULL," * 700_000), headers=JSON)
            took = processor_seconds(sandbox.process.pid) - start
            assert response.status_code == (200 if "terms" in name else 400), name
            assert took < 1, f"{name}: {took:.1f} s"
            assert len(response.content) < 50_000
        assert peak_memory(sandbox.process.pid) - before < 200 * MEBIBYTE


def processor_seconds(pid: int) -> float:
    """Not those of the clock, which depend on what else the machine does."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")


def peak_memory(pid: int) -> int:
    """Bytes."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    assert found
    return int(found[1]) * 1024


@pytest.mark.parametrize("levels", [100, 101, 254, 255, 256, 600, 1000, 5000, 100_000])
def test_levels_are_counted_and_not_left_to_the_interpreter(http: httpx2.Client, levels: int) -> None:
    body = b'{"company":' + b"[" * (levels - 1) + b"]" * (levels - 1) + b"}"
    message = refused(http.post(CUSTOMER, content=body, headers=JSON), 400)
    assert ("not of type" if levels <= 100 else "nested too deeply: more than 100 levels") in message


def test_brackets_and_commas_in_texts_are_not_counted(http: httpx2.Client) -> None:
    text = "[{" * 60_000 + '\\"' + ",:" * 60_000
    assert create(http, company=text)


@pytest.mark.parametrize("separator", [",", '","'])
def test_values_are_counted(http: httpx2.Client, separator: str) -> None:
    body = '{"company":"x","tags":["' + separator.join(["", *("1" * 99_999), ""]) + '"]}'
    response = http.post(CUSTOMER, content=body, headers=JSON)
    if separator == ",":
        assert response.status_code == 201
    else:
        assert refused(response, 400) == "The body has more than 100000 values and names."


@pytest.mark.parametrize(("number", "words"), [("9" * 400, "maximum"), ("-" + "9" * 400, "minimum")])
def test_a_number_may_have_400_digits(http: httpx2.Client, number: str, words: str) -> None:
    for text, expected in ((number, words), (number + "9", "more than 400 digits"), (number + ".5", "400 digits")):
        body = f'{{"company": "x", "superuser_id": {text}}}'
        assert expected in refused(http.post(CUSTOMER, content=body, headers=JSON), 400)


@pytest.mark.skipif(not hasattr(sys, "set_int_max_str_digits"), reason="this Python reads integers of any length")
def test_the_limit_of_digits_does_not_depend_on_a_setting(http: httpx2.Client) -> None:
    before = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(0)
    try:
        body = '{"company": "x", "superuser_id": ' + "9" * 5000 + "}"
        assert "more than 400 digits" in refused(http.post(CUSTOMER, content=body, headers=JSON), 400)
    finally:
        sys.set_int_max_str_digits(before)


@pytest.mark.parametrize("term", ["company:CONTAINS:a", "custom_1:EQUALS:a", "token:IS:NULL", "superuser_id:GT:1"])
@pytest.mark.usefixtures("sandbox")
def test_a_where_has_at_most_200_terms(http: httpx2.Client, term: str) -> None:
    assert http.get(CUSTOMER, params={"where": ",".join([term] * 200)}).json()["response"] == []
    for number in (201, 1100, 3000):
        if number < 3000:  # more does not fit into a URL
            message = refused(http.get(CUSTOMER, params={"where": ",".join([term] * number)}), 400)
            assert "where: it has more than 200 terms" in message
        (response,) = bulk_responses(http, part("GET", f"{CUSTOMER}?where={','.join([term] * number)}"))
        assert (response["code"], "200 terms" in response["message"]) == (400, True)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("order", "a" * 50_000),
        ("where", "a" * 50_000),
        ("where", "customer_id:EQUALS:" + "9" * 3000),
        ("where", "mod_datetime:GT:" + "9" * 3000),
        ("offset", "9223372036854775808"),
        ("offset", "9" * 5000),
        ("limit", "9" * 5000),
    ],
    ids=lambda value: value[:20],
)
def test_a_parameter_that_is_far_too_long_is_refused_by_name(http: httpx2.Client, name: str, text: str) -> None:
    message = refused(http.get(CUSTOMER, params={name: text}), 400)
    assert f"[{name}: " in message
    assert len(message) < 1000


def test_a_uri_in_a_bulk_request_has_the_limit_of_any_other(http: httpx2.Client) -> None:
    responses = bulk_responses(http, *(part("GET", f"{CUSTOMER}{mark * 70_000}") for mark in ("/", "?&", "?a=b&")))
    assert [(one["code"], "has more than 65536 characters" in one["message"]) for one in responses] == [(400, True)] * 3


def test_a_mistake_far_down_a_long_list_is_found(http: httpx2.Client) -> None:
    message = refused(http.post(CUSTOMER, json={"company": "x", "tags": ["a"] * 5000 + [1]}), 400)
    assert "tags[5000]: 1 is not of type" in message
