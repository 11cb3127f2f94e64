"""Knows what openapi.yaml allows: operations, schemas, requests and responses. It knows no resource."""
