"""A customer of a seed as it was given, and where it stands, so that a mistake can be found."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


class SeedError(ValueError):
    """A seed cannot be used. The message names the file, the place and the field, and says what is wrong.

    Args:
        place: where the mistake is.
        reason: what is wrong there, and what would be right.

    Attributes:
        place: see above.
        reason: see above.
    """

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(f"{place}: {reason}")
        self.place = place
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Row:
    """A customer of a seed.

    Attributes:
        fields: its fields as they were given; in CSV and YAML, texts were turned into the types of their fields.
        place: where it stands, such as ``customers.csv, line 4``.
        places: where some of its fields stand, if that is known more exactly.
    """

    fields: Mapping[str, Any]
    place: str
    places: Mapping[str, str] = field(default_factory=dict[str, str])

    def error(self, name: str, reason: str) -> SeedError:
        """What is wrong with one of the fields, or with the row if the name is empty."""
        place = self.places.get(name, self.place)
        return SeedError(f"{place}, {name}" if name else place, reason)
