"""``chargeover profiles``: the named accounts in the file of the profiles."""
