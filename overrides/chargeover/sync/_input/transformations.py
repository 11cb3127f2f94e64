"""The named transformations of a mapping."""

from collections.abc import Callable

from .countries import COUNTRIES, code_of
from .errors import RefusedError

Transformation = Callable[[str], str]

_TRUE = frozenset({"true", "yes", "y", "t", "1", "on", "ja", "wahr", "oui", "vrai", "si", "sí", "verdadero"})
_FALSE = frozenset({"false", "no", "n", "f", "0", "off", "nein", "falsch", "non", "faux", "falso"})


def flag_of(word: str) -> bool | None:
    """True or false by the words that spreadsheets and CRMs write, or None."""
    word = word.strip().casefold()
    return True if word in _TRUE else False if word in _FALSE else None


def _boolean(text: str) -> str:
    flag = flag_of(text)
    if flag is None:
        raise RefusedError("it must be yes or no, true or false, or 1 or 0")
    return "true" if flag else "false"


def _country_code(text: str) -> str:
    code = code_of(text)
    if code is None:
        raise RefusedError("it must be the English name of a country, or its ISO 3166 code of two or three letters")
    return code


def _country(text: str) -> str:
    return COUNTRIES[_country_code(text)]


TRANSFORMATIONS: dict[str, Transformation] = {
    "trim": str.strip,
    "lower": str.lower,
    "upper": str.upper,
    "country": _country,
    "country_code": _country_code,
    "boolean": _boolean,
}
"""By name. ``country`` gives the English name, as most recorded customers have it ("United States", less often "US":
recorded); ``country_code`` gives the code of two letters."""
