"""Webhooks as a resource of the sandbox: the subscription, and what happens at each change."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from typing import Any

import orjson

from chargeover_sandbox.contract.handlers import CheckedRequest, Resource
from chargeover_sandbox.contract.problems import Problem, shortened
from chargeover_sandbox.contract.responses import Refusal, Response, invalid, success
from chargeover_sandbox.storage.database import Database

from .deliveries import Attempt, Deliveries, Message, logger
from .subscriptions import EVENTS, Subscription, Subscriptions
from .targets import Targets

SECRET = "sandbox"  # noqa: S105  it protects nothing except test data of the sandbox
_SOURCE = "example.chargeover.com"
"""The account's host name, which the URLs in a customer have too."""
WAIT = 1.0
"""Seconds before the second attempt (assumed)."""


@dataclass(frozen=True, slots=True)
class WebhookSettings:
    """What the sandbox sends where, apart from subscriptions.

    Args:
        urls: the addresses that get all events.
        secret: the secret that a receiver verifies: printable ASCII.
        hosts: hosts that webhooks may go to, besides loopback ones.
        wait: seconds until the second attempt.

    Raises:
        ValueError: a setting is not valid, or an address has another host.
    """

    urls: tuple[str, ...] = ()
    secret: str = field(default=SECRET, repr=False)
    hosts: tuple[str, ...] = ()
    wait: float = WAIT

    def __post_init__(self) -> None:
        check_secret(self.secret)
        if not 0 < self.wait < math.inf:
            raise ValueError(f"the wait before the second attempt is a number of seconds above 0, not {self.wait}")
        targets = Targets(self.hosts)
        for url in self.urls:
            targets.check(url)


def check_secret(text: str) -> str:
    """The text itself, if a header can carry it.

    Raises:
        ValueError: it cannot; the text is not shown.
    """
    if not text or not text.isascii() or not text.isprintable() or text != text.strip():
        raise ValueError("the secret of a webhook is printable ASCII text without spaces around it")
    return text


class Webhooks(Resource):
    """Subscriptions and deliveries.

    Args:
        context: the kind of the objects that change: the ``context_str`` of a webhook.
        database: the database.
        settings: what is sent where, apart from subscriptions.

    Attributes:
        on_attempt: called after each attempt to deliver a webhook, on the event loop of the server.

    Raises:
        StoreError: the database cannot be used.
    """

    def __init__(self, context: str, database: Database, settings: WebhookSettings) -> None:
        self.on_attempt: Callable[[Attempt], None] | None = None
        self._context = context
        self._database = database
        self._secret = settings.secret
        self._targets = Targets(settings.hosts)
        self._deliveries = Deliveries(self._targets, settings.wait, self._note)
        lasting = [Subscription(None, url, EVENTS, settings.secret) for url in settings.urls]
        self._subscriptions = Subscriptions(database, lasting)
        controls = {"list_webhooks": self._list, "add_webhook": self._add, "remove_webhook": self._remove}
        super().__init__({"subscribe_webhook": self._subscribe}, {}, controls, self._clear, self._deliveries.finish)

    def changed(self, event: str, object_id: int, read: Callable[[], Mapping[str, Any]]) -> None:
        """Send what has happened to an object, once the transaction that the caller began is committed.

        Args:
            event: one of ``EVENTS``.
            object_id: its ID.
            read: gives the object as a response has it. It is called only if someone subscribed.
        """
        wanting = [one for one in self._subscriptions.wanting(event) if self._targets.is_sent_to(one.url)]
        if not wanting:
            return
        content = {
            "context_str": self._context,
            "context_id": object_id,
            "event": event,
            "data": {self._context: dict(read())},
        }
        for one in wanting:
            headers = {
                "Content-Type": "application/json",
                "X-ChargeOver-Key": one.secret,
                "X-ChargeOver-Source": _SOURCE,
                "User-Agent": "ChargeOver sandbox (unofficial)",
            }
            body = orjson.dumps({**content, "security_token": one.secret})
            message = Message(one.webhook_id, one.url, event, object_id, headers, body)
            self._database.after_commit(partial(self._deliveries.put, message))

    def _subscribe(self, request: CheckedRequest) -> Response:
        url: str = request.body["target_url"]
        try:
            self._targets.check_subscription(url)
        except ValueError as error:
            raise invalid(Problem("target_url", str(error))) from None
        event = self._event(request.body["event"])
        try:
            webhook_id = self._subscriptions.add(url, [event], self._secret)
        except ValueError as error:
            raise invalid(Problem("target_url", str(error))) from None
        response = success(HTTPStatus.CREATED, {"id": webhook_id})
        if not self._targets.is_sent_to(url):
            logger.warning("A subscription was taken, but %s.", self._targets.not_sent(url))
            response.envelope["message"] = f"Subscribed, but {self._targets.not_sent(url)}."
        return response

    def _event(self, text: str) -> str:
        """The event that a subscription names, alone or behind the kind of the object (assumed)."""
        event = text.removeprefix(f"{self._context}.")
        if event not in EVENTS:
            known = ", ".join(EVENTS)
            reason = f"the sandbox knows {known}, also as {self._context}.{EVENTS[0]}, not {shortened(text)!r}"
            raise invalid(Problem("event", reason))
        return event

    def _list(self, _: CheckedRequest) -> Response:
        return success(HTTPStatus.OK, [self._shown(one) for one in self._subscriptions.all()])

    def _shown(self, one: Subscription) -> dict[str, Any]:
        state = self._deliveries.state(one.webhook_id, one.url)
        shown = {"id": one.webhook_id, "url": one.url, "events": one.events}
        return {**shown, "is_sent": self._targets.is_sent_to(one.url), **state}

    def _add(self, request: CheckedRequest) -> Response:
        body = request.body
        try:
            url, secret = self._targets.check(body["url"]), check_secret(body.get("secret", self._secret))
            webhook_id = self._subscriptions.add(url, body.get("events", EVENTS), secret)
        except ValueError as error:
            raise Refusal(HTTPStatus.BAD_REQUEST, f"The webhook cannot be added: {error}.") from None
        return success(HTTPStatus.CREATED, {"id": webhook_id})

    def _remove(self, request: CheckedRequest) -> Response:
        webhook_id = request.parameters["webhook_id"]
        if not self._subscriptions.remove(webhook_id):
            raise Refusal(HTTPStatus.NOT_FOUND, f"There is no webhook {webhook_id}.", response=None)
        self._database.after_commit(partial(self._deliveries.drop, webhook_id))
        return success(HTTPStatus.OK, True)

    def _note(self, attempt: Attempt) -> None:
        if self.on_attempt:
            self.on_attempt(attempt)

    def _clear(self) -> None:
        self._subscriptions.clear()
        self._database.after_commit(self._deliveries.clear)
