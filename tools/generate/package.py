"""Write generated/chargeover_api from openapi.yaml, or check that it is what would be written.

`python -m tools.generate.package` rewrites the package, the docstrings of the client that list the contract's fields,
and the documents of the sandbox as JSON. With `--check` it writes to a temporary folder and compares bytes in both
directions: it names each file that is missing, left over or different, with exit status 1.
"""

import argparse
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path
from typing import Any

import openapi_spec_validator
from openapi_spec_validator.validation.exceptions import OpenAPIValidationError

from tools.contract import PATH, ROOT, Contract, ContractError
from tools.generate.descriptions import render_descriptions
from tools.generate.docstrings import rendered
from tools.generate.fields import render_fields
from tools.generate.lazy import lazy_package
from tools.generate.operations import render_operations
from tools.generate.requests import render_requests
from tools.generate.twins import twins

PACKAGE = ROOT / "generated" / "chargeover_api"
SCRIPTS = Path(sysconfig.get_path("scripts"))

# The generated models tell by ``is UNSET`` what was not given, so a copy or an unpickled one must be the same object.
UNSET_CLASS = "class Unset:\n"
UNSET_REDUCED = f'{UNSET_CLASS}    def __reduce__(self) -> str:\n        return "UNSET"\n\n'

# Isolated and spelled out, so that no configuration file changes a byte.
RUFF = ("--isolated", "--no-cache", "--line-length=120", "--target-version=py311")


def generate(package: Path, contract: Path = PATH) -> None:
    """Write the package of a contract into the folder ``package``, which must not exist yet.

    Raises:
        ContractError: the document is not valid, or has something that the client could not offer.
    """
    document = Contract.load(contract)
    validate(document)
    # Rendered first, so that a problem of the document is reported before openapi-python-client stumbles over it.
    modules = {
        "descriptions.py": render_descriptions(document),
        "fields.py": render_fields(document),
        "operations.py": render_operations(document),
        "requests.py": render_requests(document),
    }
    _run(
        "openapi-python-client", "generate", "--path", contract, "--meta", "none", "--output-path", package,
        "--config", Path(__file__).with_name("openapi_generator.yaml"), "--fail-on-warning",
    )  # fmt: skip
    for source in sorted(package.rglob("*.py")):
        text = source.read_text(encoding="utf-8").replace(UNSET_CLASS, UNSET_REDUCED)
        # httpx2 is the maintained continuation of httpx, with the same names; the generator knows only httpx.
        text = re.sub(r"\bhttpx\b", "httpx2", text)
        source.write_text(lazy_package(text) if source.name == "__init__.py" else text, encoding="utf-8", newline="\n")
    for name, text in modules.items():
        (package / name).write_text(text, encoding="utf-8", newline="\n")
    (package / "py.typed").write_bytes(b"")
    _run("ruff", "check", *RUFF, "--fix-only", "--quiet", "--select=F401,I,UP", package)
    _run("ruff", "format", *RUFF, "--quiet", package)


def validate(document: Contract) -> None:
    """Hold a document against the OpenAPI specification.

    Raises:
        ContractError: it is not valid.
    """
    document.check_references()
    for path in document.root.get("paths", {}):
        if not path.startswith("/"):
            raise ContractError(f"paths.{path}", "a path must begin with a slash; put an extension elsewhere.")
    try:
        openapi_spec_validator.validate(document.root)
    except OpenAPIValidationError as error:
        found = _deepest(error)
        place = ".".join(map(str, found.absolute_path)) or "the whole file"
        raise ContractError(place, f"not valid OpenAPI: {found.message.splitlines()[0][:200]}.") from None


def _deepest(error: Any) -> Any:
    """The cause that lies deepest in the document: of several alternatives, the one that was nearly met."""
    return max((_deepest(one) for one in error.context), key=lambda one: len(one.absolute_path), default=error)


def drift(expected: Path, actual: Path) -> list[str]:
    """One sentence for each file in which the two folders differ, in the order of their names."""
    want, have = _contents(expected), _contents(actual)
    sentences: list[str] = []
    for name in sorted(want.keys() | have.keys()):
        if name not in have:
            sentences.append(f"{name} is missing")
        elif name not in want:
            sentences.append(f"{name} is left over: openapi.yaml does not produce it")
        elif want[name] != have[name]:
            sentences.append(f"{name} is not what openapi.yaml produces: stale, or edited by hand")
    return sentences


def _contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def _text(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None


def _shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _run(program: str, *arguments: str | Path) -> None:
    done = subprocess.run([SCRIPTS / program, *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{program} failed with exit status {done.returncode}:\n{done.stdout}{done.stderr}")


def main() -> None:
    """Run the command line described at the top of this file."""
    parser = argparse.ArgumentParser(description="Generate the client package from openapi.yaml.")
    parser.add_argument("--check", action="store_true", help="write nothing, fail on any difference")
    check: bool = parser.parse_args().check
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / PACKAGE.name
        try:
            generate(fresh)
            beside = {**rendered(Contract.load(PATH)), **twins()}
        except ContractError as error:
            sys.exit(str(error))
        if check:
            if stale := [_shown(path) for path, text in beside.items() if _text(path) != text]:
                sys.exit(
                    f"Out of step with openapi.yaml: {', '.join(stale)}. Run `make generate` and commit the result."
                )
            if sentences := drift(fresh, PACKAGE):
                lines = "".join(f"  generated/{PACKAGE.name}/{sentence}\n" for sentence in sentences)
                sys.exit(f"generated/ does not match openapi.yaml:\n{lines}Run `make generate` and commit the result.")
            print("generated/ matches openapi.yaml.")
            return
        # Deleted first: overwriting leaves files behind that the contract no longer produces.
        shutil.rmtree(PACKAGE, ignore_errors=True)
        shutil.copytree(fresh, PACKAGE, ignore=shutil.ignore_patterns("__pycache__"))
    for path, text in beside.items():
        path.write_text(text, encoding="utf-8", newline="\n")
    print(f"Wrote {len(_contents(PACKAGE))} files to generated/{PACKAGE.name}.")


if __name__ == "__main__":
    main()
