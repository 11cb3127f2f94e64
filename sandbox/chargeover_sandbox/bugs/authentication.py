"""Holes in the authentication."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from http import HTTPStatus

from starlette.requests import Request

from chargeover_sandbox.contract.document import Node
from chargeover_sandbox.contract.responses import Refusal, Response

from .bug import Category
from .patching import PatchableSandbox, wrap

AUTHENTICATION = Category("Authentication")


@AUTHENTICATION.in_sandbox
def any_password(sandbox: PatchableSandbox) -> None:
    """Any password will do."""
    sandbox.admit(lambda given, right: given.username == right.username and given.password != "")


@AUTHENTICATION.in_sandbox
def any_user_name(sandbox: PatchableSandbox) -> None:
    """Any user name will do."""
    sandbox.admit(lambda given, right: given.password == right.password)


@AUTHENTICATION.in_sandbox
def empty_password_accepted(sandbox: PatchableSandbox) -> None:
    """An empty password will do."""
    sandbox.admit(lambda given, right: given == (right.username, ""))


@AUTHENTICATION.in_sandbox
def password_prefix_accepted(sandbox: PatchableSandbox) -> None:
    """The beginning of the password, of four characters or more, will do."""
    sandbox.admit(
        lambda given, right: (
            given.username == right.username and len(given.password) >= 4 and right.password.startswith(given.password)
        )
    )


@AUTHENTICATION.in_sandbox
def longer_password_accepted(sandbox: PatchableSandbox) -> None:
    """What follows the password is not looked at."""
    sandbox.admit(lambda given, right: given.username == right.username and given.password.startswith(right.password))


@AUTHENTICATION.in_sandbox
def user_name_ignores_case(sandbox: PatchableSandbox) -> None:
    """The user name may be in capitals."""
    sandbox.admit(
        lambda given, right: given.password == right.password and given.username.casefold() == right.username.casefold()
    )


@AUTHENTICATION.in_sandbox
def any_scheme_accepted(sandbox: PatchableSandbox) -> None:
    """The right pair will do in another scheme than Basic."""
    sandbox.admit(lambda given, right: given == right)


@AUTHENTICATION.in_sandbox
def remembers_credentials(sandbox: PatchableSandbox) -> None:
    """Whoever sends no credentials is let in after someone else sent the right ones."""
    seen = sandbox.memory()

    def check(real: Callable[[str | None], None], header: str | None) -> None:
        if header is not None or not seen:
            real(header)
            seen[0] = True

    wrap(sandbox.credentials, "check", check)


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
def crashes_on_bad_credentials(sandbox: PatchableSandbox) -> None:
    """Credentials that are no base64 are a 500."""

    def check(real: Callable[[str | None], None], header: str | None) -> None:
        if header and not header.rpartition(" ")[2].replace("=", "").isalnum():
            raise ValueError("no base64")
        real(header)

    wrap(sandbox.credentials, "check", check)


@AUTHENTICATION.in_sandbox
def password_is_told(sandbox: PatchableSandbox) -> None:
    """A 401 says what the password would have been."""

    def tell(response: Response) -> Response:
        return replace(
            response, envelope={**response.envelope, "details": {"expected": sandbox.accepted_pair.password}}
        )

    sandbox.change_refusal(401, tell)


@AUTHENTICATION.in_sandbox
def strangers_learn_paths(sandbox: PatchableSandbox) -> None:
    """Whoever has no credentials learns which paths and methods there are."""

    async def respond(real: Callable[..., Awaitable[Response]], request: Request, received: bytearray) -> Response:
        response = await real(request, received)
        if response.status == HTTPStatus.UNAUTHORIZED:
            try:
                sandbox.dispatcher.find(request.scope["raw_path"]).operation(request.method, request.scope["path"])
            except Refusal as refusal:
                return refusal.response
        return response

    sandbox.change_responding(respond)


@AUTHENTICATION.in_sandbox
def strangers_learn_ids(sandbox: PatchableSandbox) -> None:
    """Whoever has no credentials learns which customers there are."""

    async def respond(real: Callable[..., Awaitable[Response]], request: Request, received: bytearray) -> Response:
        response = await real(request, received)
        customer_id = request.scope["path"].rpartition("/customer/")[2]
        if response.status == HTTPStatus.UNAUTHORIZED and customer_id.isdecimal():
            with sandbox.app.database.transaction(write=False):
                if sandbox.store.stored_values(int(customer_id), ("customer_id",)) is None:
                    return Refusal(HTTPStatus.NOT_FOUND, f"There is no customer {customer_id}.").response
        return response

    sandbox.change_responding(respond)
