"""Subscriptions to webhooks: ``client.webhooks``. ``chargeover.webhooks`` reads what then comes."""

from chargeover import _wire as wire  # pyright: ignore[reportPrivateUsage]

from ._calls.call import Call
from ._calls.envelopes import Envelope, identified
from ._calls.fields import BodyRules, checked_creation
from ._http.transport import AsyncTransport, Transport
from ._settings.options import RequestOptions

_BODY = BodyRules("subscribe", wire.WEBHOOK_SUBSCRIPTION, wire.WEBHOOK_SUBSCRIPTION_REQUIRED)


class Webhooks:
    """The webhooks of an account."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def subscribe(self, target_url: str, event: str, *, options: RequestOptions | None = None) -> int:
        """Have ChargeOver send a webhook to an address of yours each time an event occurs (docs).

        Args:
            target_url: the address: https on port 80 or 443, under a public name (docs). The sandbox also takes http
                and any port of a loopback host.
            event: ``"insert"``, ``"update"`` or ``"delete"``, as the webhook itself names it (assumed: the names are
                not published here).
            options: for this call, overriding those of the client.

        Returns:
            The ID of the subscription (assumed).

        Raises:
            InvalidFieldError: an argument is not a text, or empty; nothing was sent.
            ChargeOverError: the request was refused or failed. It is not sent again if it may have been carried out.
        """
        return self._transport.send(_subscribe(target_url, event), options)


class AsyncWebhooks:
    """The webhooks of an account, through an AsyncChargeOver client. Each method is that of Webhooks, awaited."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def subscribe(self, target_url: str, event: str, *, options: RequestOptions | None = None) -> int:
        """Subscribe to an event. See Webhooks.subscribe."""
        return await self._transport.send(_subscribe(target_url, event), options)


def _subscribe(target_url: str, event: str) -> Call[int]:
    body = checked_creation(_BODY, {"target_url": target_url, "event": event})
    return Call(wire.requests.subscribe_webhook(body), _subscription_id)


def _subscription_id(envelope: Envelope) -> int:
    found = identified(envelope)
    if found is None:
        raise envelope.invalid("it has no ID of a subscription")
    return found
