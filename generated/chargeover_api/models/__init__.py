"""Contains all the data models used in inputs/outputs"""

from .customer import Customer
from .customer_create import CustomerCreate
from .customer_envelope import CustomerEnvelope
from .customer_fields import CustomerFields
from .delivery_method import DeliveryMethod
from .envelope import Envelope
from .envelope_details_type_0 import EnvelopeDetailsType0
from .error_envelope import ErrorEnvelope
from .error_envelope_status import ErrorEnvelopeStatus
from .identified import Identified
from .identified_envelope import IdentifiedEnvelope
from .success_envelope import SuccessEnvelope
from .success_envelope_status import SuccessEnvelopeStatus

__all__ = (
    "Customer",
    "CustomerCreate",
    "CustomerEnvelope",
    "CustomerFields",
    "DeliveryMethod",
    "Envelope",
    "EnvelopeDetailsType0",
    "ErrorEnvelope",
    "ErrorEnvelopeStatus",
    "Identified",
    "IdentifiedEnvelope",
    "SuccessEnvelope",
    "SuccessEnvelopeStatus",
)
