"""``python -m chargeover_sandbox`` and ``chargeover-sandbox``."""

import sys


def main(arguments: list[str] | None = None, prog: str = "chargeover-sandbox") -> None:
    """Run the command line, or say in one line that the sandbox's dependencies are not installed.

    Args:
        arguments: the words after the name of the command; None for those of the process.
        prog: the name of the command.
    """
    try:
        from .serving.command import run
    except ModuleNotFoundError as error:
        sys.exit(f"{prog}: {error.name} is missing. Install the distribution with its extra: chargeover[sandbox]")
    run(arguments, prog)


if __name__ == "__main__":
    main()
