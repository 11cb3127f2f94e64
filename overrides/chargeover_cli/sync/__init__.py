"""``chargeover sync``: a thin face of ``chargeover.sync``."""
