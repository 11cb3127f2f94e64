"""Write requirements/*.lock from pyproject.toml: names, versions and hashes, never a download address."""

import subprocess
import sysconfig
from pathlib import Path

from tools.contract import ROOT

UV = Path(sysconfig.get_path("scripts")) / "uv"
# Which extras and groups each file locks, besides the extra docs, and which files it must agree with.
LOCKS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "runtime": (("--group", "editable"), ()),
    "dev": (("--extra", "cli", "--extra", "contract", "--group", "dev"), ("runtime",)),
    "dask": (("--extra", "cli", "--group", "dask"), ("runtime", "dev")),
    "bench": (("--group", "bench"), ("runtime", "dev")),
    "portability": (("--group", "portability"), ("runtime", "dev")),
    "docs": (("--group", "docs"), ("runtime", "dev")),
}


def main() -> None:
    """Resolve every lock file anew, for all platforms and Python 3.11 or newer."""
    for name, (more, constraints) in LOCKS.items():
        agree = [word for other in constraints for word in ("--constraints", f"requirements/{other}.lock")]
        subprocess.run(
            [UV, "pip", "compile", "pyproject.toml", "--extra", "docs", *more, *agree,
             "--output-file", f"requirements/{name}.lock", "--universal", "--python-version", "3.11",
             "--generate-hashes", "--no-header", "--no-annotate", "--no-emit-index-url", "--quiet"],
            cwd=ROOT,
            check=True,
        )  # fmt: skip


if __name__ == "__main__":
    main()
