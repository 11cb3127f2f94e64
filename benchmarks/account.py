"""The account and the customer that every server of the benchmarks has."""

import base64

USERNAME = "sandbox"
PASSWORD = "sandbox"
AUTHORIZATION = "Basic " + base64.b64encode(f"{USERNAME}:{PASSWORD}".encode()).decode()
CUSTOMER_ID = 1
PATH = f"/api/v3/customer/{CUSTOMER_ID}"
