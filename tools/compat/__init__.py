"""Say whether openapi.yaml still serves everyone whom an earlier version of it served."""
