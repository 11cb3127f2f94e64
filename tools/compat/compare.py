"""Say whether openapi.yaml still serves everyone whom an earlier version of it served. The rules are in rules.py.

`python -m tools.compat.compare` compares the work tree with the last tag `v*` before it; without a tag, with the commit
where its branch left main. With a REF, it compares with that commit. The exit status is 1 if a rule is broken, unless
`info.version` says that this is a breaking version: another major one, or before 1.0.0 another minor one.
"""

import subprocess
import sys
from pathlib import Path

from tools.compat.rules import RULES, Break, breaks
from tools.contract import PATH, ROOT, Contract, ContractError

CONTRACT = PATH.name


def main(ref: str = "", root: Path = ROOT) -> int:
    """Compare, print, and return the exit status."""
    base = ref or earlier(root)
    if base is None:
        print("There is nothing to compare with: neither a tag v* nor a branch main leads here.")
        return 0
    if _git(root, "rev-parse", "--quiet", "--verify", "--end-of-options", f"{base}^{{commit}}") is None:
        print(f"{base} is not a commit in this repository.", file=sys.stderr)
        return 2
    text = _git(root, "show", f"{base}:{CONTRACT}")
    if text is None:
        print(f"There is nothing to compare with: {base} has no {CONTRACT}.")
        return 0
    try:
        old, new = Contract.parse(text), Contract.load(root / CONTRACT)
        found = breaks(old, new)
    except ContractError as error:
        print(error, file=sys.stderr)
        return 2
    if not found:
        print(f"{CONTRACT} still serves everyone whom {base} served ({len(RULES)} rules).")
        return 0
    print("\n".join(report(found)))
    before, now = (str(document.root["info"]["version"]) for document in (old, new))
    if is_breaking_version(before, now):
        print(f"{CONTRACT} breaks what {base} promised, as version {now} may after {before}.")
        return 0
    print(f"{CONTRACT} breaks what {base} promised. Mend it, or release it as a breaking version: now it is {now}.")
    return 1


def earlier(root: Path) -> str | None:
    """What the work tree is compared with: the last release, or the commit where the branch left main."""
    if tag := _git(root, "describe", "--tags", "--abbrev=0", "--match", "v*"):
        return tag
    bases = (_git(root, "merge-base", "HEAD", main) for main in ("origin/main", "main"))
    return next((base for base in bases if base), None)


def is_breaking_version(before: str, now: str) -> bool:
    """Whether a version may break what an earlier one promised."""
    old, new = before.split("."), now.split(".")
    return old[0] != new[0] or (old[0] == "0" and old[1:2] != new[1:2])


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
