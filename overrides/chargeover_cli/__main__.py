"""``chargeover`` and ``python -m chargeover_cli``."""

import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit, or say in one sentence that the command's dependencies are not installed.

    Args:
        arguments: the words after the name of the command; None for those of the process.
    """
    try:
        from .running import run
    except ModuleNotFoundError as error:
        from .missing import sentence

        sys.exit(_complain(sentence(error.name)))
    except KeyboardInterrupt:
        sys.exit(130)
    sys.exit(run(arguments))


def _complain(text: str) -> int:
    print(f"chargeover: {text}", file=sys.stderr)
    return 2


if __name__ == "__main__":
    main()
