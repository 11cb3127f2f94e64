"""The server serves any resource: it knows the operations of each, and reads their parameters as each wants them."""

from collections.abc import Generator
from contextlib import closing
from typing import Any

import pytest

from chargeover_sandbox.contract.document import Contract, Node, load_contract
from chargeover_sandbox.contract.handlers import CheckedRequest, Resource
from chargeover_sandbox.contract.responses import Refusal, Response, success
from chargeover_sandbox.customers.account import Account
from chargeover_sandbox.customers.queries import Condition
from chargeover_sandbox.customers.resource import Customers
from chargeover_sandbox.customers.store import SCHEMA, SCHEMA_VERSION
from chargeover_sandbox.requests.app import SandboxApp
from chargeover_sandbox.requests.credentials import Credentials
from chargeover_sandbox.storage.database import Database
from chargeover_sandbox.webhooks.resource import Webhooks, WebhookSettings


def add_invoices(document: Node) -> None:
    """A second resource, with a list like that of customers."""
    listing: dict[str, Any] = document["paths"]["/api/v3/customer"]["get"]
    document["paths"]["/api/v3/invoice"] = {"get": {**listing, "operationId": "list_invoices"}}


def list_invoices(request: CheckedRequest) -> Response:
    return success(200, [])


def read_invoice_query(text: str) -> str:
    return f"invoices: {text}"


class Invoices(Resource):
    def __init__(self) -> None:
        self.cleared = 0
        super().__init__({"list_invoices": list_invoices}, {"where": read_invoice_query}, {}, self.count_clearing)

    def count_clearing(self) -> None:
        self.cleared += 1


def own_resources(contract: Contract, database: Database) -> list[Resource]:
    return [Customers(contract, database, Account()), Webhooks("customer", database, WebhookSettings())]


@pytest.fixture
def app() -> Generator[SandboxApp]:
    contract, database = load_contract([add_invoices]), Database(None, SCHEMA, SCHEMA_VERSION)
    resources = [*own_resources(contract, database), Invoices()]
    with closing(SandboxApp(contract, database, resources, Credentials("u", "p"))) as app:
        yield app


def where(app: SandboxApp, path: bytes, query: bytes) -> Any:
    match = app.dispatcher.find(path)
    return app.reader.parameters(match.operation("GET", path.decode()), match.texts, query)["where"]


def test_each_resource_reads_the_where_of_its_own_operations(app: SandboxApp) -> None:
    query = b"where=invoice_id:EQUALS:7"
    assert where(app, b"/api/v3/invoice", query) == "invoices: invoice_id:EQUALS:7"
    with pytest.raises(Refusal, match="You cannot filter by: invoice_id"):
        where(app, b"/api/v3/customer", query)
    query = b"where=customer_id:EQUALS:7"
    assert where(app, b"/api/v3/invoice", query) == "invoices: customer_id:EQUALS:7"
    assert where(app, b"/api/v3/customer/_count", query) == Condition('"customer_id" = ?', (7,))


def test_a_reset_clears_every_resource(app: SandboxApp) -> None:
    *_, invoices = app.resources
    assert isinstance(invoices, Invoices)
    app.clear()
    assert invoices.cleared == 1


def test_an_operation_that_no_resource_has_stops_it_at_start() -> None:
    contract, database = load_contract([add_invoices]), Database(None, SCHEMA, SCHEMA_VERSION)
    resources = own_resources(contract, database)
    with closing(database), pytest.raises(ValueError, match=r"not have the same operations: \['list_invoices'\]"):
        SandboxApp(contract, database, resources, Credentials("u", "p"))
