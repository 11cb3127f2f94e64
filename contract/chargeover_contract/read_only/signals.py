"""The signals that tell a process to end."""

import signal
from collections.abc import Callable
from types import FrameType

# A closed terminal, Ctrl-C, kill.
_ENDS = (signal.SIGHUP, signal.SIGINT, signal.SIGTERM)


def when_told_to_end(does: Callable[[int, FrameType | None], None]) -> None:
    """Set what is done then. What this was started to ignore (nohup) stays ignored."""
    for number in _ENDS:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, does)
