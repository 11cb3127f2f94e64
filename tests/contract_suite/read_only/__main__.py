"""``make contract MODE=read-only``: safe for a real account.

GETs alone; with CUSTOMER_ID=n, updates of that one customer that are put back afterwards, after a question on the
terminal (YES=1 answers it). The exit status is 0 if all is right, 1 if something is
wrong, 2 if nothing was done, and 3 if the customer is not as it was.
"""

import os
import signal
import sys
from types import FrameType
from typing import NoReturn

from contract_suite.target import UnusableServerError, the_server

from .changing import Change, NotRestoredError
from .reading import read_all
from .talk import Talk

WRONG, NOTHING_DONE, NOT_RESTORED = 1, 2, 3


def main() -> int:
    """Run it; the result is the exit status."""
    customer_id = os.environ.get("CUSTOMER_ID", "")
    if not os.environ.get("CONTRACT_BASE_URL"):
        return _refuse("MODE=read-only needs BASE_URL, CHARGEOVER_USERNAME and CHARGEOVER_PASSWORD.")
    if customer_id and not (customer_id.isascii() and customer_id.isdigit()):
        return _refuse(f"CUSTOMER_ID is a number, not {customer_id!r}.")
    if customer_id and os.environ.get("YES") != "1" and not sys.stdin.isatty():
        return _refuse("CUSTOMER_ID changes a customer, and there is no terminal to ask on. YES=1 does without.")
    # A signal must end it in the way that an exception does: with the customer put back.
    signal.signal(signal.SIGTERM, _end)
    try:
        with the_server() as server:
            talk = Talk(server, float(os.environ.get("PAUSE") or "0.2"))
            try:
                read_all(talk)
                status = _change(talk, int(customer_id)) if customer_id else 0
            finally:
                talk.close()
    except UnusableServerError as error:
        return _refuse(str(error))
    print(f"{talk.wrong} wrong" if talk.wrong else "all is right", flush=True)
    return status or (WRONG if talk.wrong else 0)


def _change(talk: Talk, customer_id: int) -> int:
    before = talk.get(f"/api/v3/customer/{customer_id}", operation="get_customer")
    if not isinstance(before, dict):
        return _refuse(f"Customer {customer_id} cannot be read, so nothing was changed.")
    change = Change(talk, customer_id, before)
    if not change.fields:
        print("       the customer has no text that could be put back, so nothing was changed", flush=True)
        return 0
    print(f"       These fields of customer {customer_id} are changed and put back: {', '.join(change.fields)}.")
    if os.environ.get("YES") != "1":
        print("Type yes to go on: ", end="", flush=True)
        if sys.stdin.readline().strip() != "yes":
            return _refuse("Nothing was changed.")
    # Before the first write: nothing can print it after the machine, or the process, is gone.
    print(f"       Should this be killed, this puts them back:\n{change.restoring_line()}", flush=True)
    try:
        change.run()
    except NotRestoredError:
        print(f"NOT PUT BACK. This does it:\n{change.restoring_line()}", flush=True)
        return NOT_RESTORED
    return 0


def _refuse(why: str) -> int:
    print(why, file=sys.stderr, flush=True)
    return NOTHING_DONE


def _end(number: int, frame: FrameType | None) -> NoReturn:
    raise SystemExit(128 + number)


if __name__ == "__main__":
    sys.exit(main())
