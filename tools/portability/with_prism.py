"""Use clients against Prism, which follows the contract and knows nothing of the sandbox.

Prism always responds with the same examples, so only their types are checked, and that it refuses nothing.
"""

import itertools
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from chargeover import BulkRequest, ChargeOver, Customer, Field, InvalidResponseError, NotFoundError
from tools.portability.clients import python_client
from tools.portability.places import Failure, run

Check = tuple[str, Callable[[], Any], type | None]


def our_client(url: str) -> None:
    """Use the package of this repository, sync: each operation, and lists that a server without memory never ends.

    Raises:
        Failure: a result has another type than it should have, or a list did not end as it should.
        ChargeOverError: something was refused.
    """
    with ChargeOver(base_url=url, username="u", password="p") as client:  # noqa: S106 - Prism takes any
        customers = client.customers
        checks: list[Check] = [
            ("create", lambda: customers.create(company="Acme Ltd", tags=["net30"]), int),
            ("get", lambda: customers.get(1234), Customer),
            ("get: a date", lambda: customers.get(1234).mod_datetime, datetime),
            ("get_by_external_key", lambda: customers.get_by_external_key("crm/1 234"), Customer),
            ("get_by_token", lambda: customers.get_by_token("1a2b"), Customer),
            ("update", lambda: customers.update(1234, company="Acme Ltd", parent_customer_id=None), int),
            ("update_by_external_key", lambda: customers.update_by_external_key("crm-1", bill_city="Berlin"), int),
            ("count", lambda: customers.count(where=[Field.bill_state == "MN"]), int),
            ("disconnect_parent", lambda: customers.disconnect_parent(1234), None),
            ("delete", lambda: customers.delete(1234), None),
            ("delete_by_external_key", lambda: customers.delete_by_external_key("crm-1"), None),
        ]
        for name, call, wanted in checks:
            value = call()
            _expect(value is None if wanted is None else type(value) is wanted, f"{name} gave {value!r}")
        for limit in (1, 2):
            page = list(customers.list(where=[Field.company.contains("a, b")], limit=limit))
            _expect([type(one) for one in page] == [Customer] * limit, f"a list of {limit} gave {page!r}")
        _expect(len(list(customers.list())) == len(list(customers.list(limit=3))), "a short page did not end the list")
        # Two customers on every page: the second page is the first one again, which must not go on for ever.
        try:
            endless = list(itertools.islice(customers.list(page_size=2), 9))
        except InvalidResponseError:
            pass
        else:
            raise Failure(f"a list whose pages repeat gave {endless!r}")
        _bulk(client)


def _bulk(client: ChargeOver) -> None:
    requests: list[BulkRequest[Any]] = [BulkRequest.update_customer(2, bill_city="Berlin"), BulkRequest.get_customer(3)]
    done, failed = client.bulk(requests, errors="return")
    _expect(type(done.value) is int, f"bulk gave {done!r}")
    _expect(isinstance(failed.error, NotFoundError), f"bulk gave {failed!r}")


def _expect(is_so: bool, otherwise: str) -> None:
    if not is_so:
        raise Failure(otherwise)


_USE = """
import sys
import openapi_client as package

api = package.ApiClient(package.Configuration(host=sys.argv[1], username="u", password="p"))
customers, bulk = package.CustomersApi(api), package.BulkApi(api)
assert type(customers.create_customer(package.CustomerCreate(company="Acme Ltd")).response.id) is int
assert type(customers.get_customer(1234).response.company) is str
assert type(customers.get_customer_by_external_key("crm-1").response.company) is str
change = package.CustomerUpdate(company="Acme Ltd", parent_customer_id=None)
assert change.to_dict() == {"company": "Acme Ltd", "parent_customer_id": None}, change.to_dict()
assert type(customers.update_customer(1234, change).response.id) is int
assert len(customers.list_customers(limit=2, order="customer_id:ASC").response) == 2
assert type(customers.count_customers(where="bill_state:EQUALS:MN").response) is int
requests = [package.BulkRequest(request_method="GET", uri="/api/v3/customer/%d" % number) for number in (2, 3)]
assert [one.code for one in bulk.bulk(requests).response.bulk] == [202, 404]
# Known gaps of the generator, listed in docs/portability.md. It reads a missing field as null …
read = package.CustomerUpdate.from_dict({"company": "Acme Ltd"}).to_dict()
assert read == {"company": "Acme Ltd", "parent_customer_id": None}, "the gap about from_dict is closed"
# … and compares the response true with the text "true".
try:
    customers.delete_customer(1234)
except ValueError as error:
    assert "must be one of enum values ('true')" in str(error), error
else:
    raise SystemExit("the gap about DoneEnvelope is closed")
assert customers.delete_customer_without_preload_content(1234).status == 200
"""


def generated_python_client(url: str, folder: Path) -> None:
    """Write openapi-generator's Python client into an empty folder, and use it.

    Raises:
        Failure: it cannot be written, or does not work as the documentation says.
    """
    python_client(folder)
    run(sys.executable, "-c", _USE, url, folder=folder)
