"""The contract suite: requests and rules for any server that claims to keep openapi.yaml."""
