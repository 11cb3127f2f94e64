"""Customers of the suite's own, and requests that can reach no other.

The ID in an answer to a creation is not taken on trust: a server that answers with another customer's would have the
suite write to that one. So each customer is read after it was made, and known by what it was made with.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import unquote
from uuid import uuid4

import httpx2

CUSTOMER = "/api/v3/customer"
_KNOWN_BY = ("custom_20", "external_key")
_GREATEST = 2**63 - 1


class WrongCustomerError(Exception):
    """A creation was answered with the ID of a customer that is not the one that was made."""


def was_created_with(shown: object, customer_id: object, made_with: Mapping[str, Any]) -> bool:
    """Whether a customer, as it was read, is the one that was made.

    Args:
        shown: all its fields.
        customer_id: the ID in the answer to the creation.
        made_with: what was sent, with ``custom_20`` or ``external_key`` as something that no other customer has.
    """
    # One is enough: no other customer has either. Anything else that is wrong with it does not matter here.
    return (
        isinstance(shown, dict)
        and str(shown.get("customer_id")) == str(customer_id)
        and any(made_with.get(name) and shown.get(name) == made_with[name] for name in _KNOWN_BY)
    )


def response_of(answer: httpx2.Response) -> Any:
    """What the envelope of a success has in ``response``; None for anything else."""
    try:
        envelope = answer.json()
    except ValueError:
        return None
    return envelope.get("response") if isinstance(envelope, dict) and answer.status_code < 300 else None


def create_own(http: httpx2.Client, company: str, **fields: Any) -> int:
    """Create a customer, and read it to see that it is ours.

    Raises:
        WrongCustomerError: it is not.
        httpx2.HTTPStatusError: it was refused, or cannot be read.
    """
    body = {"company": company, "custom_20": f"ours-{uuid4().hex}", **fields}
    answer = http.post(CUSTOMER, json=body).raise_for_status()
    response = response_of(answer)
    customer_id = response.get("id") if isinstance(response, dict) else None
    shown = response_of(http.get(f"{CUSTOMER}/{customer_id}").raise_for_status()) if customer_id else None
    if not was_created_with(shown, customer_id, body):
        raise WrongCustomerError(
            f"the response to a creation has the ID {customer_id!r}, which is not the new customer's"
        )
    return int(str(customer_id))


class OwnCustomers:
    """The IDs and the keys that the suite may write to, and requests turned away from all others.

    Nothing is asked of the server for it: an answer that was lost, or that a server lacks, must not let a request
    through. An ID in a form that the document refuses, such as ``1.0``, is left as it is: it was drawn to be refused.

    Args:
        parent: a customer of ours, to be a parent.
        subject: a customer of ours, to be changed.
    """

    def __init__(self, parent: int, subject: int) -> None:
        self.parent = parent
        self.subject = subject
        self.ids = {parent, subject}
        self.keys: set[str] = set()

    def piece(self, text: str, spare: Callable[[], int] | None = None) -> str:
        """What stands for a customer in a path, escaped or not: itself if it is ours, or else something that is.

        Args:
            text: an ID, ``external_key:…`` or ``token:…``.
            spare: makes the customer to name instead of another; None for the subject. With it, the subject and the
                parent count as others too.
        """
        plain = unquote(text)
        name, colon, value = plain.partition(":")
        if colon and name == "external_key":
            return text if value in self.keys else f"{text}{uuid4().hex}"
        if colon and name == "token":
            return f"token:{uuid4().hex}"
        if not re.fullmatch("[0-9]{1,19}", plain) or not 1 <= int(plain) <= _GREATEST:
            return text
        kept = self.ids if spare is None else self.ids - {self.parent, self.subject}
        return text if int(plain) in kept else str(spare() if spare else self.subject)

    def uri(self, uri: str) -> str:
        """A URI of a bulk request, wherever in it a customer is named."""
        return re.sub(r"(?i)(?<=/customer/)[^/?#]+", lambda found: self.piece(found[0]), uri, count=1)

    def parent_of(self, value: object, child: object) -> object:
        """A parent: ours where a customer can be meant, a text of digits included; anything else as it is."""
        if isinstance(value, str):
            return str(self.parent) if re.fullmatch(r"\s*[0-9]+\s*", value) else value
        # 57.0 is an integer too, to JSON.
        if not isinstance(value, (int, float)) or isinstance(value, bool):
            return value
        if value != value // 1 or not 1 <= value <= _GREATEST:
            return value
        return None if str(child) == str(self.parent) else self.parent
