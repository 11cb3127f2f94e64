"""What the packages promise: names, layers, and that generated/ is what openapi.yaml leads to."""

import ast
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest
import yaml

import chargeover
import chargeover_sandbox
from tests.project.imports import imported_names
from tools.generate import package as generated

ROOT = Path(__file__).parents[2]


def test_the_exported_names() -> None:
    assert chargeover.__all__ == [
        "APIConnectionError",
        "APIStatusError",
        "APITimeoutError",
        "AsyncBulkResults",
        "AsyncCallNext",
        "AsyncChargeOver",
        "AsyncCustomerIterator",
        "AsyncCustomers",
        "AsyncCustomersWithRawResponse",
        "AsyncMiddleware",
        "AsyncRowIterator",
        "AsyncWebhooks",
        "AuthenticationError",
        "BadRequestError",
        "BulkError",
        "BulkProgress",
        "BulkRequest",
        "BulkResult",
        "BulkResults",
        "CallNext",
        "Change",
        "ChargeOver",
        "ChargeOverError",
        "Clock",
        "ClosedClientError",
        "Condition",
        "ConfigurationError",
        "Credentials",
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
        "InvalidRequestError",
        "InvalidResponseError",
        "KeyedChange",
        "Middleware",
        "NotFoundError",
        "Order",
        "OutgoingRequest",
        "RateLimitError",
        "RawEnvelope",
        "RawResponse",
        "ReceivedResponse",
        "RequestOptions",
        "ResponseTooLargeError",
        "RetryEvent",
        "RowIterator",
        "SentRequest",
        "StandIns",
        "UnexpectedStatusError",
        "UnknownFieldError",
        "Upserted",
        "Webhooks",
        "Where",
        "__version__",
    ]
    assert chargeover_sandbox.__all__ == ["BUGS", "LIMITS", "Exchange", "Fault", "LocalSandbox", "RemoteSandbox"]


def test_each_name_is_imported_late_from_where_type_checkers_find_it() -> None:
    """The table of the package and its imports under TYPE_CHECKING say the same."""
    tree = ast.parse(Path(chargeover.__file__).read_text(encoding="utf-8"))
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.level and node.module]
    places = {node.module: tuple(alias.name for alias in node.names) for node in imports}
    assert places.pop("_version") == ("__version__",)
    assert {*chargeover.__all__} == {"__version__", *(name for names in places.values() for name in names)}
    for module, names in places.items():
        for name in names:
            assert getattr(chargeover, name) is getattr(import_module(f"chargeover.{module}"), name)
    assert {"webhooks", *chargeover.__all__} <= {*dir(chargeover)}
    with pytest.raises(AttributeError, match="module 'chargeover' has no attribute 'Costumer'"):
        _ = chargeover.Costumer  # type: ignore[attr-defined]  # pyright: ignore


def imports_of(path: Path, root: Path) -> set[str]:
    """The dotted names that a file imports; relative imports start below a source root."""
    return {*imported_names(path, ".".join(path.relative_to(root).parts[:-1]))}


def packages_of(path: Path, layer: str) -> set[str]:
    return {name.partition(".")[0] for name in imports_of(path, ROOT / layer)}


def test_the_layers_point_one_way() -> None:
    sources = {layer: sorted((ROOT / layer).rglob("*.py")) for layer in ("generated", "overrides", "sandbox")}
    assert all(sources.values())
    assert [
        path.relative_to(ROOT / "overrides").as_posix()
        for path in sources["overrides"]
        if "chargeover_api" in packages_of(path, "overrides")
    ] == ["chargeover/_wire.py", "chargeover_cli/inside.py"]
    client = [path for path in sources["overrides"] if path.is_relative_to(ROOT / "overrides" / "chargeover")]
    assert client
    assert not [path for path in client if "chargeover_cli" in packages_of(path, "overrides")]
    assert not [path for path in sources["overrides"] if "chargeover_sandbox" in packages_of(path, "overrides")]
    server = [path for path in sources["sandbox"] if path.is_relative_to(ROOT / "sandbox" / "chargeover_sandbox")]
    assert server
    assert not [path for path in server if packages_of(path, "sandbox") & {"chargeover", "chargeover_api", "pytest"}]
    assert not [path for path in sources["sandbox"] if "chargeover_api" in packages_of(path, "sandbox")]
    assert not [path for path in sources["overrides"] if "chargeover_pytest" in packages_of(path, "overrides")]
    assert not [path for path in server if "chargeover_pytest" in packages_of(path, "sandbox")]
    assert not [
        path
        for path in sources["generated"]
        if packages_of(path, "generated") & {"chargeover", "chargeover_sandbox", "httpx"}
    ]


def test_the_contract_suite_knows_no_more_than_any_user_has() -> None:
    """It is for any server: the client's public names and installed packages, nothing of this repository's own."""
    suite = ROOT / "contract"
    names = {name for file in suite.rglob("*.py") for name in imports_of(file, suite)}
    foreign = {name.partition(".")[0] for name in names} - sys.stdlib_module_names
    assert foreign == {
        "chargeover", "chargeover_contract", "httpx2", "hypothesis", "jsonschema_rs", "pytest", "requests",
        "schemathesis", "yaml",
    }  # fmt: skip
    of_the_client = {name for name in names if name.partition(".")[0] == "chargeover"}
    assert of_the_client <= {f"chargeover.{name}" for name in chargeover.__all__}


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


@pytest.mark.parametrize(
    ("code", "unwanted"),
    [
        ("import chargeover", {"chargeover._base_client", "dataclasses", "typing_extensions"}),
        ("from chargeover import ChargeOver", {"httpx2", "httpcore2", "anyio", "asyncio", "ssl", "chargeover_api"}),
        (
            "from chargeover import ChargeOver; ChargeOver(instance='acme', username='u', password='p')",
            {"httpx2", "httpcore2", "anyio", "asyncio"},
        ),
        ("from chargeover import ChargeOver; ChargeOver", {"chargeover_api.client", "chargeover_api.models.customer"}),
    ],
)
def test_an_import_loads_what_it_needs(code: str, unwanted: set[str]) -> None:
    environment = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
    command = [sys.executable, "-I", "-S", "-c", f"import sys; sys.path += {sys.path!r}; {code}; print(*sys.modules)"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert not unwanted & set(done.stdout.split())


def test_every_action_of_a_workflow_is_pinned_by_its_hash() -> None:
    files = [*(ROOT / ".github" / "workflows").glob("*.yml"), ROOT / "contract" / "action.yml"]
    used = {
        line.partition("uses:")[2].split()[0]
        for file in files
        for line in file.read_text(encoding="utf-8").splitlines()
        if line.lstrip(" -").startswith("uses:")
    }
    assert len(used) >= 3
    assert not [one for one in used if not re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", one)]
    inputs = yaml.safe_load((ROOT / "contract" / "action.yml").read_text(encoding="utf-8"))["inputs"]
    assert all(one["description"] for one in inputs.values())
