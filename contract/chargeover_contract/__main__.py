"""``python -m chargeover_contract``."""

import sys

from chargeover_contract.command import main

if __name__ == "__main__":
    sys.exit(main())
