"""Python code in a process of its own, as a user runs it."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path


def run_python(
    *arguments: str, variables: Mapping[str, str] | None = None, folder: Path | None = None
) -> "subprocess.CompletedProcess[str]":
    """Run the interpreter with these arguments and environment variables, and collect what it prints."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(("CHARGEOVER_", "PYTEST_"))}
    command = [sys.executable, *arguments]
    environment = {**own, **(variables or {})}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=60)
