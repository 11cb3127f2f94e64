"""``python -m chargeover_contract URL --read-only``: safe for a real account.

GETs alone; with CUSTOMER_ID=n, updates of that one customer that are put back afterwards, after a question on the
terminal (YES=1 answers it). The exit status is 0 if all is right, 1 if something is wrong, 2 if nothing was done, 3 if
the customer is not, or perhaps not, as it was, and 128 and the number of the signal if one ended it.
"""

import math
import os
import sys
from types import FrameType
from typing import Any, NoReturn

import httpx2

from chargeover_contract.ownership import response_of
from chargeover_contract.server import UnusableServerError, the_server

from .changing import Change, NotRestoredError, changeable
from .patience import Patience
from .reading import read_all
from .session import Session
from .signals import when_told_to_end

WRONG, NOTHING_DONE, NOT_RESTORED = 1, 2, 3


def main(patience: Patience | None = None) -> int:
    """Run it; the result is the exit status.

    Args:
        patience: for putting a customer back.
    """
    customer_id = os.environ.get("CUSTOMER_ID", "")
    pause = _seconds(os.environ.get("PAUSE") or "0.2")
    if not os.environ.get("CONTRACT_BASE_URL"):
        return _refuse("--read-only needs the URL of a server, CHARGEOVER_USERNAME and CHARGEOVER_PASSWORD.")
    if pause is None:
        return _refuse(f"PAUSE is a number of seconds, not {os.environ['PAUSE']!r}.")
    if customer_id and not (customer_id.isascii() and customer_id.isdigit()):
        return _refuse(f"CUSTOMER_ID is a number, not {customer_id!r}.")
    if customer_id and os.environ.get("YES") != "1" and not sys.stdin.isatty():
        return _refuse("CUSTOMER_ID changes a customer, and there is no terminal to ask on. YES=1 does without.")
    when_told_to_end(_end)
    try:
        with the_server() as server:
            session = Session(server, pause)
            try:
                read_all(session)
                status = _change(session, int(customer_id), patience or Patience()) if customer_id else 0
            finally:
                session.close()
    except UnusableServerError as error:
        return _refuse(str(error))
    if status != NOTHING_DONE:
        so_far = " so far; a signal ended it" if session.told_to_end else ""
        session.say((f"{session.wrong} wrong" if session.wrong else "all is right") + so_far)
    if not status and session.told_to_end:
        return 128 + session.told_to_end
    return status or (WRONG if session.wrong else 0)


def _change(session: Session, customer_id: int, patience: Patience) -> int:
    if (shown := _read(session, customer_id)) is None:
        return _refuse(f"Customer {customer_id} cannot be read, so nothing was changed.")
    names = changeable(shown)
    if not names:
        session.say("       the customer has no text that could be put back, so nothing was changed")
        return 0
    session.say(f"       These fields of customer {customer_id} are changed and put back: {', '.join(names)}.")
    if os.environ.get("YES") != "1":
        session.say("Type yes to go on: ", end="")
        if sys.stdin.readline().strip() != "yes":
            return _refuse("Nothing was changed.")
    # Once more: it may have been edited while the question waited.
    if (before := _read(session, customer_id)) is None:
        return _refuse(f"Customer {customer_id} cannot be read, so nothing was changed.")
    change = Change(session, customer_id, before, names, patience)
    # From here on nothing may end it in the middle.
    when_told_to_end(session.end_soon)
    # Before the first write: nothing can print it after the machine, or the process, is gone.
    session.say(f"       Should this be killed, this puts them back:\n{change.restoring_line()}")
    try:
        change.run()
    except NotRestoredError as error:
        session.say(str(error))
        return NOT_RESTORED
    return 0


def _read(session: Session, customer_id: int) -> dict[str, Any] | None:
    try:
        customer = response_of(session.ask_in_turn("GET", f"/api/v3/customer/{customer_id}"))
    except httpx2.HTTPError:
        return None
    return customer if isinstance(customer, dict) else None


def _seconds(text: str) -> float | None:
    try:
        seconds = float(text)
    except ValueError:
        return None
    return seconds if math.isfinite(seconds) and seconds >= 0 else None


def _refuse(why: str) -> int:
    print(why, file=sys.stderr, flush=True)
    return NOTHING_DONE


def _end(number: int, frame: FrameType | None) -> NoReturn:
    raise SystemExit(128 + number)


if __name__ == "__main__":
    sys.exit(main())
