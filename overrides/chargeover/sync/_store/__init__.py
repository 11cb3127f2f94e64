"""The file of a plan: its tables, how it is made and opened, and who may apply it."""
