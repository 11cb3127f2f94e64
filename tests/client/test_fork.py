"""A client that was used before a fork: parent and child never share a connection, or a lock."""

import os
import socket
from collections import defaultdict
from contextlib import suppress
from pathlib import Path

import pytest

from tests.support.certificates import make_certificate
from tests.support.https import serving
from tests.support.scripts import run_python
from tests.support.servers import json_server

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")

_BODY = b'{"code":200,"status":"OK","message":"","details":{},"response":{"customer_id":7}}'
_OK = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(_BODY) + _BODY

# A parent that uses a client, forks, and goes on using it in both processes at once, ten times each.
PROGRAM = """
import asyncio, os, ssl, sys
from chargeover import AsyncChargeOver, ChargeOver, RequestOptions
url, kind, trust = sys.argv[1:]
arguments = dict(base_url=url, username="u", password="p", max_retries=0, timeout=10)
if trust:
    arguments["ssl_context"] = ssl.create_default_context(cafile=trust)
def mine():
    return RequestOptions(extra_headers={"X-Process": str(os.getpid())})
def both(use):
    child = os.fork()
    status = 1
    try:
        use()
        status = 0
    finally:
        if child == 0:
            sys.stderr.flush()
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
if kind == "sync":
    with ChargeOver(**arguments) as client:
        customers = client.with_options(timeout=9).customers
        customers.get(7, options=mine())
        failed = both(lambda: [customers.get(7, options=mine()) for _ in range(10)])
        client.customers.get(7, options=mine())
else:
    client = AsyncChargeOver(**arguments)
    async def some():
        for _ in range(10):
            await client.customers.get(7, options=mine())
    loop = asyncio.new_event_loop()
    loop.run_until_complete(some())
    def use():
        if os.getpid() == parent:
            loop.run_until_complete(some())
        else:
            asyncio.run(some())
    parent = os.getpid()
    failed = both(use)
    loop.run_until_complete(some())
    loop.run_until_complete(client.close())
    loop.close()
sys.exit(failed)
"""


@pytest.mark.parametrize("kind", ["sync", "async"])
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_parent_and_child_have_connections_of_their_own(kind: str, scheme: str, tmp_path: Path) -> None:
    processes: dict[int, list[bytes]] = defaultdict(list)
    certificate = make_certificate(tmp_path) if scheme == "https" else None

    def serve(connection: socket.socket) -> None:
        number = connection.getpeername()[1]
        with certificate.shown().wrap_socket(connection, server_side=True) if certificate else connection as secure:
            while request := secure.recv(65536):
                processes[number].append(request.lower().partition(b"x-process: ")[2].partition(b"\r\n")[0])
                secure.sendall(_OK)

    with serving(serve) as port:
        trust = str(certificate.file) if certificate else ""
        run = run_python("-W", "ignore::DeprecationWarning", "-c", PROGRAM, f"{scheme}://localhost:{port}", kind, trust)
    assert (run.returncode, run.stderr) == (0, "")
    assert len(processes) == 2
    assert all(len(set(names)) == 1 for names in processes.values())
    assert sorted(map(len, processes.values())) == ([10, 12] if kind == "sync" else [10, 30])


LOCKED = """
import os, sys, threading
from chargeover import ChargeOver
from tests.support.internals import limiter_of
client = ChargeOver(base_url=sys.argv[1], username="u", password="p", requests_per_second=1000)
client.customers.get(7)
held, over = threading.Event(), threading.Event()
def hold():
    with limiter_of(client)._lock:
        held.set()
        over.wait()
threading.Thread(target=hold).start()
held.wait()
child = os.fork()
if child == 0:
    client.customers.get(7)
    os._exit(0)
over.set()
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


def answer_all(connection: socket.socket) -> None:
    with suppress(OSError):
        while connection.recv(65536):
            connection.sendall(_OK)


def test_a_lock_that_another_thread_holds_during_the_fork_does_not_stop_the_child() -> None:
    with serving(answer_all) as port:
        run = run_python("-W", "ignore::DeprecationWarning", "-c", LOCKED, f"http://127.0.0.1:{port}")
    assert (run.returncode, run.stderr) == (0, "")


RUN = """
import os, sys
from chargeover import ChargeOver
client = ChargeOver(base_url=sys.argv[1], username="u", password="p", max_retries=0)
changes = [(number, {"company": "New"}) for number in range(1, 101)]
results = client.customers.bulk_update(changes, in_flight=1)
first = [next(results).value for _ in range(25)]
child = os.fork()
rest = [result.value for result in results]
if first + rest != [*range(1, 101)]:
    os._exit(1)
if child == 0:
    os._exit(0)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


def test_a_bulk_run_goes_on_in_both_processes() -> None:
    with json_server(lambda path, sent: {"_bulk": [{"status": "OK", "response": {}} for _ in sent]}) as url:
        run = run_python("-W", "ignore::DeprecationWarning", "-c", RUN, url)
    assert (run.returncode, run.stderr) == (0, "")


OWN_CLIENT = """
import os, sys
import httpx2
from chargeover import ChargeOver, ClosedClientError
http = httpx2.Client(trust_env=False)
used = ChargeOver(base_url=sys.argv[1], username="u", password="p", http_client=http)
unused = ChargeOver(base_url=sys.argv[1], username="u", password="p", http_client=httpx2.Client(trust_env=False))
used.customers.get(7)
child = os.fork()
if child == 0:
    unused.customers.get(7)
    try:
        used.customers.get(7)
    except ClosedClientError as error:
        print(error, flush=True)
    os._exit(0)
os.waitpid(child, 0)
used.customers.get(7)
"""


def test_an_http_client_of_the_caller_that_was_used_is_refused_in_the_child() -> None:
    with serving(answer_all) as port:
        run = run_python("-W", "ignore::DeprecationWarning", "-c", OWN_CLIENT, f"http://127.0.0.1:{port}")
    assert run.stderr == ""
    assert run.stdout == (
        "This http_client was used before a fork, and its connections belong to the parent process. "
        "Create both clients in the child process.\n"
    )


def test_a_closed_client_stays_closed() -> None:
    program = """
import os, sys
from chargeover import ChargeOver, ClosedClientError
with ChargeOver(base_url=sys.argv[1], username="u", password="p") as client:
    client.customers.get(7)
child = os.fork()
if child == 0:
    try:
        client.customers.get(7)
    except ClosedClientError:
        os._exit(5)
    os._exit(0)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""
    with serving(answer_all) as port:
        assert run_python("-c", program, f"http://127.0.0.1:{port}").returncode == 5
