"""Bulk requests: calls that travel together, several requests under way at once, and a result for each item."""
