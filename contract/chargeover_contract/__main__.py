"""``python -m chargeover_contract``."""

import sys

try:
    from chargeover_contract.command import main
except ModuleNotFoundError as error:
    sys.exit(f"{error.name} is missing. Install the distribution with its extra: chargeover[contract]")

if __name__ == "__main__":
    sys.exit(main())
