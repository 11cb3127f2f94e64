"""Clients that other generators write, each compiled by its language's own compiler, in a folder of its own."""

import shutil
import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from tools.contract import PATH
from tools.portability.places import HERE, MODULES, NODE, SCRIPTS, node_version, run

_WITHOUT_PAPER = "apiDocs=false,modelDocs=false,apiTests=false,modelTests=false"
_TSC = MODULES / "typescript" / "bin" / "tsc"
_TSC_OPTIONS = ("--noEmit", "--strict", "--target", "es2022", "--module", "es2022", "--moduleResolution", "bundler")


class Client(NamedTuple):
    """A client: its generator, its language, and how it is written and compiled in an empty folder."""

    generator: str
    version: Callable[[], str]
    language: str
    make: Callable[[Path], None]


def python_client(folder: Path) -> None:
    """Write the Python client, compile every file, and import every name of the package."""
    _generate("python", folder)
    run(sys.executable, "-m", "compileall", "-q", folder / "openapi_client", folder=folder)
    # Some modules are loaded only when their name is first used.
    names = "import openapi_client as package; [getattr(package, name) for name in package.__all__]"
    run(sys.executable, "-W", "error", "-c", names, folder=folder)


def _go(folder: Path) -> None:
    _generate("go", folder)
    # Nothing from outside: the client needs only Go's own library, and the compiler must not fetch another compiler.
    closed = {"GOPROXY": "off", "GOTOOLCHAIN": "local", "GOFLAGS": "-mod=mod", "GOPATH": str(folder / ".path")}
    run(SCRIPTS / "go", "build", "./...", folder=folder, environment={**closed, "GOCACHE": str(folder / ".cache")})


def _typescript_fetch(folder: Path) -> None:
    _generate("typescript-fetch", folder)
    run(NODE, _TSC, *_TSC_OPTIONS, "--lib", "es2022,dom", folder / "index.ts", folder=folder)


def _openapi_typescript(folder: Path) -> None:
    program = MODULES / "openapi-typescript" / "bin" / "cli.js"
    run(NODE, program, PATH, "--output", folder / "schema.ts", folder=folder)
    # Types alone prove little: usage.ts has values that must fit them, and values that must not.
    usage = (HERE / "usage.ts").read_text(encoding="utf-8")
    (folder / "usage.ts").write_text(usage, encoding="utf-8")
    run(NODE, _TSC, *_TSC_OPTIONS, folder / "usage.ts", folder=folder)


def _generate(language: str, folder: Path) -> None:
    program = SCRIPTS / "openapi-generator-cli"
    # It takes a path for a URL: this checkout's may have a space.
    shutil.copyfile(PATH, folder / "contract.yaml")
    options = ("--generator-name", language, "--global-property", _WITHOUT_PAPER)
    run(program, "generate", "--input-spec", "contract.yaml", "--output", folder, *options, folder=folder)


def _openapi_generator() -> str:
    return version("openapi-generator-cli")


CLIENTS = (
    Client("openapi-generator", _openapi_generator, "Python", python_client),
    Client("openapi-generator", _openapi_generator, "Go", _go),
    Client("openapi-generator", _openapi_generator, "TypeScript", _typescript_fetch),
    Client("openapi-typescript", lambda: node_version("openapi-typescript"), "TypeScript", _openapi_typescript),
)
