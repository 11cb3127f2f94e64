"""The tests, by subject: see ARCHITECTURE.md."""
