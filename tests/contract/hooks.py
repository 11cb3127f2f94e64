"""What Schemathesis cannot know from the document: which customers exist, and which keys are free.

The document allows any ID as a parent and any string as an external key; the server rightly refuses a parent that does
not exist and a key that is in use. So exactly these values are replaced, and only where they are valid: everything that
was generated to be refused goes out as it is.
"""

import json
import os
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx2
import schemathesis
from schemathesis import Case, HookContext, Response

BASE_URL = os.environ["CONTRACT_BASE_URL"]
REACHED = Path(os.environ["CONTRACT_REACHED"])
CREDENTIALS = (os.environ["CHARGEOVER_USERNAME"], os.environ["CHARGEOVER_PASSWORD"])
# The ID in the document's examples, which no server has by that number.
EXAMPLE_ID = 1234


def _create(company: str) -> int:
    answer = httpx2.post(f"{BASE_URL}/api/v3/customer", json={"company": company}, auth=CREDENTIALS, timeout=10)
    answer.raise_for_status()
    customer_id: int = answer.json()["response"]["id"]
    return customer_id


PARENT = _create("Parent of the contract suite")
SUBJECT = _create("Subject of the contract suite")


@schemathesis.hook
def before_call(context: HookContext, case: Case[Any], kwargs: dict[str, object]) -> None:
    """Put IDs that exist and keys that are free where a valid value stands."""
    parameters = case.path_parameters
    if parameters and parameters.get("customer_id") == EXAMPLE_ID:
        parameters["customer_id"] = SUBJECT
    body = case.body
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


@schemathesis.hook
def after_call(context: HookContext, case: Case[Any], response: Response) -> None:
    """Write down which status of which operation was reached."""
    line = [case.operation.method.upper(), case.operation.path, response.status_code]
    with REACHED.open("a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")
