"""Write the documents of the sandbox once more as JSON, which it reads faster than YAML when it starts.

In the package of the sandbox and not in generated/, which it does not import.
"""

import json
from pathlib import Path

from chargeover_sandbox.contract.parsing import digest
from tools.contract import PATH, ROOT, Contract, ContractError

SANDBOX = ROOT / "sandbox" / "chargeover_sandbox"
CONTROL = SANDBOX / "control" / "openapi.yaml"


def twins() -> dict[Path, str]:
    """The text of each twin as it should be.

    Raises:
        ContractError: see ``twin_of``.
    """
    return {SANDBOX / "openapi.json": twin_of(PATH), CONTROL.with_suffix(".json"): twin_of(CONTROL)}


def twin_of(path: Path) -> str:
    """The text of the twin of one document.

    Raises:
        ContractError: the document is not YAML, or has something that JSON would change, such as a date.
    """
    text = path.read_text(encoding="utf-8")
    twin = {"sha256": digest(text), "document": Contract.parse(text).root}
    # A line for each value, so that a change of the document is a readable change of the twin.
    rendered = json.dumps(twin, ensure_ascii=False, indent=1, default=str, skipkeys=True)
    if json.loads(rendered) != twin:
        raise ContractError(
            "the whole file", "the sandbox reads it as JSON too: put dates and the keys of mappings in quotes."
        )
    return f"{rendered}\n"
