"""Contains all the data models used in inputs/outputs"""

from importlib import import_module as _import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .bulk_answer import BulkAnswer
    from .bulk_answers import BulkAnswers
    from .bulk_envelope import BulkEnvelope
    from .bulk_method import BulkMethod
    from .bulk_request import BulkRequest
    from .count_envelope import CountEnvelope
    from .customer import Customer
    from .customer_create import CustomerCreate
    from .customer_envelope import CustomerEnvelope
    from .customer_update import CustomerUpdate
    from .customer_writable_fields import CustomerWritableFields
    from .customers_envelope import CustomersEnvelope
    from .delivery_method import DeliveryMethod
    from .done_envelope import DoneEnvelope
    from .envelope import Envelope
    from .envelope_details_type_0 import EnvelopeDetailsType0
    from .error_envelope import ErrorEnvelope
    from .error_envelope_status import ErrorEnvelopeStatus
    from .identified import Identified
    from .identified_envelope import IdentifiedEnvelope
    from .no_fields import NoFields
    from .success_envelope import SuccessEnvelope
    from .success_envelope_status import SuccessEnvelopeStatus
    from .webhook_subscription import WebhookSubscription

__all__ = (
    "BulkAnswer",
    "BulkAnswers",
    "BulkEnvelope",
    "BulkMethod",
    "BulkRequest",
    "CountEnvelope",
    "Customer",
    "CustomerCreate",
    "CustomerEnvelope",
    "CustomersEnvelope",
    "CustomerUpdate",
    "CustomerWritableFields",
    "DeliveryMethod",
    "DoneEnvelope",
    "Envelope",
    "EnvelopeDetailsType0",
    "ErrorEnvelope",
    "ErrorEnvelopeStatus",
    "Identified",
    "IdentifiedEnvelope",
    "NoFields",
    "SuccessEnvelope",
    "SuccessEnvelopeStatus",
    "WebhookSubscription",
)

_PLACES = {
    "BulkAnswer": "bulk_answer",
    "BulkAnswers": "bulk_answers",
    "BulkEnvelope": "bulk_envelope",
    "BulkMethod": "bulk_method",
    "BulkRequest": "bulk_request",
    "CountEnvelope": "count_envelope",
    "Customer": "customer",
    "CustomerCreate": "customer_create",
    "CustomerEnvelope": "customer_envelope",
    "CustomerUpdate": "customer_update",
    "CustomerWritableFields": "customer_writable_fields",
    "CustomersEnvelope": "customers_envelope",
    "DeliveryMethod": "delivery_method",
    "DoneEnvelope": "done_envelope",
    "Envelope": "envelope",
    "EnvelopeDetailsType0": "envelope_details_type_0",
    "ErrorEnvelope": "error_envelope",
    "ErrorEnvelopeStatus": "error_envelope_status",
    "Identified": "identified",
    "IdentifiedEnvelope": "identified_envelope",
    "NoFields": "no_fields",
    "SuccessEnvelope": "success_envelope",
    "SuccessEnvelopeStatus": "success_envelope_status",
    "WebhookSubscription": "webhook_subscription",
}


if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        if name not in _PLACES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(_import_module(f".{_PLACES[name]}", __name__), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
