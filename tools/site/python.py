"""The pages of the Python reference: which public names each page has. Their text comes from the docstrings."""

import chargeover
import chargeover.sync
import chargeover.webhooks
import chargeover_sandbox

_OPTIONS_OF = {
    # Typed dictionaries of the contract's fields: each field has its entry on the page of all fields.
    "CustomerCreateFields": {"members": False, "show_bases": False},
    "CustomerUpdateFields": {"members": False, "show_bases": False},
}
_SOURCES = (
    'A word in brackets says where a fact comes from: (seed) the published page "Update a customer", (docs) '
    "ChargeOver's other pages, (client) the vendor's own clients and public connectors, (assumed) nothing published: "
    "it is our choice. More: [Fidelity](../../fidelity.md)."
)
PAGES: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "client": (
        "Clients",
        "`ChargeOver` and `AsyncChargeOver` have the same names and take the same arguments.",
        (
            "chargeover.ChargeOver",
            "chargeover.AsyncChargeOver",
            "chargeover.RawEnvelope",
            "chargeover.RowIterator",
            "chargeover.AsyncRowIterator",
            "chargeover.__version__",
        ),
    ),
    "customers": (
        "Customers",
        "`client.customers`: the operations on customers. `**fields` are the [fields](../fields.md) of the contract.",
        (
            "chargeover.Customers",
            "chargeover.AsyncCustomers",
            "chargeover.CustomerIterator",
            "chargeover.AsyncCustomerIterator",
            "chargeover.CustomersWithRawResponse",
            "chargeover.AsyncCustomersWithRawResponse",
            "chargeover.RawResponse",
            "chargeover.Upserted",
            "chargeover.KeyedChange",
        ),
    ),
    "customer": (
        "A customer and its fields",
        "The returned object, and the types of what is sent. Meanings, limits and sources: [Fields](../fields.md).",
        (
            "chargeover.Customer",
            "chargeover.CustomerUpdateFields",
            "chargeover.CustomerCreateFields",
            "chargeover.DeliveryMethod",
        ),
    ),
    "conditions": (
        "Conditions and orders",
        "Which customers `list` and `count` find, in which order. `Field` has every [field](../fields.md) of one.",
        (
            "chargeover.Field",
            "chargeover.Where",
            "chargeover.Condition",
            "chargeover.Order",
            "chargeover._calls.conditions.TextField",
            "chargeover._calls.conditions.NumberField",
            "chargeover._calls.conditions.FlagField",
            "chargeover._calls.conditions.DateTimeField",
            "chargeover._calls.conditions.ListField",
        ),
    ),
    "bulk": (
        "Bulk",
        "Many requests, 25 in each HTTP request.",
        (
            "chargeover.BulkRequest",
            "chargeover.BulkResult",
            "chargeover.BulkResults",
            "chargeover.AsyncBulkResults",
            "chargeover.BulkProgress",
            "chargeover.Errors",
            "chargeover.Change",
            "chargeover.Difference",
        ),
    ),
    "errors": (
        "Errors",
        "Everything that the client raises is a `ChargeOverError`. What is retried, and what a fault means for a "
        "change: [Faults](../../faults.md).",
        (
            "chargeover.ChargeOverError",
            "chargeover._errors.ResponseError",
            "chargeover.APIStatusError",
            "chargeover.BadRequestError",
            "chargeover.AuthenticationError",
            "chargeover.NotFoundError",
            "chargeover.RateLimitError",
            "chargeover.InternalServerError",
            "chargeover.UnexpectedStatusError",
            "chargeover.InvalidResponseError",
            "chargeover.APIConnectionError",
            "chargeover.APITimeoutError",
            "chargeover.ResponseTooLargeError",
            "chargeover.BulkError",
            "chargeover.InvalidRequestError",
            "chargeover.InvalidFieldError",
            "chargeover.UnknownFieldError",
            "chargeover.ConfigurationError",
            "chargeover.ClosedClientError",
        ),
    ),
    "options": (
        "Options",
        "Settings of a client, of a copy of it, or of one call.",
        ("chargeover.RequestOptions", "chargeover.RetryEvent", "chargeover.Credentials", "chargeover.Clock"),
    ),
    "middleware": (
        "Middleware",
        "Functions around each attempt of a request. How to write one: [Middleware](../../guides/middleware.md).",
        (
            "chargeover.OutgoingRequest",
            "chargeover.Middleware",
            "chargeover.CallNext",
            "chargeover.AsyncMiddleware",
            "chargeover.AsyncCallNext",
        ),
    ),
    "exchange": (
        "Requests and responses",
        "The data that an error or a raw response carries, without credentials.",
        ("chargeover.SentRequest", "chargeover.ReceivedResponse", "chargeover.StandIns"),
    ),
    "sync": (
        "Sync",
        "`chargeover.sync`: rows of another system into the account, by a plan. The file: "
        "[Sync](../../guides/sync.md#the-file-of-a-plan).",
        (
            "chargeover.sync.plan",
            "chargeover.sync.apply",
            "chargeover.sync.rejects",
            "chargeover.sync.undo",
            "chargeover.sync.split",
            "chargeover.sync.status",
            "chargeover.sync.Plan",
            "chargeover.sync.PlannedRow",
            "chargeover.sync.FieldChange",
            "chargeover.sync.Outcome",
            "chargeover.sync.Notice",
            "chargeover.sync.Reject",
            "chargeover.sync.Status",
            "chargeover.sync.Progress",
            "chargeover.sync.FLAGS",
            "chargeover.sync.read",
            "chargeover.sync.read_items",
            "chargeover.sync.read_mapping",
            "chargeover.sync.write_csv",
            "chargeover.sync.write_rejects",
            "chargeover.sync.Row",
            "chargeover.sync.Problem",
            "chargeover.sync.ColumnMap",
            "chargeover.sync.MappingFile",
            "chargeover.sync.InputNotice",
            "chargeover.sync.InputError",
            "chargeover.sync.InvalidRow",
            "chargeover.sync.InvalidRowsError",
            "chargeover.sync.PlanError",
        ),
    ),
    "webhooks": (
        "Webhooks",
        "`client.webhooks` subscribes, `chargeover.webhooks` reads what ChargeOver then sends to you. How to receive "
        "it: [Webhooks](../../guides/webhooks.md).",
        (
            "chargeover.Webhooks",
            "chargeover.AsyncWebhooks",
            "chargeover.webhooks.parse",
            "chargeover.webhooks.CustomerEvent",
            "chargeover.webhooks.Event",
            "chargeover.webhooks.Headers",
            "chargeover.webhooks.WebhookError",
            "chargeover.webhooks.WebhookSecretError",
            "chargeover.webhooks.WebhookContentError",
        ),
    ),
    "sandbox": (
        "Sandbox",
        "`chargeover_sandbox`, the local server. What it imitates and what not: [The sandbox](../../sandbox.md).",
        (
            "chargeover_sandbox.LocalSandbox",
            "chargeover_sandbox.RemoteSandbox",
            "chargeover_sandbox.Fault",
            "chargeover_sandbox.Exchange",
            "chargeover_sandbox.LIMITS",
            "chargeover_sandbox.BUGS",
        ),
    ),
}


def python_pages() -> dict[str, str]:
    """Each page as Markdown, by its name.

    Raises:
        ValueError: a public name is on no page, or a page has a name that does not exist.
    """
    modules = (chargeover, chargeover.sync, chargeover.webhooks, chargeover_sandbox)
    public = {f"{module.__name__}.{name}" for module in modules for name in module.__all__}
    placed = {name for _, _, names in PAGES.values() for name in names if "._" not in name or name in public}
    if difference := public ^ placed:
        raise ValueError(f"tools/site/python.py and the public names differ: {sorted(difference)}")
    return {
        page: f"# {title}\n\n{intro}\n\n{_SOURCES}\n\n" + "\n".join(_directive(name) for name in names)
        for page, (title, intro, names) in PAGES.items()
    }


def _directive(name: str) -> str:
    chosen = _OPTIONS_OF.get(name.rsplit(".", 1)[1], {})
    if name.endswith("Error"):
        # Inherited members are documented once, at the base classes on the same page.
        chosen = {"inherited_members": False}
    options = "".join(f"      {option}: {str(value).lower()}\n" for option, value in chosen.items())
    return f"::: {name}\n" + (f"    options:\n{options}" if options else "")
