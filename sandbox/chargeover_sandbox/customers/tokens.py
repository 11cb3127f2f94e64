"""Tokens and made-up names: random, or with a seed value a function of it and of the customer's ID."""

import hashlib
import secrets


class Tokens:
    """Makes tokens. With a seed value, a customer's are the same in every run, whatever was created before it.

    Args:
        seed_value: any whole number; None for unpredictable tokens.
    """

    def __init__(self, seed_value: int | None = None) -> None:
        self._seed_value = seed_value

    def of(self, kind: str, customer_id: int, length: int = 12) -> str:
        """A text of hexadecimal digits.

        Args:
            kind: what it is for, so that a customer's differ from one another.
            customer_id: the customer.
            length: its number of digits, which is even.
        """
        if self._seed_value is None:
            return secrets.token_hex(length // 2)
        return hashlib.sha256(f"{self._seed_value} {kind} {customer_id}".encode()).hexdigest()[:length]
