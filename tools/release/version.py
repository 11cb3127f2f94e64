"""Prove that a release has one version: in the package, openapi.yaml, the changelog and, if one is given, the tag."""

import re
import sys
from pathlib import Path

import yaml

from chargeover import __version__
from tools.contract import ROOT


def problems(root: Path, version: str, tag: str | None) -> list[str]:
    """What disagrees with the version, one line each."""
    document = yaml.safe_load((root / "openapi.yaml").read_text(encoding="utf-8"))
    changelog = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    found: list[str] = []
    if tag is not None and tag != f"v{version}":
        found.append(f"the tag is {tag}, not v{version}")
    if document["info"]["version"] != version:
        found.append(f"info.version in openapi.yaml is {document['info']['version']}, not {version}")
    if not re.search(rf"^## \[?{re.escape(version)}(?![\w.+-])", changelog, re.MULTILINE):
        found.append(f"CHANGELOG.md has no section ## {version}")
    return found


def main() -> None:
    """Print what disagrees, with exit status 1."""
    if found := problems(ROOT, __version__, sys.argv[1] if len(sys.argv) > 1 else None):
        sys.exit("\n".join(f"This is not a release of {__version__}: {one}." for one in found))


if __name__ == "__main__":
    main()
