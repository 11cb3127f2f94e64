"""Runs of pytest in processes of their own, as a user starts them."""

import os
import subprocess
import sys
from pathlib import Path

ALONE = ["-p", "chargeover"]
"""Our plugin, by the name of its entry point."""
AMONG_OTHERS = ["-p", "no:schemathesis"]
OF_ASYNCIO = ["-o", "asyncio_default_fixture_loop_scope=function"]
"""pytest-asyncio warns without it."""


def run_pytest(
    folder: Path, code: str, *options: str, before: str = "", is_alone: bool = True
) -> subprocess.CompletedProcess[str]:
    """The outcome of a suite of one file, with warnings as errors.

    Args:
        folder: where the file is written.
        code: its content.
        options: of pytest.
        before: Python that runs before pytest does.
        is_alone: whether the plugins of this environment are left out, which makes it faster.
    """
    (folder / "test_it.py").write_text(code, encoding="utf-8")
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PYTEST_", "CHARGEOVER_"))}
    if is_alone:
        plugins = ALONE
        environment["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    else:
        plugins = AMONG_OTHERS if "no:asyncio" in options else [*AMONG_OTHERS, *OF_ASYNCIO]
    program = f"import sys, pytest\n{before}\nsys.exit(pytest.main(sys.argv[1:]))"
    return subprocess.run(
        [sys.executable, "-c", program, "-q", "-W", "error", "-p", "no:cacheprovider", *plugins, *options],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
