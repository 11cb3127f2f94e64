"""Runs of pytest in processes of their own, as a user starts them."""

import os
import subprocess
import sys
from pathlib import Path

QUIET = ["-p", "no:schemathesis", "-p", "no:cacheprovider"]
"""Options that keep other plugins of this environment from leaving something behind."""
OF_ASYNCIO = ["-o", "asyncio_default_fixture_loop_scope=function"]
"""pytest-asyncio warns without it."""


def run_pytest(
    folder: Path, code: str, *options: str, before: str = "", name: str = "test_it.py"
) -> subprocess.CompletedProcess[str]:
    """The outcome of a suite of one file, with warnings as errors.

    Args:
        folder: where the file is written.
        code: its content.
        options: of pytest.
        before: Python that runs before pytest does.
        name: the name of the file.
    """
    (folder / name).write_text(code, encoding="utf-8")
    others = [] if "no:asyncio" in options else OF_ASYNCIO
    program = f"import sys, pytest\n{before}\nsys.exit(pytest.main(sys.argv[1:]))"
    return subprocess.run(
        [sys.executable, "-c", program, "-q", "-W", "error", *QUIET, *others, *options],
        cwd=folder,
        env={key: value for key, value in os.environ.items() if not key.startswith(("PYTEST_", "CHARGEOVER_"))},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
