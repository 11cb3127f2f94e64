"""The interactive reference, as a page of the site, and openapi.yaml beside it under stable paths."""

import re
import subprocess
from pathlib import Path

from chargeover_sandbox.serving.reference import Reference
from tools.contract import Contract

SANDBOX = "http://127.0.0.1:8080"
_PAGE = """# REST reference

[Open the interactive reference](interactive/index.html){{ .md-button .md-button--primary }}

It lists every operation with its parameters, bodies and responses, and sends requests. They go to a sandbox on your own
machine and nowhere else: the key of a real account does not belong in a web form. Start the sandbox so that it accepts
requests from this page:

    .venv/bin/python -m chargeover_sandbox --allow-origin {origin}

The origin is the start of the address in your browser, such as `http://127.0.0.1:8000` for `make docs-serve`, which
starts a sandbox by itself. A browser may ask first whether a page of the Internet may reach your
machine. The user name and the password, `sandbox` and `sandbox`, are filled in.

Opened from a folder, without a server, the reference can be read but sends nothing: such a page has no origin. And
JavaScript rounds the largest ID; [Fields](fields.md) has it exactly.

A sandbox that was installed with the extra `docs`, or by `make demo`, shows the same reference at
<{sandbox}/docs>, and needs no option for it. A sandbox on another port is named in the address,
`interactive/index.html?sandbox=http://127.0.0.1:8123`; `make docs-serve` does that by itself.

The same facts without JavaScript, and in the search: [Operations](operations.md), [Fields](fields.md).

## The document itself

`openapi.yaml` as it is in the repository, byte for byte. The path of a release stays.

| version | document |
|---|---|
{rows}
"""


def rest_page(versions: list[str]) -> str:
    """The page that leads to the reference."""
    rows = "\n".join(f"| {one} | [openapi/{one}/openapi.yaml](../openapi/{one}/openapi.yaml) |" for one in versions)
    return _PAGE.format(origin="http://127.0.0.1:8000", sandbox=SANDBOX, rows=rows)


def interactive(document: Contract) -> dict[str, bytes]:
    """The interactive reference: each file's bytes, by its name.

    Raises:
        FileNotFoundError: the package that carries Swagger UI is not installed.
    """
    reference = Reference()
    page = reference.page(
        document.root,
        assets="",
        home='<a href="../rest.html">chargeover (unofficial)</a>',
        settings={"server": SANDBOX, "username": "sandbox", "password": "sandbox"},
    )
    contents = {"index.html": page.encode()}
    for name in reference.assets:
        content = reference.asset(name)
        if content is None:
            raise FileNotFoundError(f"{name}: install the extra chargeover[docs]")
        contents[name] = content
    return contents


def documents(root: Path, version: str) -> dict[str, bytes]:
    """openapi.yaml of every release, of this version, and the latest: each one's bytes, by version.

    A release keeps its path and its bytes: where this version was tagged already, the tag's are published under it.
    """
    current = (root / "openapi.yaml").read_bytes()
    return {"latest": current, version: current} | _released(root)


def _released(root: Path) -> dict[str, bytes]:
    """openapi.yaml of every tag that has one. A source archive has no tags, wherever it was unpacked."""
    found: dict[str, bytes] = {}
    # Inside another repository's working tree the tags are not ours.
    if _git(root, "rev-parse", "--show-prefix").strip():
        return found
    for tag in _git(root, "tag", "--list", "v*").decode().split():
        content = _git(root, "show", f"{tag}:openapi.yaml") if re.fullmatch(r"v\d+\.\d+\.\d+\S*", tag) else b""
        if content:
            found[tag[1:]] = content
    return found


def _git(root: Path, *arguments: str) -> bytes:
    """The output of git; empty if it fails or is not installed."""
    try:
        return subprocess.run(["git", *arguments], cwd=root, capture_output=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return b""
