"""Files of results."""

import os
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from chargeover_cli.statuses import CommandError


@contextmanager
def complete_file(path: Path) -> Generator[IO[str]]:
    """A file that takes its name when it is complete, and that others cannot read."""
    try:
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise CommandError(f"{path} cannot be written: {error.strerror}.") from None
    try:
        with open(descriptor, "w", encoding="utf-8", errors="backslashreplace", newline="") as stream:  # noqa: PTH123
            yield stream
        os.replace(name, path)  # noqa: PTH105
    except OSError as error:
        Path(name).unlink(missing_ok=True)
        raise CommandError(f"{path} cannot be written: {error.strerror}.") from None
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
