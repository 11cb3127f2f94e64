"""The server under test: one that the suite started itself, or any other that BASE_URL names."""

import os
import shlex
from collections.abc import Generator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from urllib.parse import urlsplit

import httpx2

from chargeover_contract.findings import ContractFailure, Finding
from chargeover_contract.network import UnusableProxyError, port_of, proxy_for, trust
from chargeover_contract.rate_limit import PatientClient
from chargeover_contract.sandbox import SandboxProcess, sandbox_process

# Not in ASCII, so that every part of the suite is seen to encode credentials as UTF-8 (RFC 7617, charset).
_CREDENTIALS = ("--username", "contract-süite", "--password", "clé:privée")


COMMAND = "python -m chargeover_contract"


class UnusableServerError(Exception):
    """There is nothing to test: no server, no credentials, or credentials that it refuses."""


@dataclass(frozen=True, slots=True)
class Server:
    """Where the server is, and as whom it is asked.

    Attributes:
        url: its address, without a slash at the end.
        username: the API key's user name.
        password: the API key's private key.
        is_own: whether the suite started it, so that it is our sandbox: it may be asked to record payments, and it is
            held to what the sandbox decides where nothing is published.
    """

    url: str
    username: str
    password: str = field(repr=False)
    is_own: bool = False

    @property
    def host(self) -> str:
        """Its host name, or the address."""
        return urlsplit(self.url).hostname or ""

    @property
    def port(self) -> int:
        """Its port."""
        return port_of(self.url)

    @property
    def prefix(self) -> str:
        """The path in front of ``/api/v3``; empty for most servers."""
        return urlsplit(self.url).path

    def again(self, part: str, seed: int) -> str:
        """How to draw the same requests again; the credentials are not in it."""
        where = "" if self.is_own else f" {shlex.quote(self.url)}"
        return f"{COMMAND}{where} --part {part} --seeds {seed}"

    @property
    def proxy(self) -> str | None:
        """The URL of the proxy that leads to it; None for none, as always for plain http and on this machine."""
        return proxy_for(self.url)

    def client(self, kind: type[httpx2.Client] = PatientClient, *, has_credentials: bool = True) -> httpx2.Client:
        """A client of HTTP that knows nothing of ChargeOver.

        Args:
            kind: what becomes of a 429; with httpx2's own class it is returned like any other response.
            has_credentials: whether it sends them.
        """
        auth = (self.username, self.password) if has_credentials else None
        return kind(base_url=self.url, auth=auth, timeout=20, trust_env=False, proxy=self.proxy, verify=trust())


@contextmanager
def the_server(environment: Mapping[str, str] = os.environ) -> Generator[Server]:
    """The server of CONTRACT_BASE_URL, or a new sandbox, started with CONTRACT_SANDBOX as its arguments.

    Raises:
        UnusableServerError: it cannot be tested.
        ContractFailure: in the end, if our sandbox logged a fault of its own.
    """
    if base_url := environment.get("CONTRACT_BASE_URL"):
        yield _named(base_url.rstrip("/"), environment)
        return
    with _own_sandbox(shlex.split(environment.get("CONTRACT_SANDBOX", ""))) as sandbox:
        yield Server(sandbox.url, sandbox.username, sandbox.password, is_own=True)
        log = sandbox.log()
    if "ContractBreach" in log or "Traceback" in log:
        raise ContractFailure([Finding("our sandbox logged a fault of its own", log[-3000:], "no fault")])


@contextmanager
def _own_sandbox(arguments: list[str]) -> Generator[SandboxProcess]:
    if not all(find_spec(name) for name in ("chargeover_sandbox", "starlette", "uvicorn")):
        raise UnusableServerError(
            "Without the address of a server the suite starts a sandbox, which needs one more extra of the "
            "distribution: chargeover[contract,sandbox]."
        )
    started = sandbox_process(*_CREDENTIALS, *arguments)
    try:
        sandbox = started.__enter__()
    except AssertionError as error:
        raise UnusableServerError(f"our sandbox does not start: {error}") from error
    with ExitStack() as stack:
        stack.push(started)
        yield sandbox


def _named(base_url: str, environment: Mapping[str, str]) -> Server:
    """The server at an address; one sentence instead of a long report where there is none."""
    username, password = (environment.get(f"CHARGEOVER_{name}", "") for name in ("USERNAME", "PASSWORD"))
    if not username or not password:
        raise UnusableServerError("The credentials are missing: set CHARGEOVER_USERNAME and CHARGEOVER_PASSWORD.")
    if urlsplit(base_url).path.endswith("/api/v3"):
        raise UnusableServerError(f"The address ends before /api/v3: {base_url.removesuffix('/api/v3')}")
    if "@" in urlsplit(base_url).netloc:
        raise UnusableServerError(
            "The address has credentials in it: they belong into CHARGEOVER_USERNAME and _PASSWORD."
        )
    server = Server(base_url, username, password)
    try:
        with server.client() as http:
            answer = http.get("/api/v3/customer?limit=1")
    except UnusableProxyError as error:
        raise UnusableServerError(str(error)) from error
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        if "CERTIFICATE_VERIFY_FAILED" in str(error):
            why = f"The certificate of {base_url} is not trusted; SSL_CERT_FILE can name its authority: {error}"
        else:
            why = f"Nothing answers at {base_url}: {error}"
        raise UnusableServerError(why) from error
    if answer.status_code in {401, 403}:
        raise UnusableServerError(f"{base_url} refuses the credentials of {username!r}: {answer.text[:300]}")
    if answer.status_code >= 500 or answer.status_code == 429:
        raise UnusableServerError(f"{base_url} answered {answer.status_code}: {answer.text[:300]}")
    return server
