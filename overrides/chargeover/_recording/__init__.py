"""Recordings of what a client sends and receives: without secrets, and with stand-ins for all values."""
