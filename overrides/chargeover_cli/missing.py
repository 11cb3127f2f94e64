"""What to say where an extra is not installed. This module needs none."""


def sentence(name: str | None, extra: str = "cli") -> str:
    """How to get the extra.

    Args:
        name: the module that is missing.
        extra: the extra that brings it.
    """
    return (
        f"{name} is missing: install the distribution with its extra {extra}, from a clone with "
        f"pip install './chargeover[{extra}]', or from a wheel with pip install 'chargeover-….whl[{extra}]'."
    )
