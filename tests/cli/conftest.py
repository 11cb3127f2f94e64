"""The command, run inside the test's process against the sandbox."""

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from chargeover_cli.running import run
from chargeover_sandbox import LocalSandbox


@dataclass
class Outcome:
    """What a run of the command did."""

    status: int
    out: str
    err: str


Run = Callable[..., Outcome]
"""``run("customers", "list")``; ``stdin=`` is what it reads."""


@pytest.fixture(autouse=True)
def own_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """No settings from outside; the file of the profiles is the test's own."""
    file = tmp_path / "profiles.toml"
    monkeypatch.setenv("CHARGEOVER_CONFIG", str(file))
    monkeypatch.setenv("COLUMNS", "80")
    for name in ("CHARGEOVER_PROFILE", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    return file


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command without an account."""

    def act(*arguments: str, stdin: str = "") -> Outcome:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode()), encoding="utf-8"))
        capsys.readouterr()
        status = run(arguments)
        printed = capsys.readouterr()
        return Outcome(status, printed.out, printed.err)

    return act


@pytest.fixture
def chargeover(bare: Run, sandbox: LocalSandbox, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command; the environment names an empty sandbox."""
    monkeypatch.setenv("CHARGEOVER_BASE_URL", sandbox.url)
    monkeypatch.setenv("CHARGEOVER_USERNAME", sandbox.username)
    monkeypatch.setenv("CHARGEOVER_PASSWORD", sandbox.password)
    return bare
