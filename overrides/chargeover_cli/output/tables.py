"""A table, written while its lines come: the first ones decide how wide its columns are."""

import os
from collections.abc import Sequence
from typing import IO

from chargeover_cli.terminal import is_terminal

_GAP = 2


class Table:
    """A table on a stream. Rich lays it out on a terminal; a file or a pipe gets every text whole and no colour.

    Args:
        stream: where to.
    """

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream
        self._widths: list[int] = []

    def write(self, lines: Sequence[Sequence[str]], has_head: bool) -> None:
        """Write some more lines.

        Args:
            lines: the texts of their cells.
            has_head: whether the first of them is the head.
        """
        if not lines:
            return
        if is_terminal(self._stream):
            self._write_on_terminal(lines, has_head)
            return
        self._widths = self._widths or [max(map(len, column)) for column in zip(*lines, strict=True)]
        for line in lines:
            cells = (text.ljust(width + _GAP) for text, width in zip(line, self._widths, strict=True))
            self._stream.write("".join(cells).rstrip() + "\n")

    def _write_on_terminal(self, lines: Sequence[Sequence[str]], has_head: bool) -> None:
        # Imported only here: it takes as long as a request.
        from rich.cells import cell_len
        from rich.console import Console
        from rich.table import Table

        console = Console(file=self._stream, markup=False, emoji=False, highlight=False)
        head, rows = (lines[0], lines[1:]) if has_head else ([""] * len(lines[0]), lines)
        if not self._widths:
            natural = [max(map(cell_len, column)) for column in zip(*lines, strict=True)]
            self._widths = _fitting(natural, head, console.width - _GAP * (len(natural) - 1))
        style = "" if os.environ.get("NO_COLOR") else "bold"
        table = Table(box=None, show_header=has_head, header_style=style, pad_edge=False, padding=(0, _GAP, 0, 0))
        for name, width in zip(head, self._widths, strict=True):
            table.add_column(name, width=width, overflow="fold")
        for row in rows:
            table.add_row(*row)
        console.print(table)


def _fitting(widths: Sequence[int], names: Sequence[str], room: int) -> list[int]:
    """Widths that fit into the room, the widest made narrower; the names of columns stay whole as long as possible."""
    fitting = [*widths]
    while sum(fitting) > room and max(fitting) > 1:
        spare = [number for number, name in enumerate(names) if fitting[number] > len(name)]
        fitting[max(spare or range(len(fitting)), key=fitting.__getitem__)] -= 1
    return fitting
