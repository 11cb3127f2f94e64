"""Contains all the data models used in inputs/outputs"""

from .created_envelope import CreatedEnvelope
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
from .success_envelope import SuccessEnvelope
from .success_envelope_status import SuccessEnvelopeStatus
from .updated_envelope import UpdatedEnvelope

__all__ = (
    "CreatedEnvelope",
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
    "SuccessEnvelope",
    "SuccessEnvelopeStatus",
    "UpdatedEnvelope",
)
