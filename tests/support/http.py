"""Plain HTTP, as several tests speak it."""

from typing import Any

import httpx2

CUSTOMER = "/api/v3/customer"
BULK = "/api/v3/_bulk"


def create(http: httpx2.Client, **fields: object) -> int:
    """Create a customer; the result is its ID."""
    answer = http.post(CUSTOMER, json={"company": "Acme", **fields})
    assert answer.status_code == 201, answer.text
    customer_id: int = answer.json()["response"]["id"]
    return customer_id


def refused(answer: httpx2.Response, status: int) -> str:
    """The message of a refusal, which must be an error envelope."""
    envelope = answer.json()
    assert set(envelope) == {"code", "status", "message", "details", "response"}
    found = (answer.status_code, envelope["code"], envelope["status"], envelope["response"])
    assert found == (status, status, "Error", False)
    message: str = envelope["message"]
    return message


def count(http: httpx2.Client) -> int:
    """How many customers there are."""
    number: int = http.get(f"{CUSTOMER}/_count").json()["response"]
    return number


def part(method: str, uri: str, **members: object) -> dict[str, object]:
    """One request of a bulk request."""
    return {"request_method": method, "uri": uri, **members}


def bulk_answers(http: httpx2.Client, *parts: object) -> list[dict[str, Any]]:
    """The response to each request of a bulk request."""
    answer = http.post(BULK, json=parts)
    assert (answer.status_code, answer.json()["status"]) == (200, "OK"), answer.text
    answers: list[dict[str, Any]] = answer.json()["response"]["_bulk"]
    return answers
