"""The sandbox's own endpoints, under /_sandbox: not part of the API, and not in openapi.yaml."""

import re
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, cast

from chargeover_sandbox.contract.handlers import Action, Resource
from chargeover_sandbox.contract.responses import Response, success

PREFIX = "/_sandbox/"
HEALTH = f"{PREFIX}health"
"""Served without credentials, for GET and HEAD: whether the sandbox can use its database."""
RESET = f"{PREFIX}reset"
_ID = re.compile("[0-9]{1,19}")


def admin_actions(resources: Sequence[Resource]) -> dict[str, Action]:
    """The endpoints by path: those of the resources, and the one that deletes everything."""

    def reset(_: dict[str, Any]) -> Response:
        for resource in resources:
            resource.clear()
        return success(HTTPStatus.OK, True)

    actions = {f"{PREFIX}{name}": action for resource in resources for name, action in resource.actions.items()}
    return {**actions, RESET: Action(None, reset)}


def action_at(actions: Mapping[str, Action], path: str) -> tuple[Action, dict[str, int]] | None:
    """The endpoint at a path, and the ID that the path names; None if there is no such endpoint."""
    if path in actions:
        return actions[path], {}
    beginning, _, number = path.rpartition("/")
    for known, action in actions.items():
        start, brace, name = known.partition("/{")
        if brace and start == beginning and _ID.fullmatch(number):
            return action, {name.removesuffix("}"): int(number)}
    return None


def with_named(named: Mapping[str, int], body: Any) -> Any:
    """The body with the ID that the path names, if it can have one."""
    return {**cast("dict[str, Any]", body), **named} if isinstance(body, dict) else body
