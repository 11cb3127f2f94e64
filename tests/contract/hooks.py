"""What Schemathesis cannot know: which customers exist and are the suite's, which keys are free, what each field takes.

The document allows any ID as a parent, any string as an external key and any field with any value in a ``where``; the
server rightly refuses a parent that does not exist, a key that is in use, and a number that is none. So exactly these
values are replaced, and only where they are valid: everything that was generated to be refused goes out as it is.

What is changed or deleted must be the run's own, since it finds the IDs of others in lists: one of those may rightly be
refused, such as a parent, and is not ours to touch.
"""

import json
import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import httpx2
import schemathesis
from schemathesis import Case, HookContext, Response

BASE_URL = os.environ["CONTRACT_BASE_URL"]
REACHED = Path(os.environ["CONTRACT_REACHED"])
CREDENTIALS = (os.environ["CHARGEOVER_USERNAME"], os.environ["CHARGEOVER_PASSWORD"])
HTTP = httpx2.Client(base_url=f"{BASE_URL}/api/v3/", auth=CREDENTIALS, timeout=10, trust_env=False)
# The values in the document's examples, which no server has.
EXAMPLES = {"customer_id": 1234, "external_key": "crm-1234", "token": "1a2b3c4d5e6f"}
# A field that takes any text.
ANY_FIELD = "company"


def _http(method: str, path: str, **arguments: Any) -> Any:
    answer = HTTP.request(method, path, **arguments)
    answer.raise_for_status()
    return answer.json()["response"]


def _create(company: str, **fields: str) -> int:
    customer_id: int = _http("POST", "customer", json={"company": company, **fields})["id"]
    OURS.add(customer_id)
    return customer_id


OURS: set[int] = set()
"""Every customer that this run has made."""
PARENT = _create("Parent of the contract suite")
SUBJECT = _create("Subject of the contract suite")


@schemathesis.hook
def before_call(context: HookContext, case: Case[Any], kwargs: dict[str, object]) -> None:
    """Put what exists, what is free and what fits where a valid value stands."""
    parameters = case.path_parameters
    if parameters:
        _name_who_exists(parameters)
        if case.method.upper() != "GET":
            _spare_others(case)
    for name in ("where", "order"):
        if case.query and isinstance(text := case.query.get(name), str):
            case.query[name] = _about_any_field(name, text)
    body = case.body
    if case.operation.path == "/api/v3/_bulk" and isinstance(body, list):
        for one in body:
            _spare_others_of_a_bulk(one)
    if not isinstance(body, dict):
        return
    parent = body.get("parent_customer_id")
    # 57.0 is an integer too, to JSON.
    if (
        isinstance(parent, (int, float))
        and not isinstance(parent, bool)
        and parent == int(parent)
        and 1 <= parent < 2**63
    ):
        itself = str((parameters or {}).get("customer_id")) == str(PARENT)
        body["parent_customer_id"] = None if itself else PARENT
    key = body.get("external_key")
    if isinstance(key, str):
        body["external_key"] = key + uuid4().hex


def _name_who_exists(parameters: dict[str, Any]) -> None:
    """Name a customer that exists where an example is named."""
    for name, example in EXAMPLES.items():
        if str(parameters.get(name)) == str(example):
            parameters[name] = _someone(name)


def _spare_others(case: Case[Any]) -> None:
    """Name one of ours where somebody else's is named, and one to spare where a deletion names one that we need."""
    deletes = case.method.upper() == "DELETE"
    spared = {PARENT, SUBJECT} if deletes else set[int]()
    # As it is sent: a parameter that was drawn is escaped, one that a link took from an answer is not.
    customer_id = _id_of(case.formatted_path.removeprefix("/api/v3/customer/").partition("/")[0])
    if customer_id is None or customer_id in OURS - spared:
        return
    if "external_key" in case.path_parameters:
        case.path_parameters["external_key"] = _someone("external_key")
    else:
        case.path_parameters["customer_id"] = _create("To be deleted") if deletes else SUBJECT


def _spare_others_of_a_bulk(one: object) -> None:
    """The same for the requests of a bulk request; the document's own example names customer 2."""
    if not isinstance(one, dict) or one.get("request_method") not in ("POST", "PUT"):
        return
    uri = str(one.get("uri"))
    found = re.match(r"/api/v3/customer/([^/?#]+)", uri)
    if found and _id_of(quote(found[1], safe="%:")) not in {None, *OURS}:
        one["uri"] = f"/api/v3/customer/{SUBJECT}{uri[found.end() :]}"


def _id_of(piece: str) -> int | None:
    """The ID of the customer that a piece of a path names; None if there is none."""
    answer = HTTP.get(f"customer/{piece}")
    envelope = answer.json() if answer.status_code == 200 else {}
    customer = envelope.get("response")
    return customer.get("customer_id") if isinstance(customer, dict) else None


def _someone(name: str) -> object:
    if name == "customer_id":
        return SUBJECT
    if name == "token":
        return _http("GET", f"customer/{SUBJECT}")["token"]
    key = f"contract-{uuid4().hex}"
    _create("With a key", external_key=key)
    return key


def _about_any_field(name: str, text: str) -> str:
    """A valid ``where`` or ``order`` with each of its fields replaced; anything else as it is."""
    if name == "order":
        return re.sub(r"\A[a-z][a-z0-9_]*(?=:(ASC|DESC)\Z)", ANY_FIELD, text)
    if not re.fullmatch(f"{TERM}(,{TERM})*", text):
        return text
    return re.sub(rf"(?<![^,])(?<!\\,)[a-z][a-z0-9_]*(?=:({OPERATORS}):)", ANY_FIELD, text)


OPERATORS = "EQUALS|NOTEQUALS|GT|LT|GTE|LTE|CONTAINS|IS|ISNOT"
TERM = r"[a-z][a-z0-9_]*:((EQUALS|NOTEQUALS|GT|LT|GTE|LTE|CONTAINS):(\\,|[^,])*|(IS|ISNOT):NULL)"


@schemathesis.hook
def after_call(context: HookContext, case: Case[Any], response: Response) -> None:
    """Write down which status of which operation was reached, and who was created."""
    if case.operation.path == "/api/v3/customer" and response.status_code == 201:
        OURS.add(response.json()["response"]["id"])
    line = [case.operation.method.upper(), case.operation.path, response.status_code]
    with REACHED.open("a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")
