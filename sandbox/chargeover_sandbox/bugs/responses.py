"""Wrong statuses, headers and envelopes."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from starlette.types import Send

from chargeover_sandbox.contract.responses import Response

from .bug import Category
from .patching import BULK, COUNT, CREATION, DELETIONS, DISCONNECTION, GETS, LIST, UPDATES, PatchableSandbox, Sender

RESPONSES = Category("Statuses, headers and envelopes")

_OTHER = (CREATION, *UPDATES, *DELETIONS, DISCONNECTION, *GETS, COUNT)
"""Every operation except those that return a list."""


def _status(status: int) -> Callable[[Response], Response]:
    return lambda response: replace(response, status=status)


def _members(**members: Any) -> Callable[[Response], Response]:
    return lambda response: replace(response, envelope={**response.envelope, **members})


def _without_headers(response: Response) -> Response:
    return replace(response, headers={})


@RESPONSES.in_sandbox
def create_is_200(sandbox: PatchableSandbox) -> None:
    """A creation gets a 200."""
    sandbox.change_success((CREATION,), _status(200))


@RESPONSES.in_sandbox
def update_is_200(sandbox: PatchableSandbox) -> None:
    """An update gets a 200."""
    sandbox.change_success(UPDATES, _status(200))


@RESPONSES.in_sandbox
def update_by_key_is_201(sandbox: PatchableSandbox) -> None:
    """An update by external key gets a 201."""
    sandbox.change_success(("update_customer_by_external_key",), _status(201))


@RESPONSES.in_sandbox
def delete_is_204(sandbox: PatchableSandbox) -> None:
    """A deletion gets a 204 without a body."""
    sandbox.change_success(DELETIONS, _status(204))

    async def send(real: Sender, out: Send, response: Response, content: bytes) -> None:
        if response.status == 204:
            await out({"type": "http.response.start", "status": 204, "headers": []})
            await out({"type": "http.response.body", "body": b""})
        else:
            await real(out, response, content)

    sandbox.change_sending(send)


@RESPONSES.in_sandbox
def delete_answers_false(sandbox: PatchableSandbox) -> None:
    """The response to a deletion is false, although the customer was deleted."""
    sandbox.change_success(DELETIONS, _members(response=False))


@RESPONSES.in_sandbox
def not_found_is_400(sandbox: PatchableSandbox) -> None:
    """A customer that does not exist gets a 400."""
    sandbox.change_refusal(404, _status(400))


@RESPONSES.in_sandbox
def not_found_is_empty(sandbox: PatchableSandbox) -> None:
    """A customer that does not exist gets a 200 whose response is an empty object."""
    sandbox.change_refusal(
        404, lambda response: _members(code=200, status="OK", message="", response={})(_status(200)(response))
    )


@RESPONSES.in_sandbox
def bad_request_is_422(sandbox: PatchableSandbox) -> None:
    """A bad request gets a 422."""
    sandbox.change_refusal(400, _status(422))


@RESPONSES.in_sandbox
def unauthorized_is_403(sandbox: PatchableSandbox) -> None:
    """Missing credentials get a 403."""
    sandbox.change_refusal(401, _status(403))


@RESPONSES.in_sandbox
def unknown_path_is_404(sandbox: PatchableSandbox) -> None:
    """An unknown path gets a 404."""

    def changed(response: Response) -> Response:
        message = response.envelope["message"]
        is_unknown = "no endpoint" in message or "object type" in message
        return replace(response, status=404) if is_unknown else response

    sandbox.change_refusal(400, changed)


@RESPONSES.in_sandbox
def unknown_method_is_404(sandbox: PatchableSandbox) -> None:
    """A method that a path does not have gets a 404."""
    sandbox.change_refusal(405, _status(404))


@RESPONSES.in_sandbox
def wrong_media_type_is_400(sandbox: PatchableSandbox) -> None:
    """A body of another media type gets a 400."""
    sandbox.change_refusal(415, _status(400))


@RESPONSES.in_sandbox
def error_is_200(sandbox: PatchableSandbox) -> None:
    """A bad request gets a 200, and only the envelope says that it failed."""
    sandbox.change_refusal(400, _status(200))


@RESPONSES.in_sandbox
def success_says_error(sandbox: PatchableSandbox) -> None:
    """The envelope of a successful update has the status Error."""
    sandbox.change_success(UPDATES, _members(status="Error"))


@RESPONSES.in_sandbox
def error_says_ok(sandbox: PatchableSandbox) -> None:
    """The envelope of a refusal has the status OK."""
    sandbox.change_refusal(None, _members(status="OK"))


@RESPONSES.in_sandbox
def error_response_is_null(sandbox: PatchableSandbox) -> None:
    """The response of a refusal is null."""
    sandbox.change_refusal(None, _members(response=None))


@RESPONSES.in_sandbox
def error_lacks_message(sandbox: PatchableSandbox) -> None:
    """The message of a refusal is empty."""
    sandbox.change_refusal(None, _members(message=""))


@RESPONSES.in_sandbox
def code_is_missing(sandbox: PatchableSandbox) -> None:
    """The envelope of a customer has no code."""
    sandbox.change_success(GETS, lambda response: replace(response, envelope=_without(response.envelope, "code")))


@RESPONSES.in_sandbox
def details_is_text(sandbox: PatchableSandbox) -> None:
    """The details of a refusal are a string."""
    sandbox.change_refusal(None, _members(details="none"))


@RESPONSES.in_sandbox
def details_is_list(sandbox: PatchableSandbox) -> None:
    """The details of a success are an empty list."""
    sandbox.change_success(_OTHER, _members(details=[]))


@RESPONSES.in_sandbox
def envelope_is_missing(sandbox: PatchableSandbox) -> None:
    """A customer is returned without an envelope."""
    sandbox.change_success(
        ("get_customer",), lambda response: replace(response, envelope=response.envelope["response"])
    )


@RESPONSES.in_sandbox
def wrong_id_in_answer(sandbox: PatchableSandbox) -> None:
    """An update returns the ID of another customer."""
    sandbox.change_success(
        UPDATES, lambda response: _members(response={"id": response.envelope["response"]["id"] + 1})(response)
    )


@RESPONSES.in_sandbox
def id_is_text(sandbox: PatchableSandbox) -> None:
    """A creation returns the ID as a string."""
    sandbox.change_success(
        (CREATION,), lambda response: _members(response={"id": str(response.envelope["response"]["id"])})(response)
    )


@RESPONSES.in_sandbox
def no_location(sandbox: PatchableSandbox) -> None:
    """The response to a creation has no Location."""
    sandbox.change_success((CREATION,), _without_headers)


@RESPONSES.in_sandbox
def wrong_location(sandbox: PatchableSandbox) -> None:
    """The Location of an update points to another customer."""
    sandbox.change_success(
        UPDATES, lambda response: replace(response, headers={"Location": response.headers["Location"] + "0"})
    )


@RESPONSES.in_sandbox
def no_www_authenticate(sandbox: PatchableSandbox) -> None:
    """A 401 has no WWW-Authenticate."""
    sandbox.change_refusal(401, _without_headers)


@RESPONSES.in_sandbox
def no_allow(sandbox: PatchableSandbox) -> None:
    """A 405 has no Allow."""
    sandbox.change_refusal(405, _without_headers)


@RESPONSES.in_sandbox
def allow_lacks_a_method(sandbox: PatchableSandbox) -> None:
    """The Allow of a 405 lists only one method."""
    sandbox.change_refusal(
        405, lambda response: replace(response, headers={"Allow": response.headers["Allow"].partition(",")[0]})
    )


@RESPONSES.in_sandbox
def empty_list_is_404(sandbox: PatchableSandbox) -> None:
    """An empty list gets a 404."""
    failed = _members(code=404, status="Error", message="There are no customers.", response=False)
    sandbox.change_success(
        (LIST,), lambda response: response if response.envelope["response"] else failed(_status(404)(response))
    )


@RESPONSES.in_sandbox
def failed_bulk_is_400(sandbox: PatchableSandbox) -> None:
    """A bulk request gets a 400 as a whole if one of its requests failed."""

    def changed(response: Response) -> Response:
        failed = any(result["status"] == "Error" for result in response.envelope["response"]["_bulk"])
        return replace(response, status=400) if failed else response

    sandbox.change_success((BULK,), changed)


def _without(envelope: dict[str, Any], member: str) -> dict[str, Any]:
    return {name: value for name, value in envelope.items() if name != member}
