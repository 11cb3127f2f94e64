"""Prove that the wheel works where nothing else is: installed into empty environments, without this checkout.

First the client alone, then with the sandbox extra, where an update travels from one to the other.
"""

import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
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
print("client", chargeover.__version__, client)
"""
SANDBOX = """
from chargeover import ChargeOver
from chargeover_sandbox import LocalSandbox
with LocalSandbox() as sandbox:
    with ChargeOver(base_url=sandbox.url, username=sandbox.username, password=sandbox.password) as client:
        customer_id = client.customers.create(company="Acme")
        client.customers.update(customer_id, bill_city="Berlin")
        print("sandbox", client.customers.get(customer_id).bill_city)
"""


def main() -> None:
    """Install dist/chargeover-*.whl twice and use it."""
    (wheel,) = (ROOT / "dist").glob("chargeover-*.whl")
    for requirement, code in ((f"{wheel}", CLIENT), (f"chargeover[sandbox] @ {wheel.as_uri()}", SANDBOX)):
        with tempfile.TemporaryDirectory() as folder:
            venv.create(folder, with_pip=True)
            python = Path(folder) / ("Scripts" if sys.platform == "win32" else "bin") / "python"
            install: list[str | Path] = [python, "-m", "pip", "-qq", "--disable-pip-version-check", "install"]
            subprocess.run([*install, "--constraint", _constraints(Path(folder)), requirement], check=True)
            subprocess.run([python, "-W", "error", "-c", code], check=True, cwd=folder)


def _constraints(folder: Path) -> Path:
    """The locked versions without their hashes: pip wants hashes for everything or for nothing, the wheel included."""
    lines = (ROOT / "requirements" / "runtime.lock").read_text(encoding="utf-8").splitlines()
    path = folder / "constraints.txt"
    path.write_text("\n".join(line.rstrip(" \\") for line in lines if not line.startswith(" ")), encoding="utf-8")
    return path


if __name__ == "__main__":
    main()
