"""Bulk requests that are carried out or answered otherwise than the same requests alone."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from http import HTTPStatus
from typing import Any

from chargeover_sandbox.contract.document import Node
from chargeover_sandbox.contract.handlers import CheckedRequest, Handler
from chargeover_sandbox.contract.responses import Response, success
from chargeover_sandbox.customers.store import Fields

from .bug import Category
from .patching import BULK, PatchableSandbox

BULKS = Category("Bulk requests")

One = dict[str, Any]
"""One request of a bulk request, or the answer to one."""


def _schema(document: Node, name: str) -> Node:
    schema: Node = document["components"]["schemas"][name]
    return schema


def _change_requests(sandbox: PatchableSandbox, change: Callable[[list[One]], Iterable[One]]) -> None:
    """Carry out other requests than were sent."""
    sandbox.change_handler((BULK,), lambda handler, request: handler(replace(request, body=list(change(request.body)))))


def _change_results(sandbox: PatchableSandbox, change: Callable[[list[One]], Iterable[One]]) -> None:
    """Give other answers than were given."""

    def changed(response: Response) -> Response:
        answers = list(change(response.envelope["response"]["_bulk"]))
        return replace(response, envelope={**response.envelope, "response": {"_bulk": answers}})

    sandbox.change_success((BULK,), changed)


def _failed(answer: One) -> bool:
    return bool(answer["status"] == "Error")


@BULKS.in_sandbox
def bulk_drops_last(sandbox: PatchableSandbox) -> None:
    """The last of several requests is neither carried out nor answered."""
    _change_requests(sandbox, lambda requests: requests[:-1] or requests)


@BULKS.in_sandbox
def bulk_repeats_first(sandbox: PatchableSandbox) -> None:
    """The first request is carried out twice, and answered once."""

    def handle(handler: Handler, request: CheckedRequest) -> Response:
        handler(replace(request, body=request.body[:1]))
        return handler(request)

    sandbox.change_handler((BULK,), handle)


@BULKS.in_sandbox
def bulk_stops_at_first_failure(sandbox: PatchableSandbox) -> None:
    """What follows a request that failed is neither carried out nor answered."""

    def handle(handler: Handler, request: CheckedRequest) -> Response:
        answers: list[One] = []
        for one in request.body:
            answers += handler(replace(request, body=[one])).envelope["response"]["_bulk"]
            if _failed(answers[-1]):
                break
        return success(HTTPStatus.OK, {"_bulk": answers})

    sandbox.change_handler((BULK,), handle)


@BULKS.in_sandbox
def bulk_undoes_all_on_failure(sandbox: PatchableSandbox) -> None:
    """A request that failed undoes the others, which are answered as done."""

    def handle(handler: Handler, request: CheckedRequest) -> Response:
        sandbox.connection.execute("SAVEPOINT before_bulk")
        response = handler(request)
        if any(map(_failed, response.envelope["response"]["_bulk"])):
            sandbox.connection.execute("ROLLBACK TO before_bulk")
        return response

    sandbox.change_handler((BULK,), handle)


@BULKS.in_sandbox
def bulk_runs_backwards(sandbox: PatchableSandbox) -> None:
    """The requests are carried out in reverse, and answered in order."""
    _change_requests(sandbox, reversed)
    _change_results(sandbox, reversed)


@BULKS.in_sandbox
def bulk_swaps_answers(sandbox: PatchableSandbox) -> None:
    """The answers come in reverse."""
    _change_results(sandbox, reversed)


@BULKS.in_sandbox
def bulk_failure_says_ok(sandbox: PatchableSandbox) -> None:
    """The status of a request that failed is OK."""
    _change_results(sandbox, lambda answers: [{**answer, "status": "OK"} for answer in answers])


@BULKS.in_sandbox
def bulk_codes_are_200(sandbox: PatchableSandbox) -> None:
    """The code of every request is 200."""
    _change_results(sandbox, lambda answers: [{**answer, "code": 200} for answer in answers])


@BULKS.in_sandbox
def bulk_answers_bare_list(sandbox: PatchableSandbox) -> None:
    """The answers come as a list, not under _bulk."""

    def changed(response: Response) -> Response:
        return replace(response, envelope={**response.envelope, "response": response.envelope["response"]["_bulk"]})

    sandbox.change_success((BULK,), changed)


@BULKS.in_document
def bulk_26_allowed(document: Node) -> None:
    """More than 25 requests are carried out."""
    del _schema(document, "BulkRequests")["maxItems"]
    del _schema(document, "BulkAnswers")["properties"]["_bulk"]["maxItems"]


@BULKS.in_document
def bulk_25_refused(document: Node) -> None:
    """25 requests are refused as too many."""
    _schema(document, "BulkRequests")["maxItems"] = 24


@BULKS.in_document
def empty_bulk_refused(document: Node) -> None:
    """A bulk request without requests is refused."""
    _schema(document, "BulkRequests")["minItems"] = 1


@BULKS.in_document
def bulk_deletes(document: Node) -> None:
    """A bulk request takes DELETE."""
    _schema(document, "BulkMethod")["enum"].append("DELETE")


@BULKS.in_sandbox
def nested_bulk_allowed(sandbox: PatchableSandbox) -> None:
    """A bulk request within another is carried out, and its answers stand among the others."""

    def flat(requests: list[One]) -> Iterable[One]:
        for one in requests:
            yield from flat(one["payload"]) if one["uri"].endswith("/_bulk") else [one]

    _change_requests(sandbox, flat)


@BULKS.in_sandbox
def bulk_payload_is_lost(sandbox: PatchableSandbox) -> None:
    """The updates of a bulk request are answered, and change nothing."""
    _change_requests(
        sandbox,
        lambda requests: [{**one, "payload": {}} if one["request_method"] == "PUT" else one for one in requests],
    )


@BULKS.in_sandbox
def bulk_mixes_payloads(sandbox: PatchableSandbox) -> None:
    """Each update of a bulk request gets the fields of the updates before it as well."""

    def mixed(requests: list[One]) -> Iterable[One]:
        fields: Fields = {}
        for one in requests:
            if one["request_method"] == "PUT" and isinstance(one.get("payload"), dict):
                fields = {**fields, **one["payload"]}
                yield {**one, "payload": fields}
            else:
                yield one

    _change_requests(sandbox, mixed)


@BULKS.in_sandbox
def bulk_ignores_queries(sandbox: PatchableSandbox) -> None:
    """The query in a URI is not looked at."""
    _change_requests(sandbox, lambda requests: [{**one, "uri": one["uri"].partition("?")[0]} for one in requests])


@BULKS.in_sandbox
def bulk_checks_no_fields(sandbox: PatchableSandbox) -> None:
    """Fields that do not exist are dropped without a word in a bulk request."""
    known = sandbox.contract.fields("CustomerCreate")

    def dropped(one: One) -> One:
        if not isinstance(one.get("payload"), dict):
            return one
        payload: Fields = one["payload"]
        return {**one, "payload": {name: value for name, value in payload.items() if name in known}}

    _change_requests(sandbox, lambda requests: map(dropped, requests))
