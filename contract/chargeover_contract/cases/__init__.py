"""The suite's tests, for pytest: the command runs them, and so does ``pytest --pyargs chargeover_contract.cases``."""
