"""Containerfile: no container engine runs here, so its commands run on this machine, with their paths replaced."""

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sysconfig
import time
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest

from tests.support.processes import started

ROOT = Path(__file__).parents[2]
ENVIRONMENT = "/opt/sandbox/bin"


def instructions() -> list[tuple[str, str]]:
    """The instructions of the file with their arguments, in order."""
    text = re.sub(r"\\\n", " ", (ROOT / "Containerfile").read_text(encoding="utf-8"))
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [(name, rest) for name, _, rest in (line.partition(" ") for line in lines)]


def the(name: str) -> str:
    """The arguments of an instruction that is there once."""
    (found,) = (rest for instruction, rest in instructions() if instruction == name)
    return found


def here(command: str, database: Path, port: str = "0") -> list[str]:
    """The words of an exec-form command, for this machine."""
    words: list[str] = json.loads(command)
    scripts = sysconfig.get_path("scripts")
    places = {ENVIRONMENT: scripts, "/data/sandbox.sqlite3": str(database), "8080": port}
    for place, replacement in places.items():
        words = [word.replace(place, replacement) for word in words]
    return words


def health() -> str:
    return the("HEALTHCHECK").partition(" CMD ")[2]


@pytest.fixture(params=[False, True], ids=["as a process", "as process 1"])
def prefix(request: pytest.FixtureRequest) -> Iterator[list[str]]:
    """What runs a command: nothing, or a namespace in which it is process 1, as in a container."""
    if not request.param:
        yield []
        return
    namespace = ["unshare", "--user", "--map-root-user", "--pid", "--fork", "--kill-child"]
    if not shutil.which("unshare") or subprocess.run([*namespace, "true"], capture_output=True, check=False).returncode:
        pytest.skip("This machine gives no namespace of processes.")
    yield namespace


def test_the_image_serves_says_that_it_is_healthy_and_stops(prefix: list[str], tmp_path: Path) -> None:
    database = tmp_path / "sandbox.sqlite3"
    command = [*prefix, *here(the("ENTRYPOINT"), database), "--allow-host", "sandbox"]
    with started(command, dict(os.environ), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout
        ready = process.stdout.readline()
        assert f"database={shlex.quote(str(database))}" in ready
        (port,) = re.findall(r"ready: http://\S+:(\d+) ", ready)
        # A health check must not ask the proxy of the machine.
        environment = os.environ | {"http_proxy": "http://127.0.0.1:9", "HTTP_PROXY": "http://127.0.0.1:9"}
        check = here(health(), database, port)
        assert subprocess.run(check, env=environment, check=False).returncode == 0
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        stopped = int(children.read_text(encoding="utf-8")) if prefix else process.pid
        begin = time.monotonic()
        os.kill(stopped, signal.SIGTERM)
        process.wait(timeout=10)
        # An engine kills what has not ended after ten seconds.
        assert time.monotonic() - begin < 5
    assert database.is_file()
    refused = subprocess.run(check, env=environment, capture_output=True, check=False)
    assert refused.returncode == 1


def test_it_does_not_run_as_root() -> None:
    order = [name for name, _ in instructions()]
    user = the("USER")
    assert user.isdigit()
    assert int(user) > 0
    assert f"--uid {user} " in " ".join(rest for name, rest in instructions() if name == "RUN")
    assert order.index("USER") < order.index("ENTRYPOINT")
    assert order.index("USER") > max(index for index, name in enumerate(order) if name == "RUN")


def test_both_stages_have_the_same_base_and_a_python_that_is_supported() -> None:
    bases = {rest.removesuffix(" AS build") for name, rest in instructions() if name == "FROM"}
    (version,) = (re.findall(r"python:(3\.\d+)-slim$", base)[0] for base in bases)
    assert f'"Programming Language :: Python :: {version}"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def test_what_is_copied_exists_and_goes_to_the_builder_and_nothing_else_does() -> None:
    copied = {
        source
        for name, rest in instructions()
        if name == "COPY" and not rest.startswith("--from")
        for source in rest.split()[:-1]
    }
    assert all((ROOT / source).exists() for source in copied)
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    rules = [line for line in lines if line and not line.startswith("#")]
    assert rules[0] == "*"
    assert {rule[1:] for rule in rules if rule.startswith("!")} == copied
    assert any(fnmatch("sandbox/__pycache__", rule) for rule in rules[1:])


def test_the_data_is_in_the_volume_and_the_port_is_the_one_that_is_listened_on() -> None:
    words: list[str] = json.loads(the("ENTRYPOINT"))
    options = dict(zip(words[1::2], words[2::2], strict=True))
    assert options["--database"].startswith(f"{the('VOLUME')}/")
    assert options["--port"] == the("EXPOSE")
    assert f":{options['--port']}/_sandbox/health" in health()
    assert options["--host"] == "0.0.0.0"
