"""Numbers and short texts among the arguments: valid, or a ConfigurationError that says what would be."""

import math
from datetime import tzinfo

from chargeover._errors import ConfigurationError


def check_whole_number(name: str, value: object, least: int) -> None:
    """Refuse anything except a whole number from ``least`` up. None means the default.

    Raises:
        ConfigurationError.
    """
    if value is not None and (not isinstance(value, int) or isinstance(value, bool) or value < least):
        raise ConfigurationError(f"{name}={value!r} must be a whole number, {least} or more.")


def check_above_zero(name: str, value: object, unit: str) -> None:
    """Refuse anything except a finite number above 0. None means the default.

    Raises:
        ConfigurationError.
    """
    if value is None:
        return
    if not isinstance(value, (int, float)) or isinstance(value, bool) or not 0 < value < math.inf:
        raise ConfigurationError(f"{name}={value!r} must be a finite number of {unit} above 0.")
    if value > 1e9:
        raise ConfigurationError(f"{name} is too large a number of {unit}.")


def checked_zone(timezone: str | tzinfo | None) -> tzinfo | None:
    """The time zone of a name such as ``America/Chicago``, or the zone itself.

    Raises:
        ConfigurationError: there is no such zone on this machine, or it is not a zone.
    """
    if timezone is None or isinstance(timezone, tzinfo):
        return timezone
    check_is("timezone", timezone, str)
    from zoneinfo import ZoneInfo  # for few clients

    try:
        return ZoneInfo(timezone)
    except (ValueError, OSError, LookupError):
        raise ConfigurationError(
            f"timezone={timezone!r} is not a time zone that this machine knows. Pass a name such as 'America/Chicago' "
            "or a tzinfo. Where the system has no zones, as on Windows, install the package tzdata."
        ) from None


def check_is(name: str, value: object, kind: type) -> None:
    """Refuse a value of another type. None means the default. The value is not shown: it may be a secret.

    Raises:
        ConfigurationError.
    """
    if value is not None and not isinstance(value, kind):
        raise ConfigurationError(f"{name} must be of type {kind.__name__}, not {type(value).__name__}.")


def check_header_text(name: str, value: object) -> None:
    """Refuse text that a header cannot carry. The value is not shown: it may be a secret.

    Raises:
        ConfigurationError.
    """
    if not isinstance(value, str) or not value or not value.isascii() or not value.isprintable():
        raise ConfigurationError(f"{name} must be printable ASCII text.")
