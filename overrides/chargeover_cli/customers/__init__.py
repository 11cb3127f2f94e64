"""``chargeover customers``: the operations on customers."""
