"""Whether an account can be used, and its way back to the beginning."""

from collections.abc import Callable
from http import HTTPStatus

from chargeover_sandbox.contract.handlers import CheckedRequest
from chargeover_sandbox.contract.responses import Response, success
from chargeover_sandbox.storage.database import Database

from .endpoints import Control


def state_controls(database: Database, reset: Callable[[], None]) -> dict[str, Control]:
    """The operations for the state of an account.

    Args:
        database: what its health depends on.
        reset: takes the account back to its beginning.
    """

    def get_health(_: CheckedRequest) -> Response:
        database.check()
        return success(HTTPStatus.OK, True, {"Cache-Control": "no-store"})

    def reset_account(_: CheckedRequest) -> Response:
        reset()
        return success(HTTPStatus.OK, True)

    return {"get_health": get_health, "reset": reset_account}
