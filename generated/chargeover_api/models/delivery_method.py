from enum import StrEnum


class DeliveryMethod(StrEnum):
    EMAIL = "email"
    PRINT = "print"

    def __str__(self) -> str:
        return str(self.value)
