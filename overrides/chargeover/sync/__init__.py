"""Brings ChargeOver up to date with rows of another system: plan, look, apply, undo."""
