"""The sandbox's own endpoints, under /_sandbox: not part of the API, and not in openapi.yaml."""

from collections.abc import Sequence
from http import HTTPStatus

from chargeover_sandbox.contract.handlers import Action, Resource
from chargeover_sandbox.contract.responses import Response, success

PREFIX = "/_sandbox/"
HEALTH = f"{PREFIX}health"
"""Served without credentials, for GET and HEAD: whether the sandbox can use its database."""
RESET = f"{PREFIX}reset"


def admin_actions(resources: Sequence[Resource]) -> dict[str, Action]:
    """The endpoints by path: those of the resources, and the one that deletes everything."""

    def reset(_: dict[str, int]) -> Response:
        for resource in resources:
            resource.clear()
        return success(HTTPStatus.OK, True)

    actions = {f"{PREFIX}{name}": action for resource in resources for name, action in resource.actions.items()}
    return {**actions, RESET: Action(None, reset)}
