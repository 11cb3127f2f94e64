"""Wrong statuses, headers and envelopes."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from starlette.types import Send

from chargeover_sandbox.answers import Reply

from .bug import Category
from .parts import BULK, COUNT, CREATION, DELETIONS, DISCONNECTION, GETS, LIST, UPDATES, Parts, Wire

ANSWERS = Category("Statuses, headers and envelopes")

_OTHER = (CREATION, *UPDATES, *DELETIONS, DISCONNECTION, *GETS, COUNT)
"""Every operation but those whose answer is a list."""


def _status(status: int) -> Callable[[Reply], Reply]:
    return lambda reply: replace(reply, status=status)


def _members(**members: Any) -> Callable[[Reply], Reply]:
    return lambda reply: replace(reply, envelope={**reply.envelope, **members})


def _without_headers(reply: Reply) -> Reply:
    return replace(reply, headers={})


@ANSWERS.in_sandbox
def create_is_200(parts: Parts) -> None:
    """A creation is a 200."""
    parts.change_answer((CREATION,), _status(200))


@ANSWERS.in_sandbox
def update_is_200(parts: Parts) -> None:
    """An update is a 200."""
    parts.change_answer(UPDATES, _status(200))


@ANSWERS.in_sandbox
def update_by_key_is_201(parts: Parts) -> None:
    """An update by external key is a 201."""
    parts.change_answer(("update_customer_by_external_key",), _status(201))


@ANSWERS.in_sandbox
def delete_is_204(parts: Parts) -> None:
    """A deletion is a 204 without a body."""
    parts.change_answer(DELETIONS, _status(204))

    async def send(real: Wire, out: Send, reply: Reply, content: bytes) -> None:
        if reply.status == 204:
            await out({"type": "http.response.start", "status": 204, "headers": []})
            await out({"type": "http.response.body", "body": b""})
        else:
            await real(out, reply, content)

    parts.change_sending(send)


@ANSWERS.in_sandbox
def delete_answers_false(parts: Parts) -> None:
    """The response of a deletion is false, though it was done."""
    parts.change_answer(DELETIONS, _members(response=False))


@ANSWERS.in_sandbox
def not_found_is_400(parts: Parts) -> None:
    """A customer that does not exist is a 400."""
    parts.change_refusal(404, _status(400))


@ANSWERS.in_sandbox
def not_found_is_empty(parts: Parts) -> None:
    """A customer that does not exist is a 200 whose response is an empty object."""
    parts.change_refusal(
        404, lambda reply: _members(code=200, status="OK", message="", response={})(_status(200)(reply))
    )


@ANSWERS.in_sandbox
def bad_request_is_422(parts: Parts) -> None:
    """A bad request is a 422."""
    parts.change_refusal(400, _status(422))


@ANSWERS.in_sandbox
def unauthorized_is_403(parts: Parts) -> None:
    """Missing credentials are a 403."""
    parts.change_refusal(401, _status(403))


@ANSWERS.in_sandbox
def unknown_path_is_404(parts: Parts) -> None:
    """A path that is no endpoint is a 404."""

    def changed(reply: Reply) -> Reply:
        return replace(reply, status=404) if "no endpoint" in reply.envelope["message"] else reply

    parts.change_refusal(400, changed)


@ANSWERS.in_sandbox
def unknown_method_is_404(parts: Parts) -> None:
    """A method that a path does not have is a 404."""
    parts.change_refusal(405, _status(404))


@ANSWERS.in_sandbox
def wrong_media_type_is_400(parts: Parts) -> None:
    """A body of another media type is a 400."""
    parts.change_refusal(415, _status(400))


@ANSWERS.in_sandbox
def error_is_200(parts: Parts) -> None:
    """A bad request is a 200, and only its envelope says that it failed."""
    parts.change_refusal(400, _status(200))


@ANSWERS.in_sandbox
def success_says_error(parts: Parts) -> None:
    """The status in the envelope of an update that was done is Error."""
    parts.change_answer(UPDATES, _members(status="Error"))


@ANSWERS.in_sandbox
def error_says_ok(parts: Parts) -> None:
    """The status in the envelope of a refusal is OK."""
    parts.change_refusal(None, _members(status="OK"))


@ANSWERS.in_sandbox
def error_response_is_null(parts: Parts) -> None:
    """The response of a refusal is null."""
    parts.change_refusal(None, _members(response=None))


@ANSWERS.in_sandbox
def error_lacks_message(parts: Parts) -> None:
    """The message of a refusal is empty."""
    parts.change_refusal(None, _members(message=""))


@ANSWERS.in_sandbox
def code_is_missing(parts: Parts) -> None:
    """The envelope of a customer has no code."""
    parts.change_answer(GETS, lambda reply: replace(reply, envelope=_without(reply.envelope, "code")))


@ANSWERS.in_sandbox
def details_is_text(parts: Parts) -> None:
    """The details of a refusal are a text."""
    parts.change_refusal(None, _members(details="none"))


@ANSWERS.in_sandbox
def details_is_list(parts: Parts) -> None:
    """The details of a success are an empty list."""
    parts.change_answer(_OTHER, _members(details=[]))


@ANSWERS.in_sandbox
def envelope_is_missing(parts: Parts) -> None:
    """A customer is answered without an envelope."""
    parts.change_answer(("get_customer",), lambda reply: replace(reply, envelope=reply.envelope["response"]))


@ANSWERS.in_sandbox
def wrong_id_in_answer(parts: Parts) -> None:
    """An update answers the ID of another customer."""
    parts.change_answer(UPDATES, lambda reply: _members(response={"id": reply.envelope["response"]["id"] + 1})(reply))


@ANSWERS.in_sandbox
def id_is_text(parts: Parts) -> None:
    """A creation answers the ID as a text."""
    parts.change_answer(
        (CREATION,), lambda reply: _members(response={"id": str(reply.envelope["response"]["id"])})(reply)
    )


@ANSWERS.in_sandbox
def no_location(parts: Parts) -> None:
    """A creation has no Location."""
    parts.change_answer((CREATION,), _without_headers)


@ANSWERS.in_sandbox
def wrong_location(parts: Parts) -> None:
    """The Location of an update leads to another customer."""
    parts.change_answer(UPDATES, lambda reply: replace(reply, headers={"Location": reply.headers["Location"] + "0"}))


@ANSWERS.in_sandbox
def no_www_authenticate(parts: Parts) -> None:
    """A 401 has no WWW-Authenticate."""
    parts.change_refusal(401, _without_headers)


@ANSWERS.in_sandbox
def no_allow(parts: Parts) -> None:
    """A 405 has no Allow."""
    parts.change_refusal(405, _without_headers)


@ANSWERS.in_sandbox
def allow_lacks_a_method(parts: Parts) -> None:
    """The Allow of a 405 has one method only."""
    parts.change_refusal(405, lambda reply: replace(reply, headers={"Allow": reply.headers["Allow"].partition(",")[0]}))


@ANSWERS.in_sandbox
def empty_list_is_404(parts: Parts) -> None:
    """A list without customers is a 404."""
    failed = _members(code=404, status="Error", message="There are no customers.", response=False)
    parts.change_answer((LIST,), lambda reply: reply if reply.envelope["response"] else failed(_status(404)(reply)))


@ANSWERS.in_sandbox
def failed_bulk_is_400(parts: Parts) -> None:
    """A bulk request is a 400 as a whole when one of its requests failed."""

    def changed(reply: Reply) -> Reply:
        failed = any(answer["status"] == "Error" for answer in reply.envelope["response"]["_bulk"])
        return replace(reply, status=400) if failed else reply

    parts.change_answer((BULK,), changed)


def _without(envelope: dict[str, Any], member: str) -> dict[str, Any]:
    return {name: value for name, value in envelope.items() if name != member}
