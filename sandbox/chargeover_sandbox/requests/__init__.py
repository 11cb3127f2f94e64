"""Knows how a request becomes a response: the order of the checks, for any resource that it is given."""
