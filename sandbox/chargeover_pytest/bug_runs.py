"""``--chargeover-bugs``: the suite once for each planted bug, to see which bugs it does not notice."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

_FOLDER = "CHARGEOVER_PYTEST_RUN"
"""The environment variable that tells a run where to write what it notes. Only runs of this module have it."""
_USED, _NOTICED, _OUTPUT = "used", "noticed", "output"
_LEAST_PATIENCE = 20.0
_FACTOR = 5.0
"""A run with a bug may take this much longer than the one without; the bug counts as noticed then, too."""
_LAST = 2000
"""Characters of a run's output that are shown if it could not be judged."""


def note_use(test: str) -> None:
    """Note that a test uses the sandbox."""
    _append(_USED, test)


def note(report: pytest.TestReport) -> None:
    """Note that a test failed."""
    if report.failed:
        _append(_NOTICED, report.nodeid)


def _append(name: str, line: str) -> None:
    if folder := os.environ.get(_FOLDER):
        with Path(folder, name).open("a", encoding="utf-8") as file:
            file.write(f"{line}\n")


def main(config: pytest.Config) -> int | None:
    """Run the suite for each bug and return the exit status, or None if that is not asked for.

    The status is 0 if the suite notices every bug, 1 if it does not, that of the suite if it fails without a bug, 2
    after Ctrl+C, and 3 if a run could not be judged.

    Raises:
        pytest.UsageError: a bug does not exist, the extra is missing, or no test uses the sandbox.
    """
    wanted: str | None = config.getoption("--chargeover-bugs")
    if wanted is None or _FOLDER in os.environ or config.getoption("help") or config.getoption("collectonly"):
        return None
    jobs: int = config.option.chargeover_jobs
    if jobs < 1:
        raise pytest.UsageError("--chargeover-jobs must be at least 1")
    bugs = _bugs(wanted)
    with tempfile.TemporaryDirectory(prefix="chargeover-bugs-") as folder:
        try:
            return _Runs(config, bugs, Path(folder)).main(jobs)
        except KeyboardInterrupt:
            print("\nInterrupted: the other bugs were not tried.")
            return pytest.ExitCode.INTERRUPTED


def _bugs(wanted: str) -> Mapping[str, str]:
    """The bugs to try, each with its summary."""
    try:
        from chargeover_sandbox import BUGS
        from chargeover_sandbox.bugs import bugs_named

        names = [name.strip() for name in wanted.split(",") if name.strip()]
        return {bug.name: bug.summary for bug in bugs_named(names or BUGS)}
    except (ModuleNotFoundError, ValueError) as error:
        hint = "; paths go before the option, or names after =" if Path(wanted.partition("::")[0]).exists() else ""
        raise pytest.UsageError(f"--chargeover-bugs: {error}{hint if wanted else ''}") from None


@dataclass(frozen=True, slots=True)
class _Run:
    """What came of one run.

    Attributes:
        status: the exit status; None if it took too long.
        seconds: how long it took.
        noticed: the first test that failed; empty if none did.
        output: what it printed.
    """

    status: int | None
    seconds: float
    noticed: str
    output: str

    @property
    def is_judged(self) -> bool:
        """Whether it says anything about the bug."""
        return self.status in {pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED, None}


class _Runs:
    def __init__(self, config: pytest.Config, bugs: Mapping[str, str], folder: Path) -> None:
        self._command = _command(config)
        self._has_cache = config.pluginmanager.hasplugin("cacheprovider")
        self._cwd = config.invocation_params.dir
        self._bugs = bugs
        self._folder = folder
        self._running: set[subprocess.Popen[bytes]] = set()

    def main(self, jobs: int) -> int:
        print("Without a bug …", flush=True)
        first = self._run("without", [], None)
        if first.status != pytest.ExitCode.OK:
            print(first.output)
            print("The suite must pass before it can be judged by bugs.")
            return first.status or pytest.ExitCode.INTERNAL_ERROR
        used = self._noted("without", _USED)
        if not used:
            raise pytest.UsageError("--chargeover-bugs: no test uses the fixtures of the sandbox, so none can notice")
        patience = max(_LEAST_PATIENCE, _FACTOR * first.seconds)
        print(
            f"passed in {first.seconds:.1f} s; tests that use the sandbox: {len(set(used))}. Now with each of "
            f"{len(self._bugs)} bugs, until a test fails or {patience:.0f} s are over."
        )
        missed: list[str] = []
        unjudged: list[str] = []
        started = time.monotonic()
        for number, (bug, run) in enumerate(self._of_bugs(jobs, patience), 1):
            if not run.is_judged:
                unjudged.append(bug)
                verdict = f"could not be judged: pytest ended with {run.status}\n{run.output[-_LAST:]}"
            elif run.status == pytest.ExitCode.OK:
                missed.append(bug)
                verdict = "NOT NOTICED"
            else:
                verdict = f"noticed by {run.noticed}" if run.status is not None else "noticed: it took too long"
            print(f"[{number:{len(str(len(self._bugs)))}}/{len(self._bugs)}] {bug}: {verdict}", flush=True)
        self._summarize(missed, unjudged, time.monotonic() - started)
        if unjudged:
            return pytest.ExitCode.INTERNAL_ERROR
        return pytest.ExitCode.TESTS_FAILED if missed else pytest.ExitCode.OK

    def _summarize(self, missed: Sequence[str], unjudged: Sequence[str], seconds: float) -> None:
        noticed = len(self._bugs) - len(missed) - len(unjudged)
        print(f"\nNoticed {noticed} of {len(self._bugs)} bugs in {seconds:.0f} s.")
        for title, bugs in (("Not noticed:", sorted(missed)), ("Not judged:", sorted(unjudged))):
            if bugs:
                print(title)
            for bug in bugs:
                print(f"  {bug}: {self._bugs[bug]}")

    def _of_bugs(self, jobs: int, patience: float) -> Iterator[tuple[str, _Run]]:
        with ThreadPoolExecutor(jobs) as pool:
            runs = {
                pool.submit(self._run, bug, [f"--chargeover-bug={bug}", "--maxfail=1"], patience): bug
                for bug in self._bugs
            }
            try:
                for run in as_completed(runs):
                    yield runs[run], run.result()
            finally:
                pool.shutdown(wait=False, cancel_futures=True)
                for process in tuple(self._running):  # after Ctrl+C
                    _end(process)

    def _run(self, name: str, options: Sequence[str], patience: float | None) -> _Run:
        folder = self._folder / name
        folder.mkdir()
        started = time.monotonic()
        command = [*self._command, *options]
        if self._has_cache:  # what failed with a bug is not what failed last
            command += ["-o", f"cache_dir={folder / 'cache'}"]
        with (folder / _OUTPUT).open("wb") as output:
            process = subprocess.Popen(
                command,
                cwd=self._cwd,
                env={**os.environ, _FOLDER: str(folder)},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # so that it can be ended with all that it started
            )
            status: int | None = None
            self._running.add(process)
            try:
                with suppress(subprocess.TimeoutExpired):
                    status = process.wait(patience)
            finally:
                if status is None:
                    _end(process)
                self._running.discard(process)
        noticed = next(iter(self._noted(name, _NOTICED)), "")
        text = (folder / _OUTPUT).read_text(encoding="utf-8", errors="replace")
        return _Run(status, time.monotonic() - started, noticed, text)

    def _noted(self, name: str, what: str) -> list[str]:
        file = self._folder / name / what
        return file.read_text(encoding="utf-8").splitlines() if file.exists() else []


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End a run and what it started."""
    with suppress(ProcessLookupError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    process.wait()


def _command(config: pytest.Config) -> list[str]:
    """The command of this run, without what asks for the bugs and what writes a report of the whole."""
    given = list(config.invocation_params.args)
    command = [sys.executable, "-m", "pytest"]
    if list(map(str, given)) == sys.argv[1:]:  # with the options of the interpreter, and with the same search path
        command = [sys.executable, *sys.orig_argv[1 : len(sys.orig_argv) - len(given)]]
    kept: list[str] = []
    values = iter(map(str, given))
    for value in values:
        name, sign, _ = value.partition("=")
        if name in {"--chargeover-jobs", "--junitxml", "--junit-xml"}:
            if not sign:
                next(values, None)
        elif name != "--chargeover-bugs":
            kept.append(value)
        elif not sign and config.option.chargeover_bugs:
            next(values, None)
    return [*command, *kept]
