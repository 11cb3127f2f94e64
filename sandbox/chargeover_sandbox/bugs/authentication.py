"""Holes in the authentication."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from http import HTTPStatus

from starlette.requests import Request

from chargeover_sandbox.answers import Refusal, Reply
from chargeover_sandbox.contract import Node

from .bug import Category
from .parts import Parts, wrap

AUTHENTICATION = Category("Authentication")


@AUTHENTICATION.in_sandbox
def any_password(parts: Parts) -> None:
    """Any password will do."""
    parts.admit(lambda given, right: given.username == right.username and given.password != "")


@AUTHENTICATION.in_sandbox
def any_user_name(parts: Parts) -> None:
    """Any user name will do."""
    parts.admit(lambda given, right: given.password == right.password)


@AUTHENTICATION.in_sandbox
def empty_password_accepted(parts: Parts) -> None:
    """An empty password will do."""
    parts.admit(lambda given, right: given == (right.username, ""))


@AUTHENTICATION.in_sandbox
def password_prefix_accepted(parts: Parts) -> None:
    """The beginning of the password, of four characters or more, will do."""
    parts.admit(
        lambda given, right: (
            given.username == right.username and len(given.password) >= 4 and right.password.startswith(given.password)
        )
    )


@AUTHENTICATION.in_sandbox
def longer_password_accepted(parts: Parts) -> None:
    """What follows the password is not looked at."""
    parts.admit(lambda given, right: given.username == right.username and given.password.startswith(right.password))


@AUTHENTICATION.in_sandbox
def user_name_ignores_case(parts: Parts) -> None:
    """The user name may be in capitals."""
    parts.admit(
        lambda given, right: given.password == right.password and given.username.casefold() == right.username.casefold()
    )


@AUTHENTICATION.in_sandbox
def any_scheme_accepted(parts: Parts) -> None:
    """The right pair will do in another scheme than Basic."""
    parts.admit(lambda given, right: given == right)


@AUTHENTICATION.in_sandbox
def remembers_credentials(parts: Parts) -> None:
    """Whoever sends no credentials is let in after someone else sent the right ones."""
    seen = parts.memory()

    def check(real: Callable[[str | None], None], header: str | None) -> None:
        if header is not None or not seen:
            real(header)
            seen[0] = True

    wrap(parts.credentials, "check", check)


@AUTHENTICATION.in_document
def reads_are_open(document: Node) -> None:
    """No operation that only reads needs credentials."""
    for item in document["paths"].values():
        if "get" in item:
            item["get"]["security"] = []


@AUTHENTICATION.in_document
def delete_by_key_is_open(document: Node) -> None:
    """A deletion by external key needs no credentials."""
    document["paths"]["/api/v3/customer/external_key:{external_key}"]["delete"]["security"] = []


@AUTHENTICATION.in_document
def bulk_is_open(document: Node) -> None:
    """A bulk request needs no credentials."""
    document["paths"]["/api/v3/_bulk"]["post"]["security"] = []


@AUTHENTICATION.in_document
def credentials_are_optional(document: Node) -> None:
    """An update of a customer needs no credentials."""
    document["paths"]["/api/v3/customer/{customer_id}"]["put"]["security"] = [{"basicAuth": []}, {}]


@AUTHENTICATION.in_sandbox
def crashes_on_bad_credentials(parts: Parts) -> None:
    """Credentials that are no base64 are a 500."""

    def check(real: Callable[[str | None], None], header: str | None) -> None:
        if header and not header.rpartition(" ")[2].replace("=", "").isalnum():
            raise ValueError("no base64")
        real(header)

    wrap(parts.credentials, "check", check)


@AUTHENTICATION.in_sandbox
def password_is_told(parts: Parts) -> None:
    """A 401 says what the password would have been."""

    def tell(reply: Reply) -> Reply:
        return replace(reply, envelope={**reply.envelope, "details": {"expected": parts.right_pair.password}})

    parts.change_refusal(401, tell)


@AUTHENTICATION.in_sandbox
def strangers_learn_paths(parts: Parts) -> None:
    """Whoever has no credentials learns which paths and methods there are."""

    async def answer(real: Callable[..., Awaitable[Reply]], request: Request, received: bytearray) -> Reply:
        reply = await real(request, received)
        if reply.status == HTTPStatus.UNAUTHORIZED:
            try:
                parts.dispatcher.find(request.scope["raw_path"]).operation(request.method, request.scope["path"])
            except Refusal as refusal:
                return refusal.reply
        return reply

    parts.change_answering(answer)


@AUTHENTICATION.in_sandbox
def strangers_learn_ids(parts: Parts) -> None:
    """Whoever has no credentials learns which customers there are."""

    async def answer(real: Callable[..., Awaitable[Reply]], request: Request, received: bytearray) -> Reply:
        reply = await real(request, received)
        customer_id = request.scope["path"].rpartition("/customer/")[2]
        if reply.status == HTTPStatus.UNAUTHORIZED and customer_id.isdecimal():
            with parts.store.transaction(write=False):
                if parts.store.part(int(customer_id), ("customer_id",)) is None:
                    return Refusal(HTTPStatus.NOT_FOUND, f"There is no customer {customer_id}.").reply
        return reply

    parts.change_answering(answer)
