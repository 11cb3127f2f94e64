"""A few planted bugs, which the cheap parts of the contract suite must notice. All of them: ``make mutants``."""

import datetime
from pathlib import Path

import pytest

from tools import mutants

# One for each thing that the parts look at, by the part that is to notice it.
EASY = {
    mutants.EDGES: (
        "where-or-instead-of-and",
        "update-ignores-payment-rule",
        "no-location",
        "password-prefix-accepted",
        "bulk-26-allowed",
        "external-key-reusable-after-delete",
    ),
    mutants.MODEL: ("update-hits-neighbour", "id-is-reused"),
}
NAMES = [name for names in EASY.values() for name in names]


@pytest.mark.long
@pytest.mark.parametrize("part", EASY, ids=lambda part: part.name)
def test_the_cheap_parts_notice_easy_bugs(part: mutants.Part) -> None:
    outcomes = mutants.score(EASY[part], [part])
    assert [outcome.bug for outcome in outcomes if outcome.found_by is None] == []


def test_the_bugs_are_those_of_the_sandbox() -> None:
    assert set(NAMES) <= set(mutants.bugs())


@pytest.mark.long
def test_a_suite_that_fails_without_a_bug_has_no_score(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = mutants.Part("broken", ("no_such_file.py",))
    monkeypatch.setattr(mutants, "parts", lambda seeds: [broken])
    assert mutants.main(["--only", NAMES[0]]) == 2


def test_a_bug_that_no_part_notices_is_a_failure(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = {NAMES[0]: "test_edge[a prefix of the password]"}
    monkeypatch.setattr(mutants, "run", lambda part, bug: found.get(bug))
    assert mutants.main(["--only", *NAMES[:2]]) == 1
    assert f"not found: {NAMES[1]}" in capsys.readouterr().out
    assert mutants.main(["--only", NAMES[0]]) == 0


def test_the_table_goes_between_its_marks(tmp_path: Path) -> None:
    page = tmp_path / "mutants.md"
    page.write_text(f"# Score\n\n{mutants.BEGIN}\nold\n{mutants.END}\n\nMore.\n")
    outcomes = [mutants.Outcome("one", "edges: HEAD", 1.25), mutants.Outcome("two", None, 9.0)]
    mutants.write(page, mutants.table(outcomes, 10.4, datetime.date(2026, 1, 31)))
    text = page.read_text()
    assert text.startswith(f"# Score\n\n{mutants.BEGIN}\n\n2026-01-31: 1 of 2 bugs were found, in 10 seconds")
    assert "| `one` | edges: HEAD | 1.2 |\n| `two` | **not found** | 9.0 |\n\n" in text
    assert text.endswith(f"{mutants.END}\n\nMore.\n")
