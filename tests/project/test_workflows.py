"""The workflows of CI: what they run is pinned, and only the job that needs a right has it."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_every_action_is_pinned_by_its_hash(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    used = re.findall(r"uses: (.*)", text)
    assert used
    for action in used:
        assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", action), action


def jobs(name: str) -> dict[str, Any]:
    workflow: dict[str, Any] = yaml.safe_load((ROOT / ".github" / "workflows" / name).read_text(encoding="utf-8"))
    assert workflow["permissions"] == {"contents": "read"}
    found: dict[str, Any] = workflow["jobs"]
    return found


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_job_with_a_right_to_write_runs_nothing_of_the_repository(path: Path) -> None:
    for job in jobs(path.name).values():
        if "permissions" in job:
            commands = [step["run"] for step in job["steps"] if "run" in step]
            assert all(command.startswith("git ") for command in commands), commands


def test_a_package_is_published_only_from_a_protected_environment_and_only_when_that_is_turned_on() -> None:
    publish = jobs("release.yml")["publish"]
    assert publish["if"] == "vars.PUBLISH_PACKAGE == 'yes'"
    assert publish["environment"]
    assert publish["permissions"] == {"id-token": "write"}
    assert publish["needs"] == "build"
