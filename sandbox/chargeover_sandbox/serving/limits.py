"""What the sandbox does not imitate: printed at start, and part of the documentation."""

LIMITS: tuple[str, ...] = (
    "It serves customers and subscriptions to webhooks, alone and in bulk requests; every other path of the API gets a "
    "400.",
    "It has no invoices, transactions or e-mails; payments and balances are set through /_sandbox.",
    "It checks that customers exist, but not that contacts, classes, terms, workers and so on do.",
    "It has no rate limit unless it is given one, and fails only with a fault or a planted bug.",
    "Error messages that are not published are its own, and so are computed fields such as bill_block.",
    "It speaks plain HTTP: on a network, all that it sends and receives can be read.",
)
