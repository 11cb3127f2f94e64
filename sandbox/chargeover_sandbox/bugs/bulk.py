"""Bulk requests that are carried out or answered otherwise than the same requests alone."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from http import HTTPStatus
from typing import Any

from chargeover_sandbox.answers import Reply, success
from chargeover_sandbox.contract import Node
from chargeover_sandbox.customers import Checked, Handler
from chargeover_sandbox.store import Fields

from .bug import Category
from .parts import BULK, Parts

BULKS = Category("Bulk requests")

One = dict[str, Any]
"""One request of a bulk request, or the answer to one."""


def _schema(document: Node, name: str) -> Node:
    schema: Node = document["components"]["schemas"][name]
    return schema


def _change_requests(parts: Parts, change: Callable[[list[One]], Iterable[One]]) -> None:
    """Carry out other requests than were sent."""
    parts.change_handler((BULK,), lambda handler, request: handler(replace(request, body=list(change(request.body)))))


def _change_answers(parts: Parts, change: Callable[[list[One]], Iterable[One]]) -> None:
    """Give other answers than were given."""

    def changed(reply: Reply) -> Reply:
        answers = list(change(reply.envelope["response"]["_bulk"]))
        return replace(reply, envelope={**reply.envelope, "response": {"_bulk": answers}})

    parts.change_answer((BULK,), changed)


def _failed(answer: One) -> bool:
    return bool(answer["status"] == "Error")


@BULKS.in_sandbox
def bulk_drops_last(parts: Parts) -> None:
    """The last of several requests is neither carried out nor answered."""
    _change_requests(parts, lambda requests: requests[:-1] or requests)


@BULKS.in_sandbox
def bulk_repeats_first(parts: Parts) -> None:
    """The first request is carried out twice, and answered once."""

    def handle(handler: Handler, request: Checked) -> Reply:
        handler(replace(request, body=request.body[:1]))
        return handler(request)

    parts.change_handler((BULK,), handle)


@BULKS.in_sandbox
def bulk_stops_at_first_failure(parts: Parts) -> None:
    """What follows a request that failed is neither carried out nor answered."""

    def handle(handler: Handler, request: Checked) -> Reply:
        answers: list[One] = []
        for one in request.body:
            answers += handler(replace(request, body=[one])).envelope["response"]["_bulk"]
            if _failed(answers[-1]):
                break
        return success(HTTPStatus.OK, {"_bulk": answers})

    parts.change_handler((BULK,), handle)


@BULKS.in_sandbox
def bulk_undoes_all_on_failure(parts: Parts) -> None:
    """A request that failed undoes the others, which are answered as done."""

    def handle(handler: Handler, request: Checked) -> Reply:
        parts.database.execute("SAVEPOINT before_bulk")
        reply = handler(request)
        if any(map(_failed, reply.envelope["response"]["_bulk"])):
            parts.database.execute("ROLLBACK TO before_bulk")
        return reply

    parts.change_handler((BULK,), handle)


@BULKS.in_sandbox
def bulk_runs_backwards(parts: Parts) -> None:
    """The requests are carried out in reverse, and answered in order."""
    _change_requests(parts, reversed)
    _change_answers(parts, reversed)


@BULKS.in_sandbox
def bulk_swaps_answers(parts: Parts) -> None:
    """The answers come in reverse."""
    _change_answers(parts, reversed)


@BULKS.in_sandbox
def bulk_failure_says_ok(parts: Parts) -> None:
    """The status of a request that failed is OK."""
    _change_answers(parts, lambda answers: [{**answer, "status": "OK"} for answer in answers])


@BULKS.in_sandbox
def bulk_codes_are_200(parts: Parts) -> None:
    """The code of every request is 200."""
    _change_answers(parts, lambda answers: [{**answer, "code": 200} for answer in answers])


@BULKS.in_sandbox
def bulk_answers_bare_list(parts: Parts) -> None:
    """The answers come as a list, not under _bulk."""

    def changed(reply: Reply) -> Reply:
        return replace(reply, envelope={**reply.envelope, "response": reply.envelope["response"]["_bulk"]})

    parts.change_answer((BULK,), changed)


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
def nested_bulk_allowed(parts: Parts) -> None:
    """A bulk request within another is carried out, and its answers stand among the others."""

    def flat(requests: list[One]) -> Iterable[One]:
        for one in requests:
            yield from flat(one["payload"]) if one["uri"].endswith("/_bulk") else [one]

    _change_requests(parts, flat)


@BULKS.in_sandbox
def bulk_payload_is_lost(parts: Parts) -> None:
    """The updates of a bulk request are answered, and change nothing."""
    _change_requests(
        parts, lambda requests: [{**one, "payload": {}} if one["request_method"] == "PUT" else one for one in requests]
    )


@BULKS.in_sandbox
def bulk_mixes_payloads(parts: Parts) -> None:
    """Each update of a bulk request gets the fields of the updates before it as well."""

    def mixed(requests: list[One]) -> Iterable[One]:
        fields: Fields = {}
        for one in requests:
            if one["request_method"] == "PUT" and isinstance(one.get("payload"), dict):
                fields = {**fields, **one["payload"]}
                yield {**one, "payload": fields}
            else:
                yield one

    _change_requests(parts, mixed)


@BULKS.in_sandbox
def bulk_ignores_queries(parts: Parts) -> None:
    """The query in a URI is not looked at."""
    _change_requests(parts, lambda requests: [{**one, "uri": one["uri"].partition("?")[0]} for one in requests])


@BULKS.in_sandbox
def bulk_checks_no_fields(parts: Parts) -> None:
    """Fields that do not exist are dropped without a word in a bulk request."""
    known = parts.contract.fields("CustomerCreate")

    def dropped(one: One) -> One:
        if not isinstance(one.get("payload"), dict):
            return one
        payload: Fields = one["payload"]
        return {**one, "payload": {name: value for name, value in payload.items() if name in known}}

    _change_requests(parts, lambda requests: map(dropped, requests))
