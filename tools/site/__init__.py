"""The site: its build, and the pages that are written from openapi.yaml and the docstrings."""
