"""Say whether openapi.yaml still serves everybody whom the last release served. The rules are in rules.py.

`python -m tools.compat.compare` compares with the last tag `v*` before the work tree; with a REF, it compares with that
commit. The exit status is 1 if a rule is broken. Where there is nothing to compare with, it says so and succeeds.
"""

import subprocess
import sys
from pathlib import Path

from tools.compat.rules import RULES, Break, breaks
from tools.contract import PATH, ROOT, Contract

CONTRACT = PATH.name


def main(ref: str = "", root: Path = ROOT) -> int:
    """Compare, print, and return the exit status."""
    tag = ref or _git(root, "describe", "--tags", "--abbrev=0", "--match", "v*")
    if tag is None:
        print("There is no release to compare with: no tag v* leads here.")
        return 0
    if _git(root, "rev-parse", "--quiet", "--verify", "--end-of-options", f"{tag}^{{commit}}") is None:
        print(f"{tag} is no commit of this repository.", file=sys.stderr)
        return 2
    text = _git(root, "show", f"{tag}:{CONTRACT}")
    if text is None:
        print(f"There is nothing to compare with: {tag} has no {CONTRACT}.")
        return 0
    found = breaks(Contract.parse(text), Contract.load(root / CONTRACT))
    if not found:
        print(f"{CONTRACT} still serves everybody whom {tag} served ({len(RULES)} rules).")
        return 0
    print("\n".join(report(found)))
    print(f"{CONTRACT} breaks what {tag} promised. Mend it, or release it as a breaking version.")
    return 1


def report(found: list[Break]) -> list[str]:
    """One line for each rule and place. A schema that many operations share is named once, with the first of them."""
    operations: dict[tuple[str, str], list[str]] = {}
    for one in found:
        names = operations.setdefault((one.rule, one.what), [])
        if one.operation not in names:
            names.append(one.operation)
    more = {key: f" and {len(names) - 1} more" if len(names) > 1 else "" for key, names in operations.items()}
    return [
        f"{rule} ({RULES[rule]}): {what}, in {names[0]}{more[rule, what]}" for (rule, what), names in operations.items()
    ]


def _git(root: Path, *arguments: str) -> str | None:
    """What git prints, or None if it says no."""
    done = subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, check=False, encoding="utf-8")
    return done.stdout.strip() if done.returncode == 0 else None


if __name__ == "__main__":
    sys.exit(main("".join(sys.argv[1:2])))
