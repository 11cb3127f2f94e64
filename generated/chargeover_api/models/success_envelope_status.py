from enum import StrEnum


class SuccessEnvelopeStatus(StrEnum):
    OK = "OK"

    def __str__(self) -> str:
        return str(self.value)
