"""`make docs-serve`: the site and a sandbox beside it, until Ctrl-C."""

import signal
import subprocess
import sys

import httpx2
import pytest
from looking import SITE

ROOT = SITE.parent
SERVE = [sys.executable, str(ROOT / "tools" / "serve_docs.py")]


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_both_until_it_is_told_to_end(end: signal.Signals) -> None:
    with subprocess.Popen(
        [*SERVE, "--port", "0", "--sandbox-port", "0"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as serving:
        assert serving.stdout is not None
        try:
            said = [serving.stdout.readline() for _ in range(3)]
            site, reference, sandbox = (line.split()[2] for line in said)
            assert "interactive reference" in httpx2.get(f"{site}reference/rest.html", trust_env=False).text.lower()
            assert reference == f"{site}reference/interactive/index.html?sandbox={sandbox}"
            assert httpx2.get(reference, trust_env=False).status_code == 200
            answer = httpx2.get(
                f"{sandbox}/api/v3/customer",
                auth=("sandbox", "sandbox"),
                headers={"Origin": site.rstrip("/")},
                trust_env=False,
            )
            assert answer.headers["access-control-allow-origin"] == site.rstrip("/")
            serving.send_signal(end)
            assert serving.wait(10) == 0
            assert serving.stderr is not None
            assert serving.stderr.read() == ""
        finally:
            serving.kill()
    with pytest.raises(httpx2.ConnectError):
        httpx2.get(sandbox, trust_env=False)


def test_a_port_that_is_in_use_is_said_in_one_line() -> None:
    with subprocess.Popen([*SERVE, "--port", "0", "--sandbox-port", "0"], stdout=subprocess.PIPE, text=True) as first:
        assert first.stdout is not None
        try:
            lines = [first.stdout.readline() for _ in range(3)]
            site, sandbox = (lines[number].split()[2].rstrip("/").rsplit(":", 1)[1] for number in (0, 2))
            done = subprocess.run([*SERVE, "--port", site], capture_output=True, text=True, check=False)
            assert (done.returncode, done.stderr.count("\n")) == (1, 1)
            assert f"port {site}" in done.stderr
            # Somebody else's sandbox is no reason not to show the site.
            with subprocess.Popen(
                [*SERVE, "--port", "0", "--sandbox-port", sandbox], stdout=subprocess.PIPE, text=True
            ) as second:
                assert second.stdout is not None
                try:
                    said = [second.stdout.readline() for _ in range(3)]
                    assert said[1].startswith("No sandbox beside it"), said
                    assert httpx2.get(said[0].split()[2], trust_env=False).status_code == 200
                finally:
                    second.send_signal(signal.SIGINT)
        finally:
            first.send_signal(signal.SIGINT)
