"""JSON as it comes in answers."""

import json
from decimal import Decimal


def read_json(body: bytes) -> object:
    """The JSON value of a body; None if it is none that can be read."""
    try:
        return json.loads(body)
    except RecursionError:
        return None
    except ValueError:
        pass
    try:
        # Python refuses to read an integer of over 4,300 digits; one such number must not cost the whole answer.
        return json.loads(body, parse_int=Decimal)
    except (ValueError, RecursionError):
        return None
