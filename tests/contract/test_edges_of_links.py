"""What ties customers together: parents, payments, external keys."""

from typing import Any

import httpx2
import pytest

from contract_suite.api import Api, Needs
from contract_suite.ours import CUSTOMER
from contract_suite.target import Server

pytestmark = pytest.mark.contract


def test_a_parent_can_only_be_deleted_after_its_children(api: Api, needs: Needs, marker: str) -> None:
    needs("create_customer", "get_customer", "delete_customer", "delete_customer_by_external_key", "disconnect_parent")
    parent = api.create(external_key=marker)
    first, second = (api.create(parent_customer_id=parent) for _ in range(2))
    for path in (f"{CUSTOMER}/{parent}", f"{CUSTOMER}/external_key:{marker}"):
        api("DELETE", path, status=400)
    assert [api.read(one)["parent_customer_id"] for one in (first, second)] == [parent, parent]
    api("DELETE", f"{CUSTOMER}/{first}", status=200)
    api("DELETE", f"{CUSTOMER}/{parent}", status=400)
    api("POST", f"{CUSTOMER}/{second}/_action/disconnectParent", {}, 200)
    assert api.read(second)["parent_customer_id"] is None
    api("DELETE", f"{CUSTOMER}/{parent}", status=200)
    api("GET", f"{CUSTOMER}/{parent}", status=404)


def test_null_disconnects_and_another_parent_replaces(api: Api, needs: Needs, marker: str) -> None:
    needs("create_customer", "get_customer", "update_customer", "update_customer_by_external_key")
    parent, other = api.create(), api.create()
    child = api.create(parent_customer_id=parent, external_key=marker)
    for path in (f"{CUSTOMER}/{child}", f"{CUSTOMER}/external_key:{marker}"):
        for new in (other, None, parent):
            api("PUT", path, {"parent_customer_id": new, "bill_city": "Bonn"}, 202)
            assert api.read(child)["parent_customer_id"] == new


def test_nobody_is_above_themselves(api: Api, our_sandbox: None) -> None:
    top = api.create()
    middle = api.create(parent_customer_id=top)
    bottom = api.create(parent_customer_id=middle)
    for parent in (top, middle, bottom, 2**63 - 1):
        api("PUT", f"{CUSTOMER}/{top}", {"parent_customer_id": parent, "company": "Changed"}, 400)
    assert (api.read(top)["parent_customer_id"], api.read(top)["company"]) == (None, "In turn")
    api("PUT", f"{CUSTOMER}/{middle}", {"parent_customer_id": bottom}, 400)
    api("PUT", f"{CUSTOMER}/{bottom}", {"parent_customer_id": top}, 202)


def test_a_parent_that_has_paid_stays(api: Api, plain: httpx2.Client, our_sandbox: None, marker: str) -> None:
    parent, other = api.create(), api.create()
    child = api.create(parent_customer_id=parent, external_key=marker)
    sister = api.create(parent_customer_id=parent)
    plain.post("/_sandbox/payments", json={"customer_id": child, "paid_by": parent}).raise_for_status()
    before = api.read(child)
    one, by_key = f"{CUSTOMER}/{child}", f"{CUSTOMER}/external_key:{marker}"
    much = {f"custom_{number}": "x" for number in range(1, 20)}
    refused: list[tuple[str, str, Any]] = [
        ("PUT", path, {"parent_customer_id": new, **beside})
        for path in (one, by_key)
        for new in (None, other)
        for beside in ({"company": "Changed"}, much)
    ]
    for method, path, body in [*refused, ("POST", f"{one}/_action/disconnectParent", {})]:
        api(method, path, body, 400)
        assert api.read(child) == before, f"{method} {path} {body}"
    codes = [answer["code"] for answer in api.bulk(*refused, ("POST", f"{one}/_action/disconnectParent", {}))]
    assert codes == [400] * 9
    assert api.read(child) == before
    # What is not the parent can be changed, the same parent can be sent, and the sister is free.
    api("PUT", one, {"parent_customer_id": parent, "company": "Changed"}, 202)
    api("PUT", by_key, {"bill_city": "Bonn"}, 202)
    api("PUT", f"{CUSTOMER}/{sister}", {"parent_customer_id": None}, 202)
    after = api.read(child)
    assert (after["company"], after["bill_city"], after["parent_customer_id"]) == ("Changed", "Bonn", parent)


def test_a_key_is_one_customers_and_stays_used_after_it(api: Api, needs: Needs, marker: str) -> None:
    needs("create_customer", "get_customer", "update_customer", "delete_customer")
    first, second = api.create(external_key=marker), api.create()
    api("POST", CUSTOMER, {"company": "Twice", "external_key": marker}, 400)
    api("PUT", f"{CUSTOMER}/{second}", {"external_key": marker, "company": "Changed"}, 400)
    assert (api.read(second)["external_key"], api.read(second)["company"]) == (None, "In turn")
    # Its own it may be sent again.
    api("PUT", f"{CUSTOMER}/{first}", {"external_key": marker, "company": "Same key"}, 202)
    api("DELETE", f"{CUSTOMER}/{first}", status=200)
    api("GET", f"{CUSTOMER}/external_key:{marker}", status=404)
    api("PUT", f"{CUSTOMER}/external_key:{marker}", {"company": "Nobody"}, 404)
    api("DELETE", f"{CUSTOMER}/external_key:{marker}", status=404)
    api("PUT", f"{CUSTOMER}/{second}", {"external_key": marker}, 400)
    api("POST", CUSTOMER, {"company": "Again", "external_key": marker}, 400)


def test_a_key_that_was_given_up_is_free_and_an_empty_one_is_none(api: Api, our_sandbox: None, marker: str) -> None:
    first, second = api.create(external_key=marker), api.create(external_key="")
    api("PUT", f"{CUSTOMER}/{first}", {"external_key": f"{marker}-2"}, 202)
    api("GET", f"{CUSTOMER}/external_key:{marker}", status=404)
    api("PUT", f"{CUSTOMER}/{second}", {"external_key": marker}, 202)
    assert api.read(f"external_key:{marker}")["customer_id"] == second
    for customer_id in (first, second):
        api("PUT", f"{CUSTOMER}/{customer_id}", {"external_key": ""}, 202)
    assert api.create(external_key=marker) not in {first, second}


def test_a_deleted_customer_is_gone_under_every_name(api: Api, needs: Needs, server: Server, marker: str) -> None:
    needs("create_customer", "get_customer", "delete_customer", "delete_customer_by_external_key")
    for name in ("customer_id", "external_key"):
        key = f"{marker}-{name}"
        customer_id = api.create(external_key=key, custom_20=key)
        neighbour = api.create(custom_20=key)
        token = api.read(customer_id)["token"]
        path = f"{CUSTOMER}/{customer_id}" if name == "customer_id" else f"{CUSTOMER}/external_key:{key}"
        api("DELETE", path, status=200)
        for other in (str(customer_id), f"external_key:{key}", f"token:{token}"):
            api("GET", f"{CUSTOMER}/{other}", status=404)
        if server.is_own:  # elsewhere somebody new may have the ID by now
            api("DELETE", path, status=404)
            api("PUT", f"{CUSTOMER}/{customer_id}", {"company": "Gone"}, 404)
            api("POST", f"{CUSTOMER}/{customer_id}/_action/disconnectParent", {}, 404)
        assert api.count(key) == 1
        assert api.read(neighbour)["custom_20"] == key
        assert api.create() not in {customer_id, neighbour}
