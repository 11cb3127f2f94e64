"""Write the software bill of materials of the wheel with all its extras, at the locked versions, into dist/.

cyclonedx-bom describes an environment that contains nothing else. Its versions hold for this platform and this Python;
the lock file has those of the others.
"""

import json
import re
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path
from typing import Any

from chargeover import __version__
from tools.contract import ROOT
from tools.release.wheel import constraints, extras_of, metadata_of

SCRIPTS = Path(sysconfig.get_path("scripts"))
OF_A_REGISTRY = re.compile(r"https?://(?:[\w-]+\.)*(?:pypi|pythonhosted|npmjs)\.")
"""A package may have come from any mirror, so no registry is named."""


def main() -> None:
    """Write dist/chargeover-VERSION.cdx.json and print how many packages it has."""
    (wheel,) = (ROOT / "dist").glob("chargeover-*.whl")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        python = install(wheel, folder)
        project = folder / "pyproject.toml"
        project.write_text(with_version((ROOT / "pyproject.toml").read_text(encoding="utf-8")), encoding="utf-8")
        made = subprocess.run(
            [SCRIPTS / "cyclonedx-py", "environment", "--pyproject", project, "--mc-type", "library", "--short-PURLs",
             "--output-reproducible", python],
            capture_output=True,
            text=True,
            check=True,
        )  # fmt: skip
        bill = without_registries(made.stdout)
    if found := problems(bill, locked(), wheel):
        sys.exit("\n".join(f"The bill of materials is wrong: {one}." for one in found))
    path = ROOT / "dist" / f"chargeover-{__version__}.cdx.json"
    path.write_text(json.dumps(bill, indent=2) + "\n", encoding="utf-8")
    print(f"{path.name}: {len(bill['components'])} packages")


def install(wheel: Path, folder: Path) -> Path:
    """Install the wheel with its extras, and nothing else, not even pip; returns the interpreter."""
    environment = folder / "environment"
    subprocess.run([SCRIPTS / "uv", "venv", "--quiet", "--python", sys.executable, environment], check=True)
    python = environment / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    requirement = f"chargeover[{','.join(extras_of(wheel))}] @ {wheel.as_uri()}"
    subprocess.run(
        [SCRIPTS / "uv", "pip", "install", "--quiet", "--python", python, "--constraint", constraints(folder),
         requirement],
        check=True,
    )  # fmt: skip
    return python


def with_version(project: str) -> str:
    """pyproject.toml with the version in it, which cyclonedx-bom does not look up elsewhere."""
    text, found = re.subn(r"^dynamic = .*$", f'version = "{__version__}"', project, flags=re.MULTILINE)
    if found != 1:
        raise ValueError("pyproject.toml must have one line that begins with: dynamic =")
    return text


def without_registries(text: str) -> dict[str, Any]:
    """The bill without the links that lead to a registry."""

    def shortened(members: dict[str, Any]) -> dict[str, Any]:
        if links := members.pop("externalReferences", []):
            members["externalReferences"] = [link for link in links if not OF_A_REGISTRY.match(link["url"])]
        return members

    bill: dict[str, Any] = json.loads(text, object_hook=shortened)
    return bill


def locked() -> dict[str, str]:
    """The version of each package in dev.lock, by its normalized name."""
    lines = (ROOT / "requirements" / "dev.lock").read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9-]+)==([^\s;]+)", lines, re.MULTILINE))


def problems(bill: dict[str, Any], versions: dict[str, str], wheel: Path) -> list[str]:
    """What the bill must not have or lack, one line each."""
    found: list[str] = []
    main_component = bill["metadata"]["component"]
    if (main_component["name"], main_component.get("version")) != ("chargeover", __version__):
        found.append(f"it describes {main_component['name']} {main_component.get('version')}")
    packages = {_normal(one["name"]): one["version"] for one in bill["components"]}
    for name, version in packages.items():
        if versions.get(name) != version:
            found.append(f"{name} {version} is not the locked version, {versions.get(name)}")
    required = {_normal(re.split(r"[^\w.-]", line)[0]) for line in requirements_of(wheel)}
    found += [f"{name} is missing" for name in sorted(required - packages.keys() - {"chargeover"})]
    text = json.dumps(bill)
    found += [f"it names {place}" for place in (*OF_A_REGISTRY.findall(text), "file:", str(ROOT)) if place in text]
    return found


def requirements_of(wheel: Path) -> list[str]:
    """What the wheel requires on this platform, alone or with an extra."""
    lines: list[str] = metadata_of(wheel).get_all("Requires-Dist", [])
    return [line for line in lines if sys.platform != "win32" or "win32" not in line]


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


if __name__ == "__main__":
    main()
