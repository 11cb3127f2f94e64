"""Run the tests of client and sandbox on the Pythons of this machine and, with --debian, on those that it lacks.

A version that the machine lacks can come from Debian's packages: into a folder of its own, by debootstrap, which needs
root. Nothing outside this folder changes.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

from tools.contract import ROOT

SUITE = "sid"
"""The release of Debian that has the newest Python."""
CERTIFICATES = "/etc/ssl/certs/ca-certificates.crt"

MOUNT_AND_ENTER = (
    'root=$1; shift; mount --rbind /proc "$root/proc"; mount --rbind /dev "$root/dev"; chroot "$root" "$@"'
)


def main() -> None:
    """Test each version and print what was done; exit status 1 if a test failed."""
    here = f"{sys.version_info.major}.{sys.version_info.minor}"
    done: dict[str, str] = {}
    from_debian = "--debian" in sys.argv[1:]
    if from_debian and (os.geteuid() != 0 or not shutil.which("debootstrap")):
        sys.exit("Debian's Pythons need root and debootstrap: apt-get install debootstrap")
    for version in supported():
        if version == here:
            done[version] = "tested by make test"
        elif interpreter := found(version):
            run = subprocess.run(["make", "test-core", f"PYTHON={interpreter}"], cwd=ROOT, check=False)
            done[version] = "failed" if run.returncode else "passed"
        elif from_debian:
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
        root = Path(folder, "debian")  # which every user may enter, unlike the temporary folder
        packages = f"python{version},python{version}-venv,make,git,ca-certificates"
        subprocess.run(["debootstrap", "--variant=minbase", f"--include={packages}", SUITE, root], check=True)
        (root / CERTIFICATES[1:]).write_bytes(Path(CERTIFICATES).read_bytes())
        subprocess.run(["git", "clone", "--quiet", ROOT, root / "project"], check=True)
        proxies = [f"{name}={value}" for name, value in os.environ.items() if name.lower().endswith("_proxy")]
        settings = ["PATH=/usr/bin:/bin", "HOME=/root", "LANG=C.UTF-8", f"PIP_CERT={CERTIFICATES}", *proxies]
        test = ["make", "-C", "/project", "test-core", f"PYTHON=python{version}"]
        # In a namespace of its own, so that the mounts end with it, before the folder is deleted.
        run = subprocess.run(
            ["unshare", "--mount", "sh", "-ec", MOUNT_AND_ENTER, "-", root, "env", "-i", *settings, *test], check=False
        )
        return run.returncode == 0


if __name__ == "__main__":
    main()
