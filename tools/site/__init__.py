"""The pages of the site that nobody writes: what openapi.yaml and the docstrings say, as Markdown."""
