"""What ties customers together: parents, payments, external keys."""

import pytest

from chargeover_contract.http import CheckedHttp, Needs
from chargeover_contract.ownership import CUSTOMER
from chargeover_contract.server import Server

pytestmark = pytest.mark.contract


def test_a_parent_can_only_be_deleted_after_its_children(http: CheckedHttp, needs: Needs, marker: str) -> None:
    needs("create_customer", "get_customer", "delete_customer", "delete_customer_by_external_key", "disconnect_parent")
    parent = http.create(external_key=marker)
    first, second = (http.create(parent_customer_id=parent) for _ in range(2))
    for path in (f"{CUSTOMER}/{parent}", f"{CUSTOMER}/external_key:{marker}"):
        http("DELETE", path, status=400)
    assert [http.read(one)["parent_customer_id"] for one in (first, second)] == [parent, parent]
    http("DELETE", f"{CUSTOMER}/{first}", status=200)
    http("DELETE", f"{CUSTOMER}/{parent}", status=400)
    http("POST", f"{CUSTOMER}/{second}/_action/disconnectParent", {}, 200)
    assert http.read(second)["parent_customer_id"] is None
    http("DELETE", f"{CUSTOMER}/{parent}", status=200)
    http("GET", f"{CUSTOMER}/{parent}", status=404)


def test_null_disconnects_and_another_parent_replaces(http: CheckedHttp, needs: Needs, marker: str) -> None:
    needs("create_customer", "get_customer", "update_customer", "update_customer_by_external_key")
    parent, other = http.create(), http.create()
    child = http.create(parent_customer_id=parent, external_key=marker)
    for path in (f"{CUSTOMER}/{child}", f"{CUSTOMER}/external_key:{marker}"):
        for new in (other, None, parent):
            http("PUT", path, {"parent_customer_id": new, "bill_city": "Bonn"}, 202)
            assert http.read(child)["parent_customer_id"] == new


def test_a_key_is_one_customers_and_stays_used_after_it(http: CheckedHttp, needs: Needs, marker: str) -> None:
    needs("create_customer", "get_customer", "update_customer", "delete_customer")
    first, second = http.create(external_key=marker), http.create()
    http("POST", CUSTOMER, {"company": "Twice", "external_key": marker}, 400)
    http("PUT", f"{CUSTOMER}/{second}", {"external_key": marker, "company": "Changed"}, 400)
    assert (http.read(second)["external_key"], http.read(second)["company"]) == (None, "In turn")
    # Its own it may be sent again.
    http("PUT", f"{CUSTOMER}/{first}", {"external_key": marker, "company": "Same key"}, 202)
    http("DELETE", f"{CUSTOMER}/{first}", status=200)
    http("GET", f"{CUSTOMER}/external_key:{marker}", status=404)
    http("PUT", f"{CUSTOMER}/external_key:{marker}", {"company": "Nobody"}, 404)
    http("DELETE", f"{CUSTOMER}/external_key:{marker}", status=404)
    http("PUT", f"{CUSTOMER}/{second}", {"external_key": marker}, 400)
    http("POST", CUSTOMER, {"company": "Again", "external_key": marker}, 400)


def test_a_deleted_customer_is_gone_under_every_name(
    http: CheckedHttp, needs: Needs, server: Server, marker: str
) -> None:
    needs("create_customer", "get_customer", "delete_customer", "delete_customer_by_external_key")
    for name in ("customer_id", "external_key"):
        key = f"{marker}-{name}"
        customer_id = http.create(external_key=key, custom_20=key)
        neighbour = http.create(custom_20=key)
        token = http.read(customer_id)["token"]
        path = f"{CUSTOMER}/{customer_id}" if name == "customer_id" else f"{CUSTOMER}/external_key:{key}"
        http("DELETE", path, status=200)
        for other in (str(customer_id), f"external_key:{key}", f"token:{token}"):
            http("GET", f"{CUSTOMER}/{other}", status=404)
        if server.is_own:  # elsewhere a new customer may have the ID by now
            http("DELETE", path, status=404)
            http("PUT", f"{CUSTOMER}/{customer_id}", {"company": "Gone"}, 404)
            http("POST", f"{CUSTOMER}/{customer_id}/_action/disconnectParent", {}, 404)
        assert http.count(key) == 1
        assert http.read(neighbour)["custom_20"] == key
        assert http.create() not in {customer_id, neighbour}
