"""Drift: whether recordings of a server still agree with openapi.yaml, and with the sandbox."""
