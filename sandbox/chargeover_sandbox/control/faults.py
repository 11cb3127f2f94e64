"""The faults of an account: rules that say which requests go wrong, how, and how often."""

import random
import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from chargeover_sandbox.contract.handlers import CheckedRequest
from chargeover_sandbox.contract.problems import Problem, nearest
from chargeover_sandbox.contract.responses import Refusal, Response, invalid, success
from chargeover_sandbox.requests.dispatch import RouteMatch

from .endpoints import Control
from .paths import PathPattern

_ENDINGS = ("status", "credentials", "reset", "hang")
"""What a request comes to. Only one of them is possible."""
_CHANGES = ("delay", "slow_body", "truncate", "wrong_length")
"""What becomes of a response. They can be combined, with one another and with a status."""
_OF_A_STATUS = ("body", "retry_after", "commit")
_MOST_RETIRED = 100


@dataclass(eq=False, slots=True)
class Rule:
    """One fault.

    Attributes:
        id: its number in the account.
        options: what was asked for; see control/openapi.yaml.
        pattern: the path that it applies to; None for all.
        random: decides on the probability and on a delay within a range.
        matched: how many requests it was for.
        applied: how many of them it was applied to.
    """

    id: int
    options: Mapping[str, Any]
    pattern: PathPattern | None
    random: random.Random
    matched: int = 0
    applied: int = 0

    @property
    def carries_out(self) -> bool:
        """Whether the request is carried out although something goes wrong."""
        if "status" in self.options:
            return bool(self.options.get("commit"))
        if "credentials" in self.options:
            return False
        return all(self.options.get(name, "after") == "after" for name in ("reset", "hang"))

    @property
    def is_used_up(self) -> bool:
        """Whether it has been applied as often as it may."""
        return "times" in self.options and self.applied >= int(self.options["times"])

    def seconds_of_delay(self) -> float:
        """How long the response is delayed."""
        delay: float | list[float] = self.options.get("delay", 0)
        return self.random.uniform(*delay) if isinstance(delay, list) else delay

    def is_for(self, method: str, path: str, match: RouteMatch) -> bool:
        """Whether it is for a request."""
        options = self.options
        if options.get("method", method) != method:
            return False
        if self.pattern and not self.pattern.matches(path, match.template):
            return False
        if "operation" not in options:
            return True
        operation = match.operations.get(method)
        return operation is not None and operation.operation_id == options["operation"]

    def shown(self) -> dict[str, Any]:
        """Its options and its counts, for a response."""
        return {"id": self.id, **self.options, "matched": self.matched, "applied": self.applied}

    def __str__(self) -> str:
        words = [
            f"{name}={self.options[name]}" for name in (*_ENDINGS, *_OF_A_STATUS, *_CHANGES) if name in self.options
        ]
        return f"#{self.id}: {', '.join(words)}"


@dataclass(eq=False)
class Faults:
    """All rules of an account. The first that is for a request, and is due, is applied to it.

    Attributes:
        operations: the operations of openapi.yaml.
        templates: the paths of openapi.yaml.
        active: the rules that may still be applied, in the order of their addition.
    """

    operations: Collection[str]
    templates: Collection[str]
    active: list[Rule] = field(default_factory=list[Rule])
    _rules: dict[int, Rule] = field(default_factory=dict[int, Rule])
    _retired: dict[int, Rule] = field(default_factory=dict[int, Rule])
    _last: int = 0

    def due(self, method: str, path: str, match: RouteMatch) -> Rule | None:
        """The rule that a request meets, counted; None if nothing goes wrong."""
        for rule in self.active:
            if not rule.is_for(method, path, match):
                continue
            rule.matched += 1
            if rule.matched <= rule.options.get("after", 0):
                continue
            if rule.random.random() >= rule.options.get("probability", 1):
                continue
            rule.applied += 1
            if rule.is_used_up:
                self.active.remove(rule)
            return rule
        return None

    def add(self, options: Mapping[str, Any]) -> Rule:
        """Add a rule.

        Raises:
            Refusal: the options do not fit together, or name an operation that does not exist.
        """
        _check(options, self.operations)
        chosen = dict(options)
        if "probability" in chosen or isinstance(chosen.get("delay"), list):
            # Shown, so that a run that found something can be repeated.
            chosen.setdefault("seed", secrets.randbelow(2**31))
        self._last += 1
        pattern = PathPattern(chosen["path"], self.templates) if "path" in chosen else None
        rule = Rule(self._last, chosen, pattern, random.Random(chosen.get("seed")))  # noqa: S311  no secret
        self._rules[rule.id] = rule
        self.active.append(rule)
        return rule

    def find(self, number: int) -> Rule:
        """A rule, also one that was removed.

        Raises:
            Refusal: 404.
        """
        rule = self._rules.get(number) or self._retired.get(number)
        if rule is None:
            raise Refusal(HTTPStatus.NOT_FOUND, f"There is no fault {number}.", response=None)
        return rule

    def remove(self, number: int) -> None:
        """Remove a rule. Its counts can still be read.

        Raises:
            Refusal: 404.
        """
        rule = self._rules.pop(number, None) or self.find(number)
        if rule in self.active:
            self.active.remove(rule)
        self._retired[number] = rule
        if len(self._retired) > _MOST_RETIRED:
            del self._retired[next(iter(self._retired))]

    def clear(self) -> None:
        """Forget all rules."""
        self.active.clear()
        self._rules.clear()
        self._retired.clear()

    def all(self) -> list[Rule]:
        """The rules that were not removed, in the order of their addition."""
        return list(self._rules.values())

    def unmatched(self) -> list[Rule]:
        """The rules that were never applied, also removed ones, unless they matched and chance was against them."""
        both = [*self._retired.values(), *self._rules.values()]
        return [rule for rule in both if not rule.applied and not (rule.matched and "probability" in rule.options)]


def fault_controls(faults: Faults) -> dict[str, Control]:
    """The operations on the faults of an account."""

    def list_faults(request: CheckedRequest) -> Response:
        found = faults.unmatched() if "unmatched" in request.parameters else faults.all()
        return success(HTTPStatus.OK, [rule.shown() for rule in found])

    def add_fault(request: CheckedRequest) -> Response:
        return success(HTTPStatus.CREATED, faults.add(request.body).shown())

    def get_fault(request: CheckedRequest) -> Response:
        return success(HTTPStatus.OK, faults.find(request.parameters["id"]).shown())

    def remove_fault(request: CheckedRequest) -> Response:
        faults.remove(request.parameters["id"])
        return success(HTTPStatus.OK, True)

    def clear_faults(_: CheckedRequest) -> Response:
        faults.clear()
        return success(HTTPStatus.OK, True)

    return {run.__name__: run for run in (list_faults, add_fault, get_fault, remove_fault, clear_faults)}


def _check(options: Mapping[str, Any], operations: Collection[str]) -> None:
    endings = [name for name in _ENDINGS if name in options]
    if len(endings) > 1:
        raise invalid(Problem(endings[1], f"it cannot be combined with {endings[0]}"))
    if not endings and not any(name in options for name in _CHANGES):
        raise invalid(Problem("", f"one of {', '.join((*_ENDINGS, *_CHANGES))} says what goes wrong"))
    for name in _OF_A_STATUS:
        if name in options and "status" not in options:
            raise invalid(Problem(name, "it needs a status"))
    for name in _CHANGES:
        if name in options and {"reset", "hang"} & {*endings} and name != "delay":
            raise invalid(Problem(name, f"there is no response with {endings[0]}"))
    if options.get("truncate") is False:
        raise invalid(Problem("truncate", "it is true or a number of bytes"))
    if not options.get("wrong_length", True):
        raise invalid(Problem("wrong_length", "it is true or a number of bytes other than 0"))
    if "truncate" in options and "wrong_length" in options:
        raise invalid(Problem("wrong_length", "it cannot be combined with truncate"))
    if options.get("status") in _WITHOUT_BODY:
        for name in ("body", "slow_body", "truncate", "wrong_length"):
            if name in options and options[name] != "empty":
                raise invalid(Problem(name, f"a response with status {options['status']} has no body"))
    delay: float | list[float] | None = options.get("delay")
    if isinstance(delay, list) and delay[0] > delay[1]:
        raise invalid(Problem("delay", "the first number of a range is the lower one"))
    if "seed" in options and not ("probability" in options or isinstance(delay, list)):
        raise invalid(Problem("seed", "it needs a probability, or a range of delays"))
    operation: str | None = options.get("operation")
    if operation is not None and operation not in operations:
        near = nearest(operation, operations)
        known = f"did you mean {near}?" if near else f"there are {', '.join(sorted(operations))}"
        raise invalid(Problem("operation", f"there is no operation {operation}; {known}"))


_WITHOUT_BODY = {204, 205, 304}
