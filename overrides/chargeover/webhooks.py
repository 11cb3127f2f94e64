"""Webhooks: what ChargeOver sends to an address of yours when a customer is created, changed or deleted (docs).

``parse`` verifies a request and gives its event. It knows no web framework: it takes the body and the headers.
"""

import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import Any, Literal, cast

from ._calls.envelopes import as_id
from ._customers.customer import Customer
from ._errors import ChargeOverError, ConfigurationError
from ._exchange import read_json
from ._settings.checks import checked_zone

__all__ = ["CustomerEvent", "Event", "Headers", "WebhookContentError", "WebhookError", "WebhookSecretError", "parse"]

Event = Literal["insert", "update", "delete"]
"""What happened to a customer (docs)."""
Headers = Mapping[str, str] | Iterable[tuple[str | bytes, str | bytes]]
"""Headers as web frameworks have them: a mapping, or pairs of a name and a value. The case of names does not matter."""

_EVENTS = ("insert", "update", "delete")
_KEY = "x-chargeover-key"
_SOURCE = "x-chargeover-source"


class WebhookError(ChargeOverError):
    """A request is not a webhook that can be used."""


class WebhookSecretError(WebhookError):
    """The request has no secret, or a wrong one: it did not come from ChargeOver. Answer with 401."""


class WebhookContentError(WebhookError):
    """The secret is right, and the body is not an event of a customer. Its ``reason`` names what is wrong.

    A webhook about something else, such as an invoice, is one too. ChargeOver sends a webhook again until the response
    is a 200 (docs): so respond with 200 to those that you do not want.

    Attributes:
        context: the ``context_str`` of the body, if it is a text; None otherwise.
        event: the ``event`` of the body, if it is a text; None otherwise.
    """

    def __init__(self, message: str, context: str | None = None, event: str | None = None) -> None:
        super().__init__(message)
        self.context = context
        self.event = event

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (str(self), self.context, self.event)


@dataclass(frozen=True, slots=True)
class CustomerEvent:
    """An event of a customer.

    Attributes:
        event: ``insert``, ``update`` or ``delete``.
        customer_id: the customer's ID.
        customer: the customer as it came. It may lack fields that a customer of ``get`` has.
        source: the account's host name, from the header X-ChargeOver-Source; None if it was not sent.
        data: all of the body's ``data``; besides the customer it may have a ``user``.
    """

    event: Event
    customer_id: int
    customer: Customer = field(repr=False)
    source: str | None
    data: dict[str, Any] = field(repr=False)


def parse(body: bytes | str, headers: Headers, *, secret: str, timezone: str | tzinfo | None = None) -> CustomerEvent:
    """Verify a webhook and give its event.

    The secret comes in the header X-ChargeOver-Key and as ``security_token`` in the body (docs). One of them is enough;
    where both are there, both must be right. They are compared in constant time.

    Args:
        body: the body of the request, exactly as it came.
        headers: its headers.
        secret: the secret that ChargeOver shows where the webhook is set up; not empty.
        timezone: the account's time zone, for dates that name none, as for ``ChargeOver(timezone=…)``.

    Returns:
        The event.

    Raises:
        WebhookSecretError: the secret is missing or wrong.
        WebhookContentError: the body is not JSON, or not an event of a customer.
        ConfigurationError: the secret or the time zone that you passed cannot be one.
    """
    if not isinstance(cast("object", secret), str) or not secret.strip():
        raise ConfigurationError("secret must be the webhook's secret, a text that is not empty.")
    zone = checked_zone(timezone)
    if not isinstance(cast("object", body), (bytes, str)):
        raise WebhookContentError(f"The body must be the bytes or the text that came, not {type(body).__name__}.")
    sent = _pairs(headers)
    keys = [value for name, value in sent if name == _KEY and value]
    for key in keys:
        _verify(key, secret, "The header X-ChargeOver-Key")
    content = read_json(body if isinstance(body, bytes) else body.encode(errors="replace"))
    token = cast("dict[str, Any]", content).get("security_token") if isinstance(content, dict) else None
    if token is not None and token != "":
        _verify(token, secret, "The security_token of the body")
    elif not keys:
        raise WebhookSecretError(
            "The request has no secret: neither a header X-ChargeOver-Key nor a security_token in a JSON body."
        )
    if not isinstance(content, dict):
        found = "valid JSON" if content is None else f"a JSON object, but {_kind(content)}"
        raise WebhookContentError(f"The body is not {found}.")
    source = next((value for name, value in sent if name == _SOURCE and value), None)
    return _event(cast("dict[str, Any]", content), source, zone)


def _event(content: dict[str, Any], source: str | None, zone: tzinfo | None) -> CustomerEvent:
    context, event, data = content.get("context_str"), content.get("event"), content.get("data")

    def wrong(problem: str) -> WebhookContentError:
        texts = (one if isinstance(one, str) else None for one in (context, event))
        return WebhookContentError(problem, *texts)

    if context != "customer":
        raise wrong(f"The webhook is not about a customer: its context_str is {_shown(context)}, not 'customer'.")
    if event not in _EVENTS:
        raise wrong(f"The event of the webhook is {_shown(event)}, not 'insert', 'update' or 'delete'.")
    if not isinstance(data, dict):
        raise wrong(f"The data of the webhook must be an object, not {_kind(data)}.")
    members = cast("dict[str, Any]", data)
    raw: object = members.get("customer")
    if not isinstance(raw, dict):
        raise wrong(f"The data of the webhook has no customer: it must be an object, not {_kind(raw)}.")
    customer = Customer(cast("dict[str, Any]", raw), zone)
    ids = [as_id(one) for one in (content.get("context_id"), customer.raw.get("customer_id")) if one is not None]
    if not ids:
        raise wrong("The webhook has no customer ID, neither as context_id nor in the customer.")
    if None in ids:
        raise wrong("The context_id and the customer_id of the webhook must be IDs: whole numbers from 1.")
    if len({*ids}) > 1:
        raise wrong(f"The webhook names two customers: its context_id is {ids[0]}, its customer has the ID {ids[1]}.")
    return CustomerEvent(event, cast("int", ids[0]), customer, source, members)


def _verify(given: object, secret: str, place: str) -> None:
    # Bytes: texts are only compared in constant time if they are ASCII.
    wanted = secret.encode(errors="surrogatepass")
    if not isinstance(given, str) or not hmac.compare_digest(given.encode(errors="surrogatepass"), wanted):
        raise WebhookSecretError(f"{place} is not the secret of this webhook.")


def _pairs(headers: Headers) -> list[tuple[str, str]]:
    """The headers, with their names in lower case."""
    # Those of some frameworks are not a Mapping, and have its items() all the same.
    items: Any = getattr(headers, "items", None)
    pairs: Any = items() if callable(items) else headers
    try:
        return [(_text(name).lower(), _text(value).strip()) for name, value in pairs]
    except (TypeError, ValueError):
        raise WebhookContentError(
            "The headers must be a mapping or pairs, of a text for each name and value."
        ) from None


def _text(value: object) -> str:
    if isinstance(value, bytes):
        return value.decode("latin-1")
    if not isinstance(value, str):
        raise TypeError
    return value


def _kind(value: object) -> str:
    names: dict[type, str] = {
        dict: "an object",
        list: "an array",
        str: "a text",
        bool: "a boolean",
        type(None): "nothing",
    }
    return names.get(type(value), "a number")


def _shown(value: object) -> str:
    if not isinstance(value, str):
        return "missing" if value is None else _kind(value)
    return ascii(value if len(value) <= 40 else value[:37] + "...")
