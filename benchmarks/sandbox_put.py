"""The sandbox's PUT, validated and committed, against other servers that take the same requests."""

from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial

import prism
from load import CONNECTIONS, requests_per_second
from rounds import Spread, interleaved
from servers import fastapi_twin, sandbox, static_server
from table import Row, Target

NAME = "sandbox"
_TURNS = 4
_SECONDS = 0.25
_WARM_UP_SECONDS = 1.0
# The compilers inside Node.js need some thousand requests until they are done.
_WARM_UP_SECONDS_OF_NODE = 3.0


def measure(rounds: int) -> Iterator[Row | str]:
    """Ratios of the requests per second, and how far the load generator is from being the limit."""
    servers = {"sandbox": sandbox, "fastapi": fastapi_twin, "static": static_server}
    obstacle = prism.install()
    if obstacle is None:
        servers |= {"prism": prism.silent, "prism with log": prism.as_it_starts}
    with ExitStack() as stack:
        urls = {name: stack.enter_context(server()) for name, server in servers.items()}
        for name, url in urls.items():
            requests_per_second(url, _WARM_UP_SECONDS_OF_NODE if name.startswith("prism") else _WARM_UP_SECONDS)
        sides = {name: partial(requests_per_second, url, _SECONDS) for name, url in urls.items()}
        speeds = interleaved(sides, rounds, _TURNS)
    ours = speeds["sandbox"]
    what = f"updates per second / FastAPI twin, {CONNECTIONS} in flight"
    yield Row(NAME, what, Spread.of_ratio(ours, speeds["fastapi"]), Target(2.5, at_most=False))
    if obstacle is None:
        what = "updates per second / Prism's stateless mock, log off"
        yield Row(NAME, what, Spread.of_ratio(ours, speeds["prism"]), Target(2.5, at_most=False))
        what = "  for information: / Prism as it starts, log on"
        yield Row(NAME, what, Spread.of_ratio(ours, speeds["prism with log"]))
        yield f"Prism is {prism.version()}."
    else:
        yield f"Prism is left out: {obstacle}."
    yield Row(NAME, "  for information: updates per second", Spread.of(ours))
    what = "  reach of the load generator: static server / sandbox"
    yield Row(NAME, what, Spread.of_ratio(speeds["static"], ours))
