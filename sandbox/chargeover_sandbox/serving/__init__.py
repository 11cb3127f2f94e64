"""Knows how a sandbox is put together and run: as a command, inside a test, on a socket, with its reference."""
