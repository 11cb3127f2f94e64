"""Equality of JSON values: unlike to Python, 1 is neither true nor 1.0."""


def is_same(one: object, other: object) -> bool:
    """Whether two JSON values, neither of them an object, are the same."""
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(is_same, one, other))
    return type(one) is type(other) and one == other
