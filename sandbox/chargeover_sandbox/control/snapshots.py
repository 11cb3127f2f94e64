"""Snapshots: named copies of all that is in an account, to go back to."""

from http import HTTPStatus

from chargeover_sandbox.contract.handlers import CheckedRequest
from chargeover_sandbox.contract.responses import Refusal, Response, success
from chargeover_sandbox.requests.app import SandboxApp
from chargeover_sandbox.storage.copies import Copies, Copy

from .endpoints import Control


class Snapshots:
    """The snapshots of an account. A reset leaves them alone.

    Args:
        app: the application of the account.
        copies: where they are kept.
    """

    def __init__(self, app: SandboxApp, copies: Copies) -> None:
        self._app = app
        self._copies = copies

    def controls(self) -> dict[str, Control]:
        """The operations of the control."""
        return {
            "list_snapshots": self._list,
            "take_snapshot": self._take,
            "delete_snapshot": self._delete,
            "restore_snapshot": self._restore,
        }

    def _list(self, _: CheckedRequest) -> Response:
        return success(HTTPStatus.OK, [_shown(copy) for copy in self._copies.all() if copy.name])

    def _take(self, request: CheckedRequest) -> Response:
        return success(HTTPStatus.CREATED, _shown(self._copies.keep(request.body["name"], self._app.database.copied())))

    def _delete(self, request: CheckedRequest) -> Response:
        name = request.parameters["name"]
        if not self._copies.delete(name):
            raise self._not_found(name)
        return success(HTTPStatus.OK, True)

    def _restore(self, request: CheckedRequest) -> Response:
        name = request.parameters["name"]
        if not self._copies.put_back(name):
            raise self._not_found(name)
        self._app.forget()
        return success(HTTPStatus.OK, True)

    def _not_found(self, name: str) -> Refusal:
        names = ", ".join(repr(copy.name) for copy in self._copies.all() if copy.name)
        message = f"There is no snapshot {name!r}{f', only {names}' if names else ''}."
        return Refusal(HTTPStatus.NOT_FOUND, message, response=None)


def _shown(copy: Copy) -> dict[str, object]:
    return {"name": copy.name, "taken": copy.taken, "bytes": copy.size}
