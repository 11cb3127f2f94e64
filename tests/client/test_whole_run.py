"""Whole programs, with all logging on: the password is in none of their output."""

import base64
import re
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

from chargeover_contract.sandbox import sandbox_process
from tests.support.pages import PAGES, text_of
from tests.support.scripts import run_python

ROOT = Path(__file__).parents[2]
LOUD = {"CHARGEOVER_LOG": "debug", "PYTHONFAULTHANDLER": "1", "PYTHONWARNINGS": "default", "PYTHONASYNCIODEBUG": "1"}
LOG_LINE = re.compile(r"\d{4}-\d\d-\d\d [\d:,]+ (DEBUG|INFO) chargeover: .+")
# Every local of every frame, and every logger, of a program that does not know that it is tested.
PROLOGUE = """
import logging, os, sys, traceback
logging.basicConfig(level=logging.DEBUG)
def show(kind, error, _):
    print(*traceback.TracebackException.from_exception(error, capture_locals=True).format(), file=sys.stderr)
sys.excepthook = show
"""


@pytest.fixture
def password() -> str:
    return secrets.token_urlsafe(24)


def assert_not_said(text: str, username: str, password: str) -> None:
    encoded = base64.b64encode(f"{username}:{password}".encode()).decode("ascii")
    for secret in (password, encoded, encoded.rstrip("=")):
        assert secret not in text


def programs() -> Iterator[str]:
    """The code of the pages and the examples."""
    for page in PAGES:
        # Not those that are saved as a file, for a command that follows: they have no sandbox of their own. Nor those
        # that show how credentials change.
        found = re.findall(r"```python\n(?!# \w+\.py\n)(.*?)```", text_of(page), re.DOTALL)
        yield from (code for code in found if "credentials=" not in code)
    for example in sorted((ROOT / "examples").glob("*.py")):
        if example.stem != "many_accounts":  # it reads its accounts from a file, and needs a cluster
            yield example.read_text(encoding="utf-8")


def with_password_of_the_environment(code: str) -> str:
    """The code, except that its sandboxes and clients have another password."""
    own = "__import__('os').environ['TEST_PASSWORD']"
    code = re.sub(r"LocalSandbox\(", f"LocalSandbox(password={own}, ", code)
    changed = re.sub(r'(password=|"password": )"\w+"', rf"\g<1>{own}", code)
    assert own in changed or not re.search("password|LocalSandbox", code), code
    return changed


@pytest.mark.long
def test_all_that_the_documentation_shows(password: str, tmp_path: Path) -> None:
    files = [tmp_path / f"program_{number}.py" for number, _ in enumerate(programs())]
    assert len(files) > 5
    for file, code in zip(files, programs(), strict=True):
        file.write_text(with_password_of_the_environment(code), encoding="utf-8")
    run_all = "import runpy, sys; [runpy.run_path(file, run_name='__main__') for file in sys.argv[1:]]"
    done = run_python("-X", "dev", "-c", run_all, *map(str, files), variables={**LOUD, "TEST_PASSWORD": password})
    assert done.returncode == 0, done.stderr
    assert "Warning" not in done.stderr
    assert LOG_LINE.search(done.stderr)
    for username in ("sandbox", "u"):
        assert_not_said(done.stdout + done.stderr, username, password)


# Everything that can go wrong with a real server and real credentials; the last one ends the program.
FAILING = (
    PROLOGUE
    + """
import asyncio, pickle
from chargeover import *

url, username, password = (os.environ[f"TEST_{name}"] for name in ("URL", "USERNAME", "PASSWORD"))
right = {"base_url": url, "username": username, "password": password}
del password

def tried(name, action):
    try:
        print(name, action())
    except Exception as error:
        logging.exception(name)
        logging.error("%r %s", error, vars(error), exc_info=error, stack_info=True)
        show(None, error, None)
        print(repr(pickle.loads(pickle.dumps(error))), getattr(error, "hint", ""))
        if request := getattr(error, "request", None):
            print(request, request.headers, request.curl())

def many(client):
    customers = client.customers
    print(client, customers, vars(customers), vars(client))
    tried("create", lambda: customers.create(company="Acme", external_key="k"))
    tried("twice", lambda: customers.create(company="Acme", external_key="k"))
    tried("unknown", lambda: customers.get(99))
    tried("misspelled", lambda: customers.update(1, compny="x"))
    tried("wrong", lambda: customers.update(1, company=None))
    tried("parent", lambda: customers.update(1, parent_customer_id=1))
    tried("where", lambda: list(customers.list(where="nothing:EQUALS:1")))
    tried("extra", lambda: customers.update(1, company="x", options=RequestOptions(extra_body={"custom_99": 1})))
    tried("bulk", lambda: list(customers.bulk_update([(1, {"company": "x"}), (99, {"company": "x"}), (1, {"a": 1})])))
    tried("large", lambda: customers.get(1))
    tried("raw", lambda: customers.with_raw_response.get(1))
    tried("preview", lambda: customers.preview(1, company="x"))
    tried("pickle", lambda: pickle.dumps(client))
    tried("pickled customers", lambda: pickle.dumps(customers))

async def many_awaited():
    async with AsyncChargeOver(**right, log_bodies=True) as client:
        for call in (client.customers.get(99), client.customers.count(where="x")):
            try:
                await call
            except ChargeOverError as error:
                logging.exception("awaited")
                show(None, error, None)
        try:
            async with asyncio.timeout(0.000001):
                await asyncio.gather(*(client.customers.count() for _ in range(50)))
        except TimeoutError as error:
            logging.exception("given up")
            show(None, error, None)

with ChargeOver(**right, log_bodies=True) as client:
    many(client)
with ChargeOver(**right, max_response_bytes=10) as client:
    many(client)
with ChargeOver(**{**right, "username": "somebody"}, max_retries=1) as client:
    many(client)
with ChargeOver(**{**right, "base_url": "http://127.0.0.1:1"}, max_retries=0) as client:
    many(client)
many(client)
for wrong in ({"timeout": 0}, {"proxy": "http://127.0.0.1:1"}, {"base_url": url.replace("//", f"//{username}:pw@")}):
    tried("refused", lambda: ChargeOver(**{**right, **wrong}))
asyncio.run(many_awaited())
del right
ChargeOver(base_url=url, username=username, password=os.environ["TEST_PASSWORD"]).customers.get(98)
"""
)


def test_a_program_in_which_everything_fails(password: str, tmp_path: Path) -> None:
    program = tmp_path / "failing.py"
    program.write_text(FAILING, encoding="utf-8")
    with sandbox_process(f"--password={password}") as sandbox:
        assert sandbox.password == password
        variables = {"TEST_URL": sandbox.url, "TEST_USERNAME": sandbox.username, "TEST_PASSWORD": password}
        done = run_python("-X", "dev", str(program), variables={**LOUD, **variables})
        log = sandbox.log()
    said = done.stdout + done.stderr
    assert done.returncode == 1
    assert "NotFoundError: 404 Not Found for GET" in done.stderr
    for name in (
        "AuthenticationError",
        "BulkError",
        "ResponseTooLargeError",
        "ClosedClientError",
        "ConfigurationError",
    ):
        assert name in said, name
    for secret_user in (sandbox.username, "somebody"):
        assert_not_said(said + log, secret_user, password)
