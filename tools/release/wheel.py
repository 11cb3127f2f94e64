"""Prove that wheel and sdist work on their own: installed into empty environments, without this checkout.

First the client alone, then with the sandbox extra, where an update goes from one to the other, then with the extra
that shows the reference, with that of the command, with the contract suite, without and with a sandbox to run against,
and last the example shop, whose own tests use the pytest plugin. The description must render, without a dead link. The
sdist must build the same wheel as the checkout does, byte for byte, and work as well.
"""

import re
import shutil
import subprocess
import sys
import tempfile
import venv
from email import message_from_bytes
from email.message import Message
from pathlib import Path
from zipfile import ZipFile

from readme_renderer import markdown

from tools.contract import ROOT

CLIENT = """
import sys, chargeover
assert "site-packages" in chargeover.__file__, chargeover.__file__
client = chargeover.ChargeOver(instance="acme", username="u", password="p")
try:
    from chargeover_sandbox import LocalSandbox
except ModuleNotFoundError as error:
    assert "chargeover[sandbox]" in str(error), error
else:
    raise SystemExit("the sandbox's dependencies came with the client alone")
from chargeover_cli.__main__ import main
try:
    main(["--help"])
except SystemExit as ended:
    assert ended.code == 2, ended.code
else:
    raise SystemExit("the command's dependencies came with the client alone")
print("client", chargeover.__version__, client)
"""
SANDBOX = """
import urllib.request
from chargeover import ChargeOver
from chargeover_sandbox import LocalSandbox
with LocalSandbox() as sandbox:
    for path, words in (("", b"ChargeOver sandbox"), ("_sandbox/page/main.js", b"import")):
        with urllib.request.urlopen(f"{sandbox.url}/{path}") as page:
            assert words in page.read(), path
    with ChargeOver(base_url=sandbox.url, username=sandbox.username, password=sandbox.password) as client:
        customer_id = client.customers.create(company="Acme")
        client.customers.update(customer_id, bill_city="Berlin")
        print("sandbox", client.customers.get(customer_id).bill_city)
"""
COMMAND = """
import subprocess, sysconfig, pathlib
command = pathlib.Path(sysconfig.get_path("scripts")) / "chargeover"
shown = subprocess.run([command, "customers", "update", "--help"], capture_output=True, text=True, check=True)
assert "--bill-city TEXT" in shown.stdout, shown.stdout
alone = subprocess.run([command, "sandbox"], capture_output=True, text=True, check=False)
assert alone.returncode and "chargeover[sandbox]" in alone.stderr, alone.stderr
print("command", command.name)
"""
CONTRACT = """
import subprocess, sys
command = [sys.executable, "-m", "chargeover_contract", "--only", "test_edge[no credentials]", "--no-report"]
done = subprocess.run(command, capture_output=True, text=True)
assert done.returncode == 4 and "chargeover[contract,sandbox]" in done.stderr, done
print("contract", done.stderr.strip())
"""
CONTRACT_ON_A_SANDBOX = CONTRACT.replace(
    'done.returncode == 4 and "chargeover[contract,sandbox]" in done.stderr', "done.returncode == 0"
).replace("done.stderr.strip()", "done.stdout.strip()")
SHOP = """
import pathlib, subprocess, sys
run = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
assert "chargeover" in subprocess.run([*run, "--markers"], capture_output=True, text=True, check=True).stdout
subprocess.run(run, check=True)
subprocess.run([*run, "--chargeover-bugs=update-is-lost,update-hits-neighbour"], check=True)
print("shop", pathlib.Path.cwd().name)
"""
REFERENCE = """
import urllib.request
from chargeover_sandbox import LocalSandbox
with LocalSandbox() as sandbox:
    open_url = urllib.request.build_opener(urllib.request.ProxyHandler({})).open
    for path in ("/docs", "/docs/swagger-ui.js", "/docs/reference.css"):
        with open_url(sandbox.url + path) as response:
            assert response.status == 200, path
print("reference", path)
"""


def main() -> None:
    """Install dist/chargeover-*.whl and the sdist beside it several times, and use them."""
    (wheel,) = (ROOT / "dist").glob("chargeover-*.whl")
    (sdist,) = (ROOT / "dist").glob("chargeover-*.tar.gz")
    check_description(wheel)
    check_sdist(wheel)
    for requirement, code, project in (
        (f"{sdist}", CLIENT, None),
        (f"{wheel}", CLIENT, None),
        (f"chargeover[sandbox] @ {wheel.as_uri()}", SANDBOX, None),
        (f"chargeover[docs] @ {wheel.as_uri()}", REFERENCE, None),
        (f"chargeover[cli] @ {wheel.as_uri()}", COMMAND, None),
        (f"chargeover[contract] @ {wheel.as_uri()}", CONTRACT, None),
        (f"chargeover[contract,sandbox] @ {wheel.as_uri()}", CONTRACT_ON_A_SANDBOX, None),
        (f"chargeover[sandbox] @ {wheel.as_uri()}", SHOP, ROOT / "examples" / "shop"),
    ):
        with tempfile.TemporaryDirectory() as folder:
            venv.create(folder, with_pip=True)
            python = Path(folder) / ("Scripts" if sys.platform == "win32" else "bin") / "python"
            install: list[str | Path] = [python, "-m", "pip", "-qq", "--disable-pip-version-check", "install"]
            cwd = Path(folder)
            packages = [requirement]
            if project:
                packages.append("pytest")
                cwd /= project.name
                shutil.copytree(project, cwd, ignore=shutil.ignore_patterns("__pycache__"))
            subprocess.run([*install, "--constraint", constraints(Path(folder)), *packages], check=True)
            subprocess.run([python, "-W", "error", "-c", code], check=True, cwd=cwd)


def check_description(wheel: Path) -> None:
    """Render the long description as a package index does, and check its links."""
    metadata = metadata_of(wheel)
    if metadata["Description-Content-Type"] != "text/markdown":
        sys.exit(f"The description is not Markdown but {metadata['Description-Content-Type']}")
    text = metadata.get_payload(decode=True)
    html = markdown.render(text.decode() if isinstance(text, bytes) else "")
    if not html or "<h1" not in html:
        sys.exit("The description of the wheel does not render.")
    places = {f"#{name}" for name in re.findall(r'(?:id|name)="([^"]*)"', html)}
    if dead := set(re.findall(r'(?:href|src)="(?!https?:)([^"]*)"', html)) - places:
        sys.exit(f"The description of the wheel has links that lead nowhere: {sorted(dead)}")
    print("description", len(html), "characters of HTML")


def check_sdist(wheel: Path) -> None:
    """Compare the wheel, which `make build` makes of the sdist, with one that is made of the checkout."""
    with tempfile.TemporaryDirectory() as folder:
        build: list[str | Path] = [sys.executable, "-m", "build", "--no-isolation", "--wheel", "--outdir", folder, ROOT]
        subprocess.run(build, check=True, capture_output=True)
        (other,) = Path(folder).glob("*.whl")
        if different := differences(wheel, other):
            sys.exit(f"The sdist builds another wheel than the checkout: {different}")
    print("sdist", "builds the same wheel")


def differences(one: Path, other: Path) -> list[str]:
    """The files in which two wheels differ; the file itself if only their packing does."""
    with ZipFile(one) as left, ZipFile(other) as right:
        names = set(left.namelist()) | set(right.namelist())
        found = [name for name in names if _content(left, name) != _content(right, name)]
    if not found and one.read_bytes() != other.read_bytes():
        found = [one.name]
    return sorted(found)


def _content(archive: ZipFile, name: str) -> bytes | None:
    return archive.read(name) if name in archive.namelist() else None


def metadata_of(wheel: Path) -> Message:
    """The metadata of a wheel."""
    with ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        return message_from_bytes(archive.read(name))


def extras_of(wheel: Path) -> list[str]:
    """The names of a wheel's extras."""
    names: list[str] = metadata_of(wheel).get_all("Provides-Extra", [])
    return sorted(names)


def constraints(folder: Path) -> Path:
    """The locked versions without their hashes: pip takes hashes for all or for none, and the wheel has none."""
    # This lock has the versions of runtime.lock, and those of the contract suite too.
    lines = (ROOT / "requirements" / "dev.lock").read_text(encoding="utf-8").splitlines()
    path = folder / "constraints.txt"
    path.write_text("\n".join(line.rstrip(" \\") for line in lines if not line.startswith(" ")), encoding="utf-8")
    return path


if __name__ == "__main__":
    main()
