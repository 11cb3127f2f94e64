"""Requests to a sandbox without the client: what the tests of our own server and tools send and read."""

import ssl
from typing import Any

import httpx2

CUSTOMER = "/api/v3/customer"
BULK = "/api/v3/_bulk"
# Made once: to read the certificates takes longer than most tests.
TRUST = ssl.create_default_context()


def connect(url: str, username: str = "sandbox", password: str = "sandbox") -> httpx2.Client:
    """An HTTP client with credentials; proxies from the environment are not used."""
    return httpx2.Client(base_url=url, auth=(username, password), trust_env=False, verify=TRUST)


def connect_anonymously(url: str) -> httpx2.Client:
    """An HTTP client without credentials; proxies from the environment are not used."""
    return httpx2.Client(base_url=url, trust_env=False, verify=TRUST)


def create(http: httpx2.Client, **fields: object) -> int:
    """Create a customer and return its ID."""
    response = http.post(CUSTOMER, json={"company": "Acme", **fields})
    assert response.status_code == 201, response.text
    customer_id: int = response.json()["response"]["id"]
    return customer_id


def read(http: httpx2.Client, name: object) -> dict[str, Any]:
    """The fields of a customer; the name is an ID, ``external_key:…`` or ``token:…``."""
    response = http.get(f"{CUSTOMER}/{name}")
    assert response.status_code == 200, response.text
    fields: dict[str, Any] = response.json()["response"]
    return fields


def refused(response: httpx2.Response, status: int) -> str:
    """The message of a refusal, which must be an error envelope."""
    assert response.headers["content-type"] == "application/json"
    envelope = response.json()
    assert set(envelope) == {"code", "status", "message", "details", "response"}
    found = (response.status_code, envelope["code"], envelope["status"], envelope["response"])
    assert found == (status, status, "Error", None if status == 404 else False)
    message: str = envelope["message"]
    return message


def count(http: httpx2.Client, **parameters: str) -> int:
    """The number of customers, all or those of a query."""
    number: int = http.get(f"{CUSTOMER}/_count", params=parameters).json()["response"]
    return number


def part(method: str, uri: str, **members: object) -> dict[str, object]:
    """One request of a bulk request."""
    return {"request_method": method, "uri": uri, **members}


def bulk_responses(http: httpx2.Client, *parts: object) -> list[dict[str, Any]]:
    """The response to each request of a bulk request."""
    response = http.post(BULK, json=parts)
    assert (response.status_code, response.json()["status"]) == (200, "OK"), response.text
    responses: list[dict[str, Any]] = response.json()["response"]["_bulk"]
    return responses
