"""Named accounts in a file, and ``chargeover profiles``, which keeps it."""
