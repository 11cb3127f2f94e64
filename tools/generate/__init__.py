"""Write generated/chargeover_api from openapi.yaml."""
