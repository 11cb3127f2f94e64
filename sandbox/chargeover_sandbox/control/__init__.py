"""The control of a running sandbox, under ``/_sandbox``: not part of the API, and not in openapi.yaml.

Each capability brings its operations (``…_controls``), its Python face (``client/``) and its part of
``control/openapi.yaml``, which decides on paths, methods, parameters and bodies, as openapi.yaml does for the API.
"""
