"""What Schemathesis cannot know: which customers exist and are the suite's, which keys are free, what each field takes.

The document allows any ID as a parent, any string as an external key, any field with any value in a ``where`` and any
text as an event; the server rightly refuses a parent that does not exist, a key that is in use, an invalid number and
an unknown event. So exactly these values are replaced, and only where they are valid: everything that was generated to
be refused goes out as it is.

What is changed or deleted must be the run's own, since it finds the IDs of others in lists: one of those may rightly be
refused, such as a parent, and is not ours to touch.
"""

import json
import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

import requests
import schemathesis
import schemathesis.cli
from requests.adapters import HTTPAdapter
from schemathesis import Case, HookContext, Response
from schemathesis.core.failures import Failure
from schemathesis.engine.events import NonFatalError, ScenarioFinished
from schemathesis.engine.recorder import CheckFailureInfo, Interaction, ScenarioRecorder

from chargeover_contract.document import Violation, operation_named, violations
from chargeover_contract.findings import Exchange, Finding, general
from chargeover_contract.http import said
from chargeover_contract.openapi import DOCUMENT
from chargeover_contract.operations import NOWHERE
from chargeover_contract.ownership import CUSTOMER, OwnCustomers, create_own, response_of, was_created_with
from chargeover_contract.rate_limit import Waits, pause
from chargeover_contract.server import Server
from chargeover_contract.sockets import basic

REACHED = Path(os.environ["CONTRACT_REACHED"])
FAILURES = Path(os.environ["CONTRACT_FAILURES"])
SERVER = Server(os.environ["CONTRACT_BASE_URL"], os.environ["CHARGEOVER_USERNAME"], os.environ["CHARGEOVER_PASSWORD"])
HTTP = SERVER.client()
# The values in the document's examples, which no server has.
EXAMPLES = {"customer_id": 1234, "external_key": "crm-1234", "token": "1a2b3c4d5e6f"}
# A field that takes any text.
ANY_FIELD = "company"
READS = {"GET", "HEAD", "OPTIONS", "TRACE"}
MARKER = f"schemathesis-{uuid4().hex}"
OWN = OwnCustomers(create_own(HTTP, "Parent of the contract suite"), create_own(HTTP, "Subject of the contract suite"))


_send = HTTPAdapter.send


def _send_patiently(
    adapter: HTTPAdapter, request: requests.PreparedRequest, *arguments: Any, **options: Any
) -> requests.Response:
    """Wait out a 429 below Schemathesis: its own ``rate-limit`` holds all checks against it, such as "must be 401"."""
    waits = Waits()
    pause()
    while (response := _send(adapter, request, *arguments, **options)).status_code == 429:
        if not waits.wait(response.headers):
            break
        response.close()
    return response


# Some checks send requests that no hook of Schemathesis sees.
HTTPAdapter.send = _send_patiently  # type: ignore[assignment, method-assign]


@schemathesis.hook
def before_call(context: HookContext, case: Case[Any], kwargs: dict[str, object]) -> None:
    """Put what exists, what is free and what fits where a valid value stands."""
    parameters = case.path_parameters or {}
    method = case.method.upper()
    for name, example in EXAMPLES.items():
        if str(parameters.get(name)) == str(example):
            parameters[name] = _someone(name)
    if method not in READS:
        _name_ours(parameters, deletes=method == "DELETE")
    for name in ("where", "order"):
        if case.query and isinstance(text := case.query.get(name), str):
            case.query[name] = _about_any_field(name, text)
    body = case.body
    if case.operation.path == "/api/v3/_bulk":
        # In an object too, as answers have them: it is to be refused, and may not be.
        items = body.get("_bulk") if isinstance(body, dict) else body
        for one in items if isinstance(items, list) else []:
            _spare_others_of_a_bulk(one)
    elif case.operation.path == "/api/v3/_resthook":
        _fit_subscription(body)
    elif isinstance(body, dict):
        _fit(body, parameters.get("customer_id"))
        if case.operation.path == CUSTOMER and isinstance(body.get("custom_20", ""), str):
            body["custom_20"] = MARKER  # so that it is known again


def _name_ours(parameters: dict[str, Any], *, deletes: bool) -> None:
    """Name one of ours in the path of a change, and one to spare in that of a deletion."""
    for name, value in parameters.items():
        prefix = "" if name == "customer_id" else f"{name}:"
        piece = f"{prefix}{value}"
        ours = OWN.piece(piece, _one_to_spare if deletes else None)
        # What is right stays the number or the text that it is: Schemathesis compares it later.
        if ours != piece:
            parameters[name] = ours.removeprefix(prefix)


def _one_to_spare() -> int:
    spare = create_own(HTTP, "To be deleted")
    OWN.ids.add(spare)
    return spare


def _fit(body: dict[str, Any], child: object) -> None:
    """Put a parent that exists and a key that is free."""
    if "parent_customer_id" in body:
        body["parent_customer_id"] = OWN.parent_of(body["parent_customer_id"], child)
    key = body.get("external_key")
    if isinstance(key, str):
        body["external_key"] = key + uuid4().hex


def _fit_subscription(body: Any) -> None:
    """Put an address that nothing is sent to, and an event that there is, where the document allows any text."""
    for name, value in (("target_url", NOWHERE), ("event", "insert")):
        if isinstance(body, dict) and isinstance(body.get(name), str) and body[name]:
            body[name] = value


def _spare_others_of_a_bulk(one: object) -> None:
    """The same for the requests of a bulk request; the document's own example names customer 2."""
    if not isinstance(one, dict):
        return
    if str(one.get("request_method")).upper() not in READS and isinstance(one.get("uri"), str):
        one["uri"] = OWN.uri(one["uri"])
    if isinstance(one.get("payload"), dict) and "parent_customer_id" in one["payload"]:
        one["payload"]["parent_customer_id"] = OWN.parent_of(one["payload"]["parent_customer_id"], OWN.subject)


def _someone(name: str) -> object:
    if name == "customer_id":
        return OWN.subject
    if name == "token":
        shown = response_of(HTTP.get(f"{CUSTOMER}/{OWN.subject}").raise_for_status())
        return shown["token"] if isinstance(shown, dict) else ""
    key = f"contract-{uuid4().hex}"
    OWN.ids.add(create_own(HTTP, "With a key", external_key=key))
    OWN.keys.add(key)
    return key


def _about_any_field(name: str, text: str) -> str:
    """A valid ``where`` or ``order`` with each of its fields replaced; anything else as it is."""
    if name == "order":
        return re.sub(r"\A[a-z][a-z0-9_]*(?=:(ASC|DESC)\Z)", ANY_FIELD, text)
    if not re.fullmatch(WHERE, text):
        return text
    return TERM.sub(lambda found: re.sub(r"\A[a-z][a-z0-9_]*(?=:)", ANY_FIELD, found[0]), text)


WHERE: str = DOCUMENT["components"]["parameters"]["where"]["schema"]["pattern"]
TERM = re.compile(r"(?:\\[\s\S]|[^\\,])+")
"""What stands between two commas that are not escaped."""


@schemathesis.hook
def after_call(context: HookContext, case: Case[Any], response: Response) -> None:
    """Write down which status was reached with what, and which customer was created."""
    if case.operation.path == CUSTOMER and case.method.upper() == "POST" and response.status_code == 201:
        _note_the_new(response)
    query = urlencode(dict.fromkeys(case.query or {}, ""))
    names = dict.fromkeys(case.body) if isinstance(case.body, dict) else {}
    target = f"{case.operation.path}?{query}" if query else case.operation.path
    _append(REACHED, [case.operation.method.upper(), target, response.status_code, json.dumps(names)])


def _append(path: Path, value: object) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(value) + "\n")


@schemathesis.cli.handler()
class Failures(schemathesis.cli.EventHandler):  # type: ignore[type-arg]
    """Writes down what the checks find, as the suite's own findings, as soon as it is found."""

    def __init__(self, *args: object, **params: object) -> None:
        self._seen: set[tuple[str, str]] = set()

    def handle_event(self, ctx: object, event: object) -> None:
        """Note the failures of a scenario, and what kept an operation from being tested."""
        if isinstance(event, ScenarioFinished):
            for case_id, checks in event.recorder.checks.items():
                for check in checks:
                    if check.failure_info is not None:
                        self._note(event.recorder, case_id, check.failure_info)
        elif isinstance(event, NonFatalError):
            last = str(event.value).strip().partition("\n")[0]
            cause = f"Schemathesis could not test everything: {general(last)[:200]}"
            finding = Finding(cause, f"{event.label}: {last[:500]}", "every operation can be tested")
            _append(FAILURES, finding.placed("schemathesis", event.label).as_json())

    def _note(self, recorder: ScenarioRecorder, case_id: str, info: CheckFailureInfo) -> None:
        failure = info.failure
        operation = operation_named(str(failure.operation))
        travelled = recorder.interactions.get(case_id)
        exchange = _exchange_of(travelled) if travelled else None
        for one in self._causes(failure, travelled):
            if (one.cause, operation) in self._seen:
                continue
            self._seen.add((one.cause, operation))
            came = f"{said(exchange)} {failure.message}" if exchange else failure.message
            finding = Finding(
                one.cause,
                came[:1500],
                one.says,
                one.source,
                family=one.family,
                operation=operation,
                again=_shell_line(info),
                exchange=exchange,
            )
            _append(FAILURES, finding.placed("schemathesis", str(failure.operation)).as_json())

    def _causes(self, failure: Failure, travelled: Interaction | None) -> Iterator[Violation]:
        """In the suite's words where a response does not fit the document."""
        # Of a large body Schemathesis keeps the beginning alone.
        is_whole = (
            travelled is not None
            and travelled.response is not None
            and travelled.response.content_size == len(travelled.response.content or b"")
        )
        if failure.title in _ABOUT_THE_RESPONSE and is_whole and travelled and travelled.response:
            response, path = travelled.response, urlsplit(travelled.request.uri).path.removeprefix(SERVER.prefix)
            headers = {name.lower(): ", ".join(values) for name, values in response.headers.items()}
            found = [
                *violations(travelled.request.method, path, response.status_code, headers, response.content or b"")
            ]
            yield from found
            if found:
                return
        lines = [line.strip() for line in failure.message.splitlines() if line.strip()]
        what = [line for line in lines[:2] if not line.startswith(("Expected:", "Valid data", "Invalid data"))]
        cause = f"{failure.title}: {general(' '.join(what))[:120]}".removesuffix(": ")
        yield Violation(cause, _SAYS, "openapi.yaml")


_ABOUT_THE_RESPONSE = frozenset(
    {
        "Response violates schema",
        "Missing required response headers",
        "Missing Content-Type header",
        "Undocumented Content-Type",
        "JSON deserialization error",
        "Header schema violation",
    }
)
_SAYS = "what the document has for this operation"


def _shell_line(info: CheckFailureInfo) -> str:
    """The line of Schemathesis, with the credentials of the environment instead of those that were sent."""
    secret = re.escape(basic(SERVER.username, SERVER.password))
    line = re.sub(
        f"-H '(?i:authorization): {secret}'", '-u "$CHARGEOVER_USERNAME:$CHARGEOVER_PASSWORD"', info.code_sample
    )
    return re.sub(secret, "Basic …", line)


def _exchange_of(travelled: Interaction) -> Exchange:
    request, response = travelled.request, travelled.response
    sent = [(name, value) for name, values in request.headers.items() for value in values]
    if response is None:
        return Exchange.of(request.method, request.uri, 0, sent=(sent, request.body or b""))
    received = [(name, value) for name, values in response.headers.items() for value in values]
    return Exchange.of(
        request.method,
        request.uri,
        response.status_code,
        sent=(sent, request.body or b""),
        received=(received, response.content or b""),
        started=datetime.fromtimestamp(travelled.timestamp, UTC).isoformat(timespec="milliseconds"),
        milliseconds=response.elapsed * 1000,
    )


def _note_the_new(response: Response) -> None:
    """A link of the answer leads to it. What is wrong with the answer is for the checks to say."""
    try:
        customer_id = response.json()["response"]["id"]
    except (ValueError, KeyError, TypeError):
        return
    if was_created_with(response_of(HTTP.get(f"{CUSTOMER}/{customer_id}")), customer_id, {"custom_20": MARKER}):
        OWN.ids.add(customer_id)
