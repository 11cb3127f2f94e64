"""Customers as the page shows them: found by any text, with their family, and without a trace."""

import httpx2
import pytest

from chargeover_sandbox import LocalSandbox
from tests.support.http import connect, create, read, refused


def found(http: httpx2.Client, **parameters: object) -> tuple[int, list[int]]:
    """How many match, and the IDs of those that are listed."""
    texts = {name: str(value) for name, value in parameters.items()}
    response = http.get("/_sandbox/customers", params=texts)
    assert response.status_code == 200, response.text
    listed = response.json()["response"]
    return listed["count"], [one["customer_id"] for one in listed["customers"]]


@pytest.fixture
def three(sandbox: LocalSandbox, http: httpx2.Client) -> httpx2.Client:
    create(http, company="Acme Group", external_key="acme_1", superuser_email="ann@example.com")
    create(http, company="Acme Ltd", bill_city="Köln", parent_customer_id=1)
    create(http, company="50% off \\ 2", superuser_name="Zoë Acton", parent_customer_id=2)
    return http


def test_the_newest_come_first_in_pages(three: httpx2.Client) -> None:
    assert found(three) == (3, [3, 2, 1])
    assert found(three, limit=1) == (3, [3])
    assert found(three, limit=2, offset=2) == (3, [1])
    assert found(three, offset=3) == (3, [])
    for limit in ("0", "501", "x"):
        assert "limit" in refused(three.get("/_sandbox/customers", params={"limit": limit}), 400)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("acme", [2, 1]),
        ("ACME G", [1]),
        ("2", [3, 2]),
        ("02", [2]),
        ("Köln", [2]),
        ("acme_1", [1]),
        ("e_1", [1]),
        ("e_G", []),
        ("%", [3]),
        ("\\", [3]),
        ("ann@", [1]),
        ("Zoë", [3]),
        ("GroupKöln", []),
        ("' OR 1=1 --", []),
        ("9" * 200, []),
        ("x" * 200, []),
    ],
)
def test_a_text_is_looked_for_in_what_people_know_of_a_customer(
    three: httpx2.Client, text: str, ids: list[int]
) -> None:
    assert found(three, text=text) == (len(ids), ids)


def test_a_text_that_is_too_long_is_refused(http: httpx2.Client) -> None:
    assert "text" in refused(http.get("/_sandbox/customers", params={"text": "x" * 201}), 400)


def test_a_customer_comes_with_its_fields_and_its_family(three: httpx2.Client) -> None:
    create(three, company="Sister", parent_customer_id=1)
    shown = three.get("/_sandbox/customers/2").json()["response"]
    assert shown["customer"] == read(three, 2)
    assert [one["customer_id"] for one in shown["parents"]] == [1]
    (child,) = shown["children"]
    assert (child["customer_id"], child["company"], child["children"]) == (3, "50% off \\ 2", 0)
    assert shown["children_count"] == 1
    top = three.get("/_sandbox/customers/1").json()["response"]
    assert (top["parents"], [one["customer_id"] for one in top["children"]], top["children_count"]) == ([], [2, 4], 2)
    assert [one["customer_id"] for one in three.get("/_sandbox/customers/3").json()["response"]["parents"]] == [2, 1]
    assert refused(three.get("/_sandbox/customers/9"), 404) == "This customer does not exist."
    refused(three.get("/_sandbox/customers/x"), 400)


def test_of_many_children_the_first_are_listed() -> None:
    with LocalSandbox() as sandbox, connect(sandbox.url) as http:
        sandbox.seed([{"company": "x"}, *({"company": "y", "parent_customer_id": 1} for _ in range(250))])
        shown = http.get("/_sandbox/customers/1").json()["response"]
        assert (shown["children_count"], len(shown["children"])) == (250, 200)
        assert found(http, limit=500)[0] == 251


def test_members_that_an_older_customer_lacks_are_null_in_a_list() -> None:
    with LocalSandbox() as sandbox, connect(sandbox.url) as http:
        sandbox.seed([{"company": "x", "absent": ["external_key", "parent_customer_id", "balance"]}])
        (one,) = http.get("/_sandbox/customers").json()["response"]["customers"]
        assert (one["external_key"], one["parent_customer_id"], one["balance"]) == (None, None, None)
        assert "balance" not in http.get("/_sandbox/customers/1").json()["response"]["customer"]


def test_looking_leaves_no_trace() -> None:
    with LocalSandbox(rate_limit="1/hour") as sandbox, connect(sandbox.url) as http:
        sandbox.seed([{"company": "x"}])
        sandbox.faults.add(status=503)
        for path in ("customers", "customers/1") * 3:
            assert http.get(f"/_sandbox/{path}").status_code == 200
        assert (list(sandbox.journal), sandbox.faults.list()[0].matched) == ([], 0)


def test_a_circle_that_a_planted_bug_allows_can_be_shown() -> None:
    with LocalSandbox(bugs=["parent-cycle-allowed"]) as sandbox, connect(sandbox.url) as http:
        create(http)
        create(http, parent_customer_id=1)
        assert http.put("/api/v3/customer/1", json={"parent_customer_id": 2}).status_code == 202
        shown = http.get("/_sandbox/customers/1").json()["response"]
        assert [one["customer_id"] for one in shown["parents"]] == [2, 1]
