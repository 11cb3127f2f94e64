from enum import StrEnum


class ErrorEnvelopeStatus(StrEnum):
    ERROR = "Error"

    def __str__(self) -> str:
        return str(self.value)
