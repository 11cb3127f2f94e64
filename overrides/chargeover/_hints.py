"""What may help with an error, where that is known."""

from ._exchange import ReceivedResponse, SentRequest
from ._json import read_json

_CREDENTIALS = "The username is the API key's user name and the password its private key (docs), not a person's own."
_PARENT = "A parent must exist, and stays once it has made a payment for the customer (seed)."
_EXTERNAL_KEY = (
    "An external key is unique in the account and, by default, stays used when its customer is deleted (docs)."
)
_ADDRESS = "Is this the account's own address? The instance is the first label of its host name."
_RATE = "Over the rate limit, whose numbers are not published. requests_per_second= slows this client down."


def hint_for(request: SentRequest, response: ReceivedResponse) -> str | None:
    """What may help with an answer that says no."""
    status = response.status
    if status == 401:
        return _CREDENTIALS
    if status == 429:
        return _RATE
    if 300 <= status <= 399:
        target = response.headers.get("location", "no address")
        return f"Redirects are not followed, because the credentials would travel along (to {target}). {_ADDRESS}"
    if status in {403, 404} and not isinstance(read_json(response.body), dict):
        return _ADDRESS
    if status == 400:
        return _about_fields(request)
    return None


def unknown_host(host: str) -> str | None:
    """What may help where nobody answers at a host of ChargeOver's."""
    return f"There is nobody at {host}. {_ADDRESS}" if host.endswith(".chargeover.com") else None


def _about_fields(request: SentRequest) -> str | None:
    fields = read_json(request.body) if request.body else None
    if not isinstance(fields, dict):
        return None
    hints = [
        hint for name, hint in (("parent_customer_id", _PARENT), ("external_key", _EXTERNAL_KEY)) if name in fields
    ]
    return " ".join(hints) or None
