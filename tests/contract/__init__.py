"""The contract suite's tests: see docs/contract.md."""
