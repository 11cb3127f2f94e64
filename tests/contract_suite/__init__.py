"""The contract suite: what tests/contract runs against a server that claims openapi.yaml, whoever wrote it."""
