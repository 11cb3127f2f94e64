"""Contains all the data models used in inputs/outputs"""

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
