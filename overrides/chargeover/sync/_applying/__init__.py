"""From a plan to changed customers: read again, marked, sent, read back."""
