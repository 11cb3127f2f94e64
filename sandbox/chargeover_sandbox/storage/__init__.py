"""Knows the SQLite database: its file, its connection and its transactions. It knows no table."""
