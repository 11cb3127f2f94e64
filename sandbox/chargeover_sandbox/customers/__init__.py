"""Knows customers: their operations, business rules, queries and tables. It knows no HTTP."""
