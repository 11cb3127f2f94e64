"""The tools around openapi.yaml: each folder is one task; contract.py reads the document for all of them."""
