"""Whatever goes wrong below the client, and wherever, it raises a ChargeOverError that keeps the password to itself."""

import ast
import pickle
import socket
import ssl
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

import chargeover
from chargeover import APIConnectionError, AsyncChargeOver, ChargeOver, ChargeOverError
from tests.support.secrets import assert_no_secret

USERNAME, PASSWORD = "u", "s3cret-and-long"
URL = "https://acme.chargeover.com"
OVERRIDES = Path(chargeover.__file__).parent


def family(kind: type[BaseException]) -> Iterator[type[BaseException]]:
    yield kind
    for one in kind.__subclasses__():
        yield from family(one)


def of_the_library() -> list[type[BaseException]]:
    found = [value for value in vars(httpx2).values() if isinstance(value, type)]
    return [one for one in found if issubclass(one, Exception) and not issubclass(one, Warning)]


def of_the_system() -> list[type[BaseException]]:
    return sorted(
        {one for one in family(OSError) if one.__module__ in {"builtins", "io", "socket", "ssl"}},
        key=lambda kind: kind.__name__,
    )


def raised(kind: type[BaseException], request: httpx2.Request) -> BaseException:
    if issubclass(kind, httpx2.HTTPStatusError):
        return kind("No.", request=request, response=httpx2.Response(404))
    if issubclass(kind, OSError):
        return kind(5, "No.")
    try:
        return kind("No.")
    except TypeError:
        return kind()


class Broken(httpx2.SyncByteStream, httpx2.AsyncByteStream):
    """A body that breaks when it is read."""

    def __init__(self, error: BaseException) -> None:
        self._error = error

    def __iter__(self) -> Iterator[bytes]:
        yield b"{"
        raise self._error

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield b"{"
        raise self._error


def instead_of_an_answer(kind: type[BaseException], request: httpx2.Request) -> httpx2.Response:
    raise raised(kind, request)


def within_the_body(kind: type[BaseException], request: httpx2.Request) -> httpx2.Response:
    return httpx2.Response(202, stream=Broken(raised(kind, request)))


KINDS = [*of_the_library(), *of_the_system(), RuntimeError]
kinds = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
Place = Callable[[type[BaseException], httpx2.Request], httpx2.Response]
places = pytest.mark.parametrize("place", [instead_of_an_answer, within_the_body])


def arguments(http_client: Any) -> dict[str, Any]:
    return {"base_url": URL, "username": USERNAME, "password": PASSWORD, "http_client": http_client}


def check(error: ChargeOverError) -> None:
    assert_no_secret(error, USERNAME, PASSWORD)
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), str(again), vars(again)) == (type(error), str(error), vars(error))


def test_the_list_is_not_empty_by_accident() -> None:
    assert {httpx2.ReadTimeout, httpx2.InvalidURL, httpx2.StreamClosed} <= set(KINDS)
    assert {ConnectionResetError, TimeoutError, socket.gaierror, ssl.SSLCertVerificationError} <= set(KINDS)


@places
@kinds
def test_a_failure_below_is_one_of_ours(kind: type[BaseException], place: Place) -> None:
    transport = httpx2.MockTransport(lambda request: place(kind, request))
    with httpx2.Client(transport=transport) as http, ChargeOver(**arguments(http)) as client:
        with pytest.raises(ChargeOverError) as caught:
            client.customers.update(1, company="Acme")
        check(caught.value)


@places
@kinds
async def test_a_failure_below_is_one_of_ours_for_the_async_client_too(kind: type[BaseException], place: Place) -> None:
    transport = httpx2.MockTransport(lambda request: place(kind, request))
    async with httpx2.AsyncClient(transport=transport) as http, AsyncChargeOver(**arguments(http)) as client:
        with pytest.raises(ChargeOverError) as caught:
            await client.customers.update(1, company="Acme")
        check(caught.value)


@pytest.mark.parametrize("moment", ["request", "response"])
@kinds
def test_a_failure_in_a_hook_of_the_http_client_is_one_of_ours(kind: type[BaseException], moment: str) -> None:
    def hook(message: httpx2.Request | httpx2.Response) -> None:
        raise raised(kind, message if isinstance(message, httpx2.Request) else message.request)

    transport = httpx2.MockTransport(lambda _: httpx2.Response(404))
    with httpx2.Client(transport=transport, event_hooks={moment: [hook]}) as http:
        with ChargeOver(**arguments(http)) as client, pytest.raises(ChargeOverError) as caught:
            client.customers.update(1, company="Acme")
        check(caught.value)


def test_a_hook_that_cannot_reach_its_own_server_does_not_double_a_creation() -> None:
    def report(response: httpx2.Response) -> None:
        raise httpx2.ConnectError("nobody there", request=httpx2.Request("POST", "https://metrics.example"))

    sent: list[httpx2.Request] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        sent.append(request)
        return httpx2.Response(201)

    http = httpx2.Client(transport=httpx2.MockTransport(answer), event_hooks={"response": [report]})
    with http, ChargeOver(**arguments(http)) as client, pytest.raises(APIConnectionError) as caught:
        client.customers.create(company="Acme")
    assert (len(sent), caught.value.was_sent, caught.value.url) == (1, True, f"{URL}/api/v3/customer")


def test_the_generated_parsers_which_raise_other_things_are_not_used() -> None:
    tree = ast.parse((OVERRIDES / "_wire.py").read_text(encoding="utf-8"))
    modules = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert "chargeover_api.requests" in modules
    assert not [module for module in modules if module.startswith("chargeover_api.api")]


@pytest.mark.parametrize("path", sorted(OVERRIDES.rglob("*.py")), ids=lambda path: str(path.relative_to(OVERRIDES)))
def test_no_module_reads_an_answer_by_way_of_attrs(path: Path) -> None:
    names = {
        node.attr if isinstance(node, ast.Attribute) else node.id
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, (ast.Attribute, ast.Name))
    }
    assert not names & {"from_dict", "_parse_response", "_build_response", "sync", "sync_detailed", "asyncio_detailed"}
