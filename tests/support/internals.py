"""The only place where the tests reach into the state that a client shares with the clients made from it."""

from chargeover import AsyncChargeOver, ChargeOver
from chargeover._http.limiter import Limiter
from chargeover._http.session import Session


def session_of(client: ChargeOver | AsyncChargeOver) -> Session:
    """The state that a client shares with the clients made from it."""
    return client._transport._session


def limiter_of(client: ChargeOver | AsyncChargeOver) -> Limiter:
    """The queue that all requests of a client go through."""
    return session_of(client).limiter
