"""Authentication that accepts too much or reveals too much."""

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
    """Any password is accepted."""
    sandbox.admit(lambda given, right: given.username == right.username and given.password != "")


@AUTHENTICATION.in_sandbox
def any_user_name(sandbox: PatchableSandbox) -> None:
    """Any user name is accepted."""
    sandbox.admit(lambda given, right: given.password == right.password)


@AUTHENTICATION.in_sandbox
def empty_password_accepted(sandbox: PatchableSandbox) -> None:
    """An empty password is accepted."""
    sandbox.admit(lambda given, right: given == (right.username, ""))


@AUTHENTICATION.in_sandbox
def password_prefix_accepted(sandbox: PatchableSandbox) -> None:
    """The first four or more characters of the password are accepted."""
    sandbox.admit(
        lambda given, right: (
            given.username == right.username and len(given.password) >= 4 and right.password.startswith(given.password)
        )
    )


@AUTHENTICATION.in_sandbox
def longer_password_accepted(sandbox: PatchableSandbox) -> None:
    """Anything may follow the password."""
    sandbox.admit(lambda given, right: given.username == right.username and given.password.startswith(right.password))


@AUTHENTICATION.in_sandbox
def user_name_ignores_case(sandbox: PatchableSandbox) -> None:
    """The case of the user name does not matter."""
    sandbox.admit(
        lambda given, right: given.password == right.password and given.username.casefold() == right.username.casefold()
    )


@AUTHENTICATION.in_sandbox
def any_scheme_accepted(sandbox: PatchableSandbox) -> None:
    """The right credentials are accepted in a scheme other than Basic."""
    sandbox.admit(lambda given, right: given == right)


@AUTHENTICATION.in_sandbox
def remembers_credentials(sandbox: PatchableSandbox) -> None:
    """A client without credentials is accepted once another client has sent the right ones."""
    seen = sandbox.memory()

    def check(real: Callable[[str | None], None], header: str | None) -> None:
        if header is not None or not seen:
            real(header)
            seen[0] = True

    wrap(sandbox.credentials, "check", check)


@AUTHENTICATION.in_document
def reads_are_open(document: Node) -> None:
    """Operations that only read need no credentials."""
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
    """Credentials that are not valid base64 get a 500."""

    def check(real: Callable[[str | None], None], header: str | None) -> None:
        if header and not header.rpartition(" ")[2].replace("=", "").isalnum():
            raise ValueError("not base64")
        real(header)

    wrap(sandbox.credentials, "check", check)


@AUTHENTICATION.in_sandbox
def password_is_told(sandbox: PatchableSandbox) -> None:
    """A 401 reveals the password."""

    def tell(response: Response) -> Response:
        return replace(
            response, envelope={**response.envelope, "details": {"expected": sandbox.accepted_pair.password}}
        )

    sandbox.change_refusal(401, tell)


@AUTHENTICATION.in_sandbox
def strangers_learn_paths(sandbox: PatchableSandbox) -> None:
    """A client without credentials learns which paths and methods exist."""

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
    """A client without credentials learns which customers exist."""

    async def respond(real: Callable[..., Awaitable[Response]], request: Request, received: bytearray) -> Response:
        response = await real(request, received)
        customer_id = request.scope["path"].rpartition("/customer/")[2]
        if response.status == HTTPStatus.UNAUTHORIZED and customer_id.isdecimal():
            with sandbox.app.database.transaction(write=False):
                if sandbox.store.stored_values(int(customer_id), ("customer_id",)) is None:
                    return Refusal(HTTPStatus.NOT_FOUND, "This customer does not exist.", response=None).response
        return response

    sandbox.change_responding(respond)
