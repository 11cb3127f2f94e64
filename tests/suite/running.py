"""Runs of the contract suite, or of a part of it, against a server that it did not start."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
CASES = "contract/chargeover_contract/cases"
READ_ONLY = [sys.executable, "-m", "chargeover_contract.read_only"]


def environment(url: str, **settings: str) -> dict[str, str]:
    """The variables of a run; no proxies but those of ``settings``."""
    return {
        **{name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")},
        "CONTRACT_BASE_URL": url,
        "CHARGEOVER_USERNAME": "sandbox",
        "CHARGEOVER_PASSWORD": "sandbox",
        **settings,
    }


def environment_of_read_only(url: str, **settings: str) -> dict[str, str]:
    """The variables of MODE=read-only, without pauses."""
    return environment(url, **{"PAUSE": "0", **settings})


def suite(url: str, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """A run with the arguments of pytest."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=environment(url, **settings), capture_output=True, text=True, check=False
    )


def read_only(url: str, command: list[str] = READ_ONLY, /, **settings: str) -> subprocess.CompletedProcess[str]:
    """A run of MODE=read-only, without a terminal."""
    return subprocess.run(
        command,
        env=environment_of_read_only(url, **settings),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
