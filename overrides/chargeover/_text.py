"""Text that can be sent: Unicode without halves of surrogate pairs, which UTF-8 cannot carry."""


def half_surrogate(text: str) -> int | None:
    """The position of the first half of a surrogate pair, or None if the text can be sent."""
    if text.isascii():
        return None
    try:
        text.encode()
    except UnicodeEncodeError as error:
        return error.start
    return None
