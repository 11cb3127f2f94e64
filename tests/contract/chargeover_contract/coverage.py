"""Which documented responses a run has seen, and which it has not."""

from collections.abc import Iterable
from pathlib import Path

from .document import NOT_ON_REQUEST, OPERATIONS, operation_at, path_of


class Coverage:
    """The statuses that a server gave, by operation; those of a method that a path lacks, by path."""

    def __init__(self) -> None:
        self._answers: set[tuple[str, int]] = set()
        self._refused_paths: set[str] = set()

    def note(self, method: str, url_path: str, status: int) -> None:
        """Note an answer to a request for a path, or for a template of the document."""
        operation = operation_at(method, url_path)
        if operation:
            self._answers.add((operation.name, status))
        if status == 405 and (path := path_of(url_path)):
            self._refused_paths.add(path)

    def missing(self, excluded: Iterable[str] = ()) -> list[str]:
        """The documented responses that no request got, as ``operation status``.

        429 and 500 do not count: no request can ask for them. A 405 is the path's: it is reached by a method that none
        of its operations has.

        Args:
            excluded: operations that the server does not have.
        """
        return sorted(
            f"{operation.name} {status}"
            for operation in OPERATIONS.values()
            if operation.name not in set(excluded)
            for status in operation.statuses - NOT_ON_REQUEST
            if (operation.name, status) not in self._answers
            and not (status == 405 and operation.path in self._refused_paths)
        )


def whole_lines(path: Path) -> list[str]:
    """The whole lines of a file, if it is there. A killed process may leave half a line."""
    return path.read_bytes().rpartition(b"\n")[0].decode().splitlines() if path.exists() else []
