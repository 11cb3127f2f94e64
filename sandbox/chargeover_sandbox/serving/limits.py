"""What the sandbox does not imitate: printed at start, and part of the documentation."""

LIMITS: tuple[str, ...] = (
    "It knows customers, alone and in bulk requests; every other path of the API is a 400 here.",
    "It has no invoices, contacts or e-mails; payments are recorded through /_sandbox/payments.",
    "It does not check that any ID but that of a customer exists: contacts, classes, terms, workers and so on.",
    "It has no rate limit and never answers 429; only a planted bug makes it fail on purpose.",
    "Error messages other than the published ones are its own, and so are computed fields such as bill_block.",
    "It accepts HTTP Basic authentication only, for one user, and speaks plain HTTP: for loopback, not for a network.",
)
