"""Bulk requests that do not give what their requests give alone."""

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
"""One request of a bulk request, or its result."""


def _schema(document: Node, name: str) -> Node:
    schema: Node = document["components"]["schemas"][name]
    return schema


def _change_requests(sandbox: PatchableSandbox, change: Callable[[list[One]], Iterable[One]]) -> None:
    """Carry out requests other than those that were sent."""
    sandbox.change_handler((BULK,), lambda handler, request: handler(replace(request, body=list(change(request.body)))))


def _change_results(sandbox: PatchableSandbox, change: Callable[[list[One]], Iterable[One]]) -> None:
    """Change the results of the requests."""

    def changed(response: Response) -> Response:
        results = list(change(response.envelope["response"]["_bulk"]))
        return replace(response, envelope={**response.envelope, "response": {"_bulk": results}})

    sandbox.change_success((BULK,), changed)


def _failed(result: One) -> bool:
    return bool(result["status"] == "Error")


@BULKS.in_sandbox
def bulk_drops_last(sandbox: PatchableSandbox) -> None:
    """The last of several requests is not carried out and has no result."""
    _change_requests(sandbox, lambda requests: requests[:-1] or requests)


@BULKS.in_sandbox
def bulk_repeats_first(sandbox: PatchableSandbox) -> None:
    """The first request is carried out twice but has one result."""

    def handle(handler: Handler, request: CheckedRequest) -> Response:
        handler(replace(request, body=request.body[:1]))
        return handler(request)

    sandbox.change_handler((BULK,), handle)


@BULKS.in_sandbox
def bulk_stops_at_first_failure(sandbox: PatchableSandbox) -> None:
    """After a failed request, the remaining ones are not carried out and have no results."""

    def handle(handler: Handler, request: CheckedRequest) -> Response:
        results: list[One] = []
        for one in request.body:
            results += handler(replace(request, body=[one])).envelope["response"]["_bulk"]
            if _failed(results[-1]):
                break
        return success(HTTPStatus.OK, {"_bulk": results})

    sandbox.change_handler((BULK,), handle)


@BULKS.in_sandbox
def bulk_undoes_all_on_failure(sandbox: PatchableSandbox) -> None:
    """A failed request undoes the others, whose results still say that they succeeded."""

    def handle(handler: Handler, request: CheckedRequest) -> Response:
        sandbox.connection.execute("SAVEPOINT before_bulk")
        response = handler(request)
        if any(map(_failed, response.envelope["response"]["_bulk"])):
            sandbox.connection.execute("ROLLBACK TO before_bulk")
        return response

    sandbox.change_handler((BULK,), handle)


@BULKS.in_sandbox
def bulk_runs_backwards(sandbox: PatchableSandbox) -> None:
    """The requests are carried out in reverse order; their results are in order."""
    _change_requests(sandbox, reversed)
    _change_results(sandbox, reversed)


@BULKS.in_sandbox
def bulk_swaps_answers(sandbox: PatchableSandbox) -> None:
    """The results are in reverse order."""
    _change_results(sandbox, reversed)


@BULKS.in_sandbox
def bulk_failure_says_ok(sandbox: PatchableSandbox) -> None:
    """The status of a failed request is OK."""
    _change_results(sandbox, lambda results: [{**result, "status": "OK"} for result in results])


@BULKS.in_sandbox
def bulk_codes_are_200(sandbox: PatchableSandbox) -> None:
    """The code of every request is 200."""
    _change_results(sandbox, lambda results: [{**result, "code": 200} for result in results])


@BULKS.in_sandbox
def bulk_answers_bare_list(sandbox: PatchableSandbox) -> None:
    """The results are a bare list, not under _bulk."""

    def changed(response: Response) -> Response:
        return replace(response, envelope={**response.envelope, "response": response.envelope["response"]["_bulk"]})

    sandbox.change_success((BULK,), changed)


@BULKS.in_document
def bulk_26_allowed(document: Node) -> None:
    """More than 25 requests are accepted."""
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
    """A bulk request accepts DELETE."""
    _schema(document, "BulkMethod")["enum"].append("DELETE")


@BULKS.in_sandbox
def nested_bulk_allowed(sandbox: PatchableSandbox) -> None:
    """A bulk request within another is carried out, and its results are among the others."""

    def flat(requests: list[One]) -> Iterable[One]:
        for one in requests:
            yield from flat(one["payload"]) if one["uri"].endswith("/_bulk") else [one]

    _change_requests(sandbox, flat)


@BULKS.in_sandbox
def bulk_payload_is_lost(sandbox: PatchableSandbox) -> None:
    """The updates of a bulk request are acknowledged but change nothing."""
    _change_requests(
        sandbox,
        lambda requests: [{**one, "payload": {}} if one["request_method"] == "PUT" else one for one in requests],
    )


@BULKS.in_sandbox
def bulk_mixes_payloads(sandbox: PatchableSandbox) -> None:
    """Each update of a bulk request also gets the fields of the updates before it."""

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
    """The query string in a URI is ignored."""
    _change_requests(sandbox, lambda requests: [{**one, "uri": one["uri"].partition("?")[0]} for one in requests])


@BULKS.in_sandbox
def bulk_checks_no_fields(sandbox: PatchableSandbox) -> None:
    """Unknown fields are silently dropped in a bulk request."""
    known = sandbox.contract.fields("CustomerCreate")

    def dropped(one: One) -> One:
        if not isinstance(one.get("payload"), dict):
            return one
        payload: Fields = one["payload"]
        return {**one, "payload": {name: value for name, value in payload.items() if name in known}}

    _change_requests(sandbox, lambda requests: map(dropped, requests))
