"""What else reads openapi.yaml: other generators, and another server. `make portability` runs it all."""
