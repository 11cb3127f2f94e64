"""``python -m chargeover_sandbox`` and ``chargeover-sandbox``."""

import sys


def main() -> None:
    """Run the command line, or say in one line that the sandbox's dependencies are not installed."""
    try:
        from .serving.command import run
    except ModuleNotFoundError as error:
        sys.exit(
            f"chargeover-sandbox: {error.name} is missing. Install the distribution with its extra: chargeover[sandbox]"
        )
    run()


if __name__ == "__main__":
    main()
