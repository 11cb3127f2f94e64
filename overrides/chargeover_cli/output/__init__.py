"""How results are written: as a table, JSON or CSV."""
