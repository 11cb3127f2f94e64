"""The clock of an account: the source of every date that its customers get."""

from datetime import timedelta
from http import HTTPStatus

from chargeover_sandbox.contract.handlers import CheckedRequest
from chargeover_sandbox.contract.problems import Problem, shortened
from chargeover_sandbox.contract.responses import Response, invalid, success
from chargeover_sandbox.customers.times import AccountTime, Clock

from .endpoints import Control


def clock_controls(clock: Clock, time: AccountTime) -> dict[str, Control]:
    """The operations of the control for a clock.

    Args:
        clock: the clock.
        time: reads dates.
    """

    def shown() -> Response:
        return success(HTTPStatus.OK, {"now": clock.now().isoformat(), "mode": clock.mode})

    def change(request: CheckedRequest) -> Response:
        if len(request.body) != 1:
            raise invalid(Problem("", "give exactly one of set, move, tick and resume"))
        ((name, value),) = request.body.items()
        try:
            if name == "set":
                clock.set(time.storable(value))
            elif name == "move":
                clock.move(timedelta(seconds=value))
            elif name == "tick":
                clock.tick(timedelta(seconds=value))
            else:
                clock.resume()
        except ValueError as error:
            raise invalid(Problem(name, f"{shortened(repr(value))}: {error}")) from None
        return shown()

    return {"get_clock": lambda _: shown(), "set_clock": change}
