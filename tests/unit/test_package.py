"""What the packages promise: names, layers, and that generated/ is what openapi.yaml leads to."""

import ast
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import chargeover
import chargeover_sandbox
from tools.generate import package as generated

ROOT = Path(__file__).parents[2]


def test_the_exported_names() -> None:
    assert chargeover.__all__ == [
        "APIConnectionError",
        "APIStatusError",
        "APITimeoutError",
        "AsyncBulkResults",
        "AsyncChargeOver",
        "AsyncCustomerIterator",
        "AsyncCustomers",
        "AsyncCustomersWithRawResponse",
        "AuthenticationError",
        "BadRequestError",
        "BulkError",
        "BulkProgress",
        "BulkRequest",
        "BulkResult",
        "BulkResults",
        "Change",
        "ChargeOver",
        "ChargeOverError",
        "ClosedClientError",
        "Condition",
        "ConfigurationError",
        "Customer",
        "CustomerCreateFields",
        "CustomerIterator",
        "CustomerUpdateFields",
        "Customers",
        "CustomersWithRawResponse",
        "DeliveryMethod",
        "Difference",
        "Errors",
        "Field",
        "InternalServerError",
        "InvalidFieldError",
        "InvalidResponseError",
        "NotFoundError",
        "Order",
        "RateLimitError",
        "RawResponse",
        "ReceivedResponse",
        "RequestOptions",
        "ResponseTooLargeError",
        "RetryEvent",
        "SentRequest",
        "UnexpectedStatusError",
        "UnknownFieldError",
        "Where",
        "__version__",
    ]
    assert chargeover_sandbox.__all__ == ["BUGS", "LIMITS", "Exchange", "LocalSandbox"]


def imports_of(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found


def test_the_layers_point_one_way() -> None:
    sources = {layer: sorted((ROOT / layer).rglob("*.py")) for layer in ("generated", "overrides", "sandbox")}
    assert all(sources.values())
    assert [path.name for path in sources["overrides"] if "chargeover_api" in imports_of(path)] == ["_wire.py"]
    assert not [path for path in sources["overrides"] if "chargeover_sandbox" in imports_of(path)]
    assert not [path for path in sources["sandbox"] if imports_of(path) & {"chargeover", "chargeover_api"}]
    assert not [
        path for path in sources["generated"] if imports_of(path) & {"chargeover", "chargeover_sandbox", "httpx"}
    ]


def test_the_generated_package_is_typed_and_for_httpx2() -> None:
    package = ROOT / "generated" / "chargeover_api"
    assert (package / "py.typed").is_file()
    assert "import httpx2" in (package / "client.py").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        pytest.param(lambda folder: (folder / "types.py").unlink(), "types.py is missing", id="missing"),
        pytest.param(
            lambda folder: (folder / "models" / "old.py").touch(), "models/old.py is left over", id="left over"
        ),
        pytest.param(lambda folder: (folder / "client.py").write_text("# mine\n"), "edited by hand", id="edited"),
        pytest.param(lambda folder: (folder / "py.typed").write_text("\n"), "py.typed is not what", id="one byte"),
    ],
)
def test_drift_is_named_in_both_directions(tmp_path: Path, damage: Callable[[Path], object], sentence: str) -> None:
    committed = ROOT / "generated" / "chargeover_api"
    copy = tmp_path / "chargeover_api"
    shutil.copytree(committed, copy)
    assert generated.drift(committed, copy) == []
    damage(copy)
    assert [sentence in line for line in generated.drift(committed, copy)] == [True]


def test_an_import_touches_neither_the_sandbox_nor_the_tools() -> None:
    code = "import sys, chargeover; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"chargeover_sandbox", "starlette", "yaml", "jsonschema_rs", "httpx"} & set(done.stdout.split())
