"""The commands that call other programs work in a clone whose path has a space."""

import os
import shutil
import stat
import subprocess
from pathlib import Path

import pytest

from tools.contract import PATH
from tools.portability import clients

ROOT = Path(__file__).parents[2]
NODE = '#!/bin/sh\nprintf "%s\\n" "$0 $*" >>"$RECORD"\n'


def program(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


def test_the_linters_are_started(tmp_path: Path) -> None:
    clone, node = tmp_path / "a clone", tmp_path / "a clone" / "node"
    program(node / "bin" / "node", NODE)
    program(clone / ".venv" / "bin" / "python", f"#!/bin/sh\necho '{node}'\n")
    shutil.copyfile(ROOT / "Makefile", clone / "Makefile")
    for name in (
        "pyproject.toml",
        "requirements/runtime.lock",
        "requirements/dev.lock",
        "tools/lint/package-lock.json",
    ):
        (clone / name).parent.mkdir(parents=True, exist_ok=True)
        (clone / name).touch()
    for name in ("runtime.stamp", "dev.stamp"):
        (clone / ".venv" / name).touch()
    (clone / "tools" / "lint" / "node_modules").mkdir()
    record = tmp_path / "record"
    environment = {**os.environ, "RECORD": str(record)}
    done = subprocess.run(
        ["make", "lint-spec"], cwd=clone, env=environment, capture_output=True, text=True, check=False
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    lines = record.read_text(encoding="utf-8").splitlines()
    assert [line.partition("node/bin/node ")[2].split()[0] for line in lines] == [
        f"{clone}/node/lib/node_modules/npm/bin/npm-cli.js".split()[0],
        "node_modules/.bin/spectral",
        "node_modules/.bin/redocly",
    ]


def test_a_generator_is_given_a_path_without_the_clone_s(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commands: list[tuple[object, ...]] = []
    monkeypatch.setattr(clients, "run", lambda *command, folder: commands.append((*command, folder)))
    clients.python_client(tmp_path)
    generate, *_ = commands
    source = generate[generate.index("--input-spec") + 1]
    assert not Path(str(source)).is_absolute()
    assert (tmp_path / str(source)).read_bytes() == PATH.read_bytes()
