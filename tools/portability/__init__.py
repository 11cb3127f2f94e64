"""Other programs that read openapi.yaml: generators, and another server. `make portability` runs them."""
