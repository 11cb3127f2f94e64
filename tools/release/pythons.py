"""Run the tests of the client and the sandbox on each supported Python: those of this machine, and with --debian others.

A version that the machine lacks can come from Debian's packages: into a folder of its own, by debootstrap, which needs
root. Nothing outside this folder changes.
"""

import os
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from tools.contract import ROOT

SUITE = "sid"
"""The release of Debian that has the newest Python."""
CERTIFICATES = "/etc/ssl/certs/ca-certificates.crt"


def main() -> None:
    """Test each version and print what was done; exit status 1 if a test failed."""
    here = f"{sys.version_info.major}.{sys.version_info.minor}"
    done: dict[str, str] = {}
    for version in supported():
        if version == here:
            done[version] = "tested by make test"
        elif interpreter := found(version):
            run = subprocess.run(["make", "test-core", f"PYTHON={interpreter}"], cwd=ROOT, check=False)
            done[version] = "failed" if run.returncode else "passed"
        elif "--debian" in sys.argv[1:]:
            done[version] = "passed, from Debian" if in_debian(version) else "failed, from Debian"
        else:
            done[version] = "not on this machine"
    for version, outcome in done.items():
        print(f"Python {version}: {outcome}")
    if any(outcome.startswith("failed") for outcome in done.values()):
        sys.exit(1)


def supported() -> list[str]:
    """The versions that the package is declared for."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    matches = (re.fullmatch(r"Programming Language :: Python :: (3\.\d+)", text) for text in project["classifiers"])
    return [match[1] for match in matches if match]


def found(version: str) -> str | None:
    """An interpreter of this version that can make virtual environments."""
    installed = sorted(Path.home().glob(f".pyenv/versions/{version}.*/bin/python"))
    for name in (f"python{version}", *map(str, installed)):
        try:
            check = subprocess.run([name, "-c", "import ensurepip, venv"], capture_output=True, check=False)
        except OSError:
            continue
        if check.returncode == 0:
            return name
    return None


def in_debian(version: str) -> bool:
    """Whether the tests pass on the Python of this version that Debian has."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        packages = f"python{version},python{version}-venv,make,git,ca-certificates"
        subprocess.run(["debootstrap", "--variant=minbase", f"--include={packages}", SUITE, root], check=True)
        (root / CERTIFICATES[1:]).write_bytes(Path(CERTIFICATES).read_bytes())
        subprocess.run(["git", "clone", "--quiet", ROOT, root / "project"], check=True)
        passed_on = {name: value for name, value in os.environ.items() if name.lower().endswith("_proxy")}
        settings = {**passed_on, "PATH": "/usr/bin:/bin", "HOME": "/root", "LANG": "C.UTF-8", "PIP_CERT": CERTIFICATES}
        with _mounted(root):
            run = subprocess.run(
                ["chroot", root, "make", "-C", "/project", "test-core", f"PYTHON=python{version}"],
                env=settings,
                check=False,
            )
        return run.returncode == 0


@contextmanager
def _mounted(root: Path) -> Generator[None]:
    mounted: list[Path] = []
    try:
        for name in ("proc", "dev"):
            subprocess.run(["mount", "--rbind", f"/{name}", root / name], check=True)
            mounted.append(root / name)
        yield
    finally:
        for place in reversed(mounted):
            subprocess.run(["umount", "--lazy", "--recursive", place], check=True)


if __name__ == "__main__":
    main()
