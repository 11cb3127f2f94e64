"""Knows what the sandbox sends of its own accord: who subscribed to which event, where it may go, how it gets there."""
