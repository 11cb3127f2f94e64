"""A process that applies a plan over a bad network and says how far it is: what the tests kill.

python faulty_apply.py PLAN URL SEED
"""

import random
import sys
import time

import httpx2

from chargeover import ChargeOver, Clock, sync

_FAULTS = 0.1
"""The share of requests that meet a fault."""


class BadNetwork(httpx2.BaseTransport):
    """Refuses some requests with 429 and 500, and resets connections before and after a request is carried out."""

    def __init__(self, seed: int) -> None:
        self._inner = httpx2.HTTPTransport()
        self._random = random.Random(seed)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        fault = self._random.choice(("429", "500", "before", "after")) if self._random.random() < _FAULTS else ""
        if fault.isdigit():
            return httpx2.Response(int(fault), json={"code": int(fault), "status": "Error", "message": "No."})
        if fault == "before":
            raise httpx2.ConnectError("refused by the test", request=request)
        response = self._inner.handle_request(request)
        if fault == "after":
            response.read()
            raise httpx2.ReadError("reset by the test", request=request)
        return response

    def close(self) -> None:
        self._inner.close()


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main() -> None:
    plan, url, seed = sys.argv[1:]
    clock = Clock(sleep=lambda seconds: time.sleep(min(seconds, 0.002)))
    with (
        httpx2.Client(transport=BadNetwork(int(seed))) as http,
        ChargeOver(base_url=url, username="sandbox", password="sandbox", http_client=http, clock=clock) as client,
    ):
        status = sync.apply(client, plan, in_flight=4, on_progress=lambda progress: say(f"{progress.done}"))
    say(f"left {status.left}")


if __name__ == "__main__":
    main()
