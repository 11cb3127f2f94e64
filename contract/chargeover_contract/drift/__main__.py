"""``python -m chargeover_contract.drift``."""

import sys

from chargeover_contract.drift.command import main

if __name__ == "__main__":
    sys.exit(main())
