"""Field types and rules of openapi.yaml. Written by `make generate`; never edited by hand."""

import sys
from datetime import datetime
from decimal import Decimal
from typing import Final, Generic, Literal, NamedTuple, Required, TypeVar

from .models.delivery_method import DeliveryMethod

if sys.version_info >= (3, 13):
    from typing import TypedDict
    from warnings import deprecated
else:  # before 3.12, pydantic takes no other TypedDict
    from typing_extensions import TypedDict, deprecated


class Rule(NamedTuple):
    """What openapi.yaml says of one field or parameter."""

    types: tuple[str, ...]
    """JSON types: string, integer, number, boolean, array, null."""
    minimum: int | None = None
    maximum: int | None = None
    choices: tuple[str, ...] = ()
    """The values of an enum, or nothing if any value of the type will do."""
    items: tuple[str, ...] = ()
    """JSON types of the elements of an array."""
    shortest: int = 0
    """The least number of characters of a text."""
    is_moment: bool = False
    """Whether a text stands for a date and a time."""
    is_deprecated: bool = False
    """Whether it is better not sent any more."""


PARAMETERS: Final[dict[str, Rule]] = {
    "limit": Rule(("integer",), minimum=1, maximum=500),
    "offset": Rule(("integer",), minimum=0, maximum=9223372036854775807),
    "customer_id": Rule(("integer",), minimum=1, maximum=9223372036854775807),
    "external_key": Rule(("string",), shortest=1),
    "token": Rule(("string",), shortest=1),
}


MOST_BULK_REQUESTS: Final = 25


Text = TypeVar("Text")
Number = TypeVar("Number")
Flag = TypeVar("Flag")
List = TypeVar("List")
Moment = TypeVar("Moment")


class CustomerCreateFields(TypedDict, total=False):
    """A new customer."""

    parent_customer_id: int | None
    """Parent customer ID #. null disconnects the customer from its parent. It can only be changed, or
    removed, while the parent has not made a payment for this customer.
    """
    superuser_id: int
    """Main contact ID #."""
    external_key: str
    """External key value: the key of this customer in your own system, unique in the account."""
    company: Required[str]
    """Company/customer name."""
    language_id: int
    """Language ID #."""
    class_id: int
    """Default class tracking ID #."""
    admin_id: int
    """Admin/Worker ID #."""
    campaign_id: int
    """Campaign/lead source ID #."""
    superuser_email: str
    """Main contact e-mail address."""
    superuser_name: str
    """Main contact name."""
    superuser_first_name: str
    """Main contact first name."""
    superuser_last_name: str
    """Main contact last name."""
    superuser_phone: str
    """Main contact phone number."""
    bill_addr1: str
    """Billing address line 1."""
    bill_addr2: str
    """Billing address line 2."""
    bill_addr3: str
    """Billing address line 3. Newer pages mark it deprecated."""
    bill_city: str
    """Billing address city."""
    bill_state: str
    """Billing address state/province."""
    bill_postcode: str
    """Billing address postal code."""
    bill_country: str
    """Billing address country."""
    ship_addr1: str
    """Shipping address line 1."""
    ship_addr2: str
    """Shipping address line 2."""
    ship_addr3: str
    """Shipping address line 3. Newer pages mark it deprecated."""
    ship_city: str
    """Shipping address city."""
    ship_state: str
    """Shipping address state."""
    ship_postcode: str
    """Shipping address postal code."""
    ship_country: str
    """Shipping address country."""
    custom_1: str
    """Custom field #1."""
    custom_2: str
    """Custom field #2."""
    custom_3: str
    """Custom field #3."""
    custom_4: str
    """Custom field #4."""
    custom_5: str
    """Custom field #5."""
    custom_6: str
    """Custom field #6."""
    custom_7: str
    """Custom field #7."""
    custom_8: str
    """Custom field #8."""
    custom_9: str
    """Custom field #9."""
    custom_10: str
    """Custom field #10."""
    custom_11: str
    """Custom field #11."""
    custom_12: str
    """Custom field #12."""
    custom_13: str
    """Custom field #13."""
    custom_14: str
    """Custom field #14."""
    custom_15: str
    """Custom field #15."""
    custom_16: str
    """Custom field #16."""
    custom_17: str
    """Custom field #17."""
    custom_18: str
    """Custom field #18."""
    custom_19: str
    """Custom field #19."""
    custom_20: str
    """Custom field #20."""
    terms_id: int
    """Default terms ID #."""
    no_taxes: bool
    """Flag to disable charging of taxes."""
    no_dunning: bool
    """Flag to disable dunning."""
    no_latefees: bool
    """Flag to disable late fees."""
    no_procfees: bool
    """Flag to disable processing fees."""
    invoice_delivery: DeliveryMethod | Literal["print", "email"]
    """Delivery method for initial invoices."""
    dunning_delivery: DeliveryMethod | Literal["print", "email"]
    """Delivery method for dunning/reminder invoices; print is sent through a mailing service."""
    tax_ident: str
    """Tax ID #/VAT #."""
    tags: list[str] | tuple[str, ...]
    """A list of tags."""
    currency_id: int
    """Currency ID #."""
    campaign_details: str
    """Details of the campaign/lead source."""
    superuser_username: str
    """Main contact user name."""
    brand_id: int
    """Brand ID #."""
    custtype_id: int
    """Customer type ID #."""


CUSTOMER_CREATE: Final[dict[str, Rule]] = {
    "parent_customer_id": Rule(("integer", "null"), minimum=1, maximum=9223372036854775807),
    "superuser_id": Rule(("integer",), minimum=1, maximum=9223372036854775807),
    "external_key": Rule(("string",)),
    "company": Rule(("string",)),
    "language_id": Rule(("integer",), minimum=1, maximum=9223372036854775807),
    "class_id": Rule(("integer",), minimum=1, maximum=9223372036854775807),
    "admin_id": Rule(("integer",), minimum=1, maximum=9223372036854775807),
    "campaign_id": Rule(("integer",), minimum=1, maximum=9223372036854775807),
    "superuser_email": Rule(("string",)),
    "superuser_name": Rule(("string",)),
    "superuser_first_name": Rule(("string",)),
    "superuser_last_name": Rule(("string",)),
    "superuser_phone": Rule(("string",)),
    "bill_addr1": Rule(("string",)),
    "bill_addr2": Rule(("string",)),
    "bill_addr3": Rule(("string",), is_deprecated=True),
    "bill_city": Rule(("string",)),
    "bill_state": Rule(("string",)),
    "bill_postcode": Rule(("string",)),
    "bill_country": Rule(("string",)),
    "ship_addr1": Rule(("string",)),
    "ship_addr2": Rule(("string",)),
    "ship_addr3": Rule(("string",), is_deprecated=True),
    "ship_city": Rule(("string",)),
    "ship_state": Rule(("string",)),
    "ship_postcode": Rule(("string",)),
    "ship_country": Rule(("string",)),
    "custom_1": Rule(("string",)),
    "custom_2": Rule(("string",)),
    "custom_3": Rule(("string",)),
    "custom_4": Rule(("string",)),
    "custom_5": Rule(("string",)),
    "custom_6": Rule(("string",)),
    "custom_7": Rule(("string",)),
    "custom_8": Rule(("string",)),
    "custom_9": Rule(("string",)),
    "custom_10": Rule(("string",)),
    "custom_11": Rule(("string",)),
    "custom_12": Rule(("string",)),
    "custom_13": Rule(("string",)),
    "custom_14": Rule(("string",)),
    "custom_15": Rule(("string",)),
    "custom_16": Rule(("string",)),
    "custom_17": Rule(("string",)),
    "custom_18": Rule(("string",)),
    "custom_19": Rule(("string",)),
    "custom_20": Rule(("string",)),
    "terms_id": Rule(("integer",), minimum=1, maximum=9223372036854775807),
    "no_taxes": Rule(("boolean",)),
    "no_dunning": Rule(("boolean",)),
    "no_latefees": Rule(("boolean",)),
    "no_procfees": Rule(("boolean",)),
    "invoice_delivery": Rule(("string",), choices=("print", "email")),
    "dunning_delivery": Rule(("string",), choices=("print", "email")),
    "tax_ident": Rule(("string",)),
    "tags": Rule(("array",), items=("string",)),
    "currency_id": Rule(("integer",), minimum=1, maximum=9223372036854775807),
    "campaign_details": Rule(("string",)),
    "superuser_username": Rule(("string",)),
    "brand_id": Rule(("integer",), minimum=1, maximum=9223372036854775807),
    "custtype_id": Rule(("integer",), minimum=1, maximum=9223372036854775807),
}


CUSTOMER_CREATE_REQUIRED: Final[tuple[str, ...]] = ("company",)


class CustomerUpdateFields(TypedDict, total=False):
    """The fields that an update may change. Fields that are not sent stay as they are."""

    parent_customer_id: int | None
    """Parent customer ID #. null disconnects the customer from its parent. It can only be changed, or
    removed, while the parent has not made a payment for this customer.
    """
    superuser_id: int
    """Main contact ID #."""
    external_key: str
    """External key value: the key of this customer in your own system, unique in the account."""
    company: str
    """Company/customer name."""
    language_id: int
    """Language ID #."""
    class_id: int
    """Default class tracking ID #."""
    admin_id: int
    """Admin/Worker ID #."""
    campaign_id: int
    """Campaign/lead source ID #."""
    superuser_email: str
    """Main contact e-mail address."""
    superuser_name: str
    """Main contact name."""
    superuser_first_name: str
    """Main contact first name."""
    superuser_last_name: str
    """Main contact last name."""
    superuser_phone: str
    """Main contact phone number."""
    bill_addr1: str
    """Billing address line 1."""
    bill_addr2: str
    """Billing address line 2."""
    bill_addr3: str
    """Billing address line 3. Newer pages mark it deprecated."""
    bill_city: str
    """Billing address city."""
    bill_state: str
    """Billing address state/province."""
    bill_postcode: str
    """Billing address postal code."""
    bill_country: str
    """Billing address country."""
    ship_addr1: str
    """Shipping address line 1."""
    ship_addr2: str
    """Shipping address line 2."""
    ship_addr3: str
    """Shipping address line 3. Newer pages mark it deprecated."""
    ship_city: str
    """Shipping address city."""
    ship_state: str
    """Shipping address state."""
    ship_postcode: str
    """Shipping address postal code."""
    ship_country: str
    """Shipping address country."""
    custom_1: str
    """Custom field #1."""
    custom_2: str
    """Custom field #2."""
    custom_3: str
    """Custom field #3."""
    custom_4: str
    """Custom field #4."""
    custom_5: str
    """Custom field #5."""
    custom_6: str
    """Custom field #6."""
    custom_7: str
    """Custom field #7."""
    custom_8: str
    """Custom field #8."""
    custom_9: str
    """Custom field #9."""
    custom_10: str
    """Custom field #10."""
    custom_11: str
    """Custom field #11."""
    custom_12: str
    """Custom field #12."""
    custom_13: str
    """Custom field #13."""
    custom_14: str
    """Custom field #14."""
    custom_15: str
    """Custom field #15."""
    custom_16: str
    """Custom field #16."""
    custom_17: str
    """Custom field #17."""
    custom_18: str
    """Custom field #18."""
    custom_19: str
    """Custom field #19."""
    custom_20: str
    """Custom field #20."""
    terms_id: int
    """Default terms ID #."""
    no_taxes: bool
    """Flag to disable charging of taxes."""
    no_dunning: bool
    """Flag to disable dunning."""
    no_latefees: bool
    """Flag to disable late fees."""
    no_procfees: bool
    """Flag to disable processing fees."""
    invoice_delivery: DeliveryMethod | Literal["print", "email"]
    """Delivery method for initial invoices."""
    dunning_delivery: DeliveryMethod | Literal["print", "email"]
    """Delivery method for dunning/reminder invoices; print is sent through a mailing service."""
    tax_ident: str
    """Tax ID #/VAT #."""
    tags: list[str] | tuple[str, ...]
    """A list of tags."""


CUSTOMER_UPDATE: Final[dict[str, Rule]] = {
    "parent_customer_id": Rule(("integer", "null"), minimum=1, maximum=9223372036854775807),
    "superuser_id": Rule(("integer",), minimum=1, maximum=9223372036854775807),
    "external_key": Rule(("string",)),
    "company": Rule(("string",)),
    "language_id": Rule(("integer",), minimum=1, maximum=9223372036854775807),
    "class_id": Rule(("integer",), minimum=1, maximum=9223372036854775807),
    "admin_id": Rule(("integer",), minimum=1, maximum=9223372036854775807),
    "campaign_id": Rule(("integer",), minimum=1, maximum=9223372036854775807),
    "superuser_email": Rule(("string",)),
    "superuser_name": Rule(("string",)),
    "superuser_first_name": Rule(("string",)),
    "superuser_last_name": Rule(("string",)),
    "superuser_phone": Rule(("string",)),
    "bill_addr1": Rule(("string",)),
    "bill_addr2": Rule(("string",)),
    "bill_addr3": Rule(("string",), is_deprecated=True),
    "bill_city": Rule(("string",)),
    "bill_state": Rule(("string",)),
    "bill_postcode": Rule(("string",)),
    "bill_country": Rule(("string",)),
    "ship_addr1": Rule(("string",)),
    "ship_addr2": Rule(("string",)),
    "ship_addr3": Rule(("string",), is_deprecated=True),
    "ship_city": Rule(("string",)),
    "ship_state": Rule(("string",)),
    "ship_postcode": Rule(("string",)),
    "ship_country": Rule(("string",)),
    "custom_1": Rule(("string",)),
    "custom_2": Rule(("string",)),
    "custom_3": Rule(("string",)),
    "custom_4": Rule(("string",)),
    "custom_5": Rule(("string",)),
    "custom_6": Rule(("string",)),
    "custom_7": Rule(("string",)),
    "custom_8": Rule(("string",)),
    "custom_9": Rule(("string",)),
    "custom_10": Rule(("string",)),
    "custom_11": Rule(("string",)),
    "custom_12": Rule(("string",)),
    "custom_13": Rule(("string",)),
    "custom_14": Rule(("string",)),
    "custom_15": Rule(("string",)),
    "custom_16": Rule(("string",)),
    "custom_17": Rule(("string",)),
    "custom_18": Rule(("string",)),
    "custom_19": Rule(("string",)),
    "custom_20": Rule(("string",)),
    "terms_id": Rule(("integer",), minimum=1, maximum=9223372036854775807),
    "no_taxes": Rule(("boolean",)),
    "no_dunning": Rule(("boolean",)),
    "no_latefees": Rule(("boolean",)),
    "no_procfees": Rule(("boolean",)),
    "invoice_delivery": Rule(("string",), choices=("print", "email")),
    "dunning_delivery": Rule(("string",), choices=("print", "email")),
    "tax_ident": Rule(("string",)),
    "tags": Rule(("array",), items=("string",)),
}


CUSTOMER_UPDATE_REQUIRED: Final[tuple[str, ...]] = ()


class WebhookSubscriptionFields(TypedDict, total=False):
    """Where to send which event."""

    target_url: Required[str]
    """The address of the receiver, https on port 80 or 443 under a public name."""
    event: Required[str]
    """The event."""


WEBHOOK_SUBSCRIPTION: Final[dict[str, Rule]] = {
    "target_url": Rule(("string",), shortest=1),
    "event": Rule(("string",), shortest=1),
}


WEBHOOK_SUBSCRIPTION_REQUIRED: Final[tuple[str, ...]] = ("target_url", "event")


class CustomerAttributes:
    """A customer as returned. Open and lenient on purpose: any field may be null or absent, and
    undocumented fields may be present. Flags may come as 0 and 1, numbers as text. A date is in the
    account's time zone, in whole seconds: `2026-03-10T01:01:49-05:00`, or `2026-03-10 01:01:49` in
    older accounts.
    """

    @property
    def customer_id(self) -> int | None:
        """Customer ID #."""
        raise NotImplementedError

    @property
    def token(self) -> str | None:
        """Random token that may replace the ID in a URL."""
        raise NotImplementedError

    @property
    def parent_customer_id(self) -> int | None:
        """Parent customer ID #."""
        raise NotImplementedError

    @property
    def superuser_id(self) -> int | None:
        """Main contact ID #."""
        raise NotImplementedError

    @property
    def external_key(self) -> str | None:
        """External key value."""
        raise NotImplementedError

    @property
    def company(self) -> str | None:
        """Company/customer name."""
        raise NotImplementedError

    @property
    def language_id(self) -> int | None:
        """Language ID #."""
        raise NotImplementedError

    @property
    def class_id(self) -> int | None:
        """Default class tracking ID #."""
        raise NotImplementedError

    @property
    def admin_id(self) -> int | None:
        """Admin/Worker ID #."""
        raise NotImplementedError

    @property
    def campaign_id(self) -> int | None:
        """Campaign/lead source ID #."""
        raise NotImplementedError

    @property
    def superuser_email(self) -> str | None:
        """Main contact e-mail address."""
        raise NotImplementedError

    @property
    def superuser_name(self) -> str | None:
        """Main contact name."""
        raise NotImplementedError

    @property
    def superuser_first_name(self) -> str | None:
        """Main contact first name."""
        raise NotImplementedError

    @property
    def superuser_last_name(self) -> str | None:
        """Main contact last name."""
        raise NotImplementedError

    @property
    def superuser_phone(self) -> str | None:
        """Main contact phone number."""
        raise NotImplementedError

    @property
    def bill_addr1(self) -> str | None:
        """Billing address line 1."""
        raise NotImplementedError

    @property
    def bill_addr2(self) -> str | None:
        """Billing address line 2."""
        raise NotImplementedError

    @property
    @deprecated("ChargeOver marks bill_addr3 as deprecated.")
    def bill_addr3(self) -> str | None:
        """Billing address line 3. Newer pages mark it deprecated."""
        raise NotImplementedError

    @property
    def bill_city(self) -> str | None:
        """Billing address city."""
        raise NotImplementedError

    @property
    def bill_state(self) -> str | None:
        """Billing address state/province."""
        raise NotImplementedError

    @property
    def bill_postcode(self) -> str | None:
        """Billing address postal code."""
        raise NotImplementedError

    @property
    def bill_country(self) -> str | None:
        """Billing address country."""
        raise NotImplementedError

    @property
    def bill_notes(self) -> str | None:
        """Notes about the billing address."""
        raise NotImplementedError

    @property
    def ship_addr1(self) -> str | None:
        """Shipping address line 1."""
        raise NotImplementedError

    @property
    def ship_addr2(self) -> str | None:
        """Shipping address line 2."""
        raise NotImplementedError

    @property
    @deprecated("ChargeOver marks ship_addr3 as deprecated.")
    def ship_addr3(self) -> str | None:
        """Shipping address line 3. Newer pages mark it deprecated."""
        raise NotImplementedError

    @property
    def ship_city(self) -> str | None:
        """Shipping address city."""
        raise NotImplementedError

    @property
    def ship_state(self) -> str | None:
        """Shipping address state."""
        raise NotImplementedError

    @property
    def ship_postcode(self) -> str | None:
        """Shipping address postal code."""
        raise NotImplementedError

    @property
    def ship_country(self) -> str | None:
        """Shipping address country."""
        raise NotImplementedError

    @property
    def ship_notes(self) -> str | None:
        """Notes about the shipping address."""
        raise NotImplementedError

    @property
    def custom_1(self) -> str | None:
        """Custom field #1."""
        raise NotImplementedError

    @property
    def custom_2(self) -> str | None:
        """Custom field #2."""
        raise NotImplementedError

    @property
    def custom_3(self) -> str | None:
        """Custom field #3."""
        raise NotImplementedError

    @property
    def custom_4(self) -> str | None:
        """Custom field #4."""
        raise NotImplementedError

    @property
    def custom_5(self) -> str | None:
        """Custom field #5."""
        raise NotImplementedError

    @property
    def custom_6(self) -> str | None:
        """Custom field #6."""
        raise NotImplementedError

    @property
    def custom_7(self) -> str | None:
        """Custom field #7."""
        raise NotImplementedError

    @property
    def custom_8(self) -> str | None:
        """Custom field #8."""
        raise NotImplementedError

    @property
    def custom_9(self) -> str | None:
        """Custom field #9."""
        raise NotImplementedError

    @property
    def custom_10(self) -> str | None:
        """Custom field #10."""
        raise NotImplementedError

    @property
    def custom_11(self) -> str | None:
        """Custom field #11."""
        raise NotImplementedError

    @property
    def custom_12(self) -> str | None:
        """Custom field #12."""
        raise NotImplementedError

    @property
    def custom_13(self) -> str | None:
        """Custom field #13."""
        raise NotImplementedError

    @property
    def custom_14(self) -> str | None:
        """Custom field #14."""
        raise NotImplementedError

    @property
    def custom_15(self) -> str | None:
        """Custom field #15."""
        raise NotImplementedError

    @property
    def custom_16(self) -> str | None:
        """Custom field #16."""
        raise NotImplementedError

    @property
    def custom_17(self) -> str | None:
        """Custom field #17."""
        raise NotImplementedError

    @property
    def custom_18(self) -> str | None:
        """Custom field #18."""
        raise NotImplementedError

    @property
    def custom_19(self) -> str | None:
        """Custom field #19."""
        raise NotImplementedError

    @property
    def custom_20(self) -> str | None:
        """Custom field #20."""
        raise NotImplementedError

    @property
    def terms_id(self) -> int | None:
        """Default terms ID #."""
        raise NotImplementedError

    @property
    def no_taxes(self) -> bool | None:
        """Flag to disable charging of taxes."""
        raise NotImplementedError

    @property
    def no_dunning(self) -> bool | None:
        """Flag to disable dunning."""
        raise NotImplementedError

    @property
    def no_latefees(self) -> bool | None:
        """Flag to disable late fees."""
        raise NotImplementedError

    @property
    def no_procfees(self) -> bool | None:
        """Flag to disable processing fees, as the number 0 or 1."""
        raise NotImplementedError

    @property
    def invoice_delivery(self) -> str | None:
        """Delivery method for initial invoices."""
        raise NotImplementedError

    @property
    def dunning_delivery(self) -> str | None:
        """Delivery method for dunning/reminder invoices."""
        raise NotImplementedError

    @property
    def tax_ident(self) -> str | None:
        """Tax ID #/VAT #."""
        raise NotImplementedError

    @property
    def tags(self) -> list[str] | None:
        """A list of tags. Absent from the rows of a list."""
        raise NotImplementedError

    @property
    def superuser_username(self) -> str | None:
        """Main contact user name."""
        raise NotImplementedError

    @property
    def superuser_token(self) -> str | None:
        """Random token of the main contact."""
        raise NotImplementedError

    @property
    def campaign_details(self) -> str | None:
        """Details of the campaign/lead source."""
        raise NotImplementedError

    @property
    def custtype_id(self) -> int | None:
        """Customer type ID #."""
        raise NotImplementedError

    @property
    def brand_id(self) -> int | None:
        """Brand ID #."""
        raise NotImplementedError

    @property
    def bill_block(self) -> str | None:
        """Billing address as one printable block of lines."""
        raise NotImplementedError

    @property
    def ship_block(self) -> str | None:
        """Shipping address as one printable block of lines."""
        raise NotImplementedError

    @property
    def display_as(self) -> str | None:
        """Display name of the customer."""
        raise NotImplementedError

    @property
    def currency_id(self) -> int | None:
        """Currency ID #."""
        raise NotImplementedError

    @property
    def currency_symbol(self) -> str | None:
        """Currency symbol."""
        raise NotImplementedError

    @property
    def currency_iso4217(self) -> str | None:
        """Currency code (ISO 4217)."""
        raise NotImplementedError

    @property
    def terms_name(self) -> str | None:
        """Name of the default terms."""
        raise NotImplementedError

    @property
    def terms_days(self) -> int | None:
        """Days until an invoice on these terms is due."""
        raise NotImplementedError

    @property
    def class_name(self) -> str | None:
        """Name of the default class."""
        raise NotImplementedError

    @property
    def admin_name(self) -> str | None:
        """Admin/Worker name."""
        raise NotImplementedError

    @property
    def admin_email(self) -> str | None:
        """Admin/Worker e-mail address."""
        raise NotImplementedError

    @property
    def total(self) -> Decimal | None:
        """Total invoiced, in the customer's currency."""
        raise NotImplementedError

    @property
    def balance(self) -> Decimal | None:
        """Balance due, in the customer's currency."""
        raise NotImplementedError

    @property
    def paid(self) -> Decimal | None:
        """Total paid, in the customer's currency."""
        raise NotImplementedError

    @property
    def default_paymethod(self) -> str | None:
        """Default payment method."""
        raise NotImplementedError

    @property
    def default_creditcard_id(self) -> int | None:
        """Default credit card ID #."""
        raise NotImplementedError

    @property
    def default_ach_id(self) -> int | None:
        """Default ACH account ID #."""
        raise NotImplementedError

    @property
    def url_self(self) -> str | None:
        """URL of the customer in the admin pages."""
        raise NotImplementedError

    @property
    def url_paymethodlink(self) -> str | None:
        """URL where the customer enters a payment method."""
        raise NotImplementedError

    @property
    def url_statementlink(self) -> str | None:
        """URL of the customer statement."""
        raise NotImplementedError

    @property
    def customer_status_id(self) -> int | None:
        """Status ID #."""
        raise NotImplementedError

    @property
    def customer_status_name(self) -> str | None:
        """Status as a readable name."""
        raise NotImplementedError

    @property
    def customer_status_str(self) -> str | None:
        """Status as a stable identifier."""
        raise NotImplementedError

    @property
    def customer_status_state(self) -> str | None:
        """State that the status stands for."""
        raise NotImplementedError

    @property
    def write_datetime(self) -> datetime | None:
        """When the customer was created."""
        raise NotImplementedError

    @property
    def write_ipaddr(self) -> str | None:
        """IP address that created the customer."""
        raise NotImplementedError

    @property
    def mod_datetime(self) -> datetime | None:
        """When the customer was last changed."""
        raise NotImplementedError

    @property
    def mod_ipaddr(self) -> str | None:
        """IP address that last changed the customer."""
        raise NotImplementedError


CUSTOMER: Final[dict[str, Rule]] = {
    "customer_id": Rule(("integer", "null")),
    "token": Rule(("string", "null")),
    "parent_customer_id": Rule(("integer", "null")),
    "superuser_id": Rule(("integer", "null")),
    "external_key": Rule(("string", "null")),
    "company": Rule(("string", "null")),
    "language_id": Rule(("integer", "null")),
    "class_id": Rule(("integer", "null")),
    "admin_id": Rule(("integer", "null")),
    "campaign_id": Rule(("integer", "null")),
    "superuser_email": Rule(("string", "null")),
    "superuser_name": Rule(("string", "null")),
    "superuser_first_name": Rule(("string", "null")),
    "superuser_last_name": Rule(("string", "null")),
    "superuser_phone": Rule(("string", "null")),
    "bill_addr1": Rule(("string", "null")),
    "bill_addr2": Rule(("string", "null")),
    "bill_addr3": Rule(("string", "null"), is_deprecated=True),
    "bill_city": Rule(("string", "null")),
    "bill_state": Rule(("string", "null")),
    "bill_postcode": Rule(("string", "null")),
    "bill_country": Rule(("string", "null")),
    "bill_notes": Rule(("string", "null")),
    "ship_addr1": Rule(("string", "null")),
    "ship_addr2": Rule(("string", "null")),
    "ship_addr3": Rule(("string", "null"), is_deprecated=True),
    "ship_city": Rule(("string", "null")),
    "ship_state": Rule(("string", "null")),
    "ship_postcode": Rule(("string", "null")),
    "ship_country": Rule(("string", "null")),
    "ship_notes": Rule(("string", "null")),
    "custom_1": Rule(("string", "null")),
    "custom_2": Rule(("string", "null")),
    "custom_3": Rule(("string", "null")),
    "custom_4": Rule(("string", "null")),
    "custom_5": Rule(("string", "null")),
    "custom_6": Rule(("string", "null")),
    "custom_7": Rule(("string", "null")),
    "custom_8": Rule(("string", "null")),
    "custom_9": Rule(("string", "null")),
    "custom_10": Rule(("string", "null")),
    "custom_11": Rule(("string", "null")),
    "custom_12": Rule(("string", "null")),
    "custom_13": Rule(("string", "null")),
    "custom_14": Rule(("string", "null")),
    "custom_15": Rule(("string", "null")),
    "custom_16": Rule(("string", "null")),
    "custom_17": Rule(("string", "null")),
    "custom_18": Rule(("string", "null")),
    "custom_19": Rule(("string", "null")),
    "custom_20": Rule(("string", "null")),
    "terms_id": Rule(("integer", "null")),
    "no_taxes": Rule(("boolean", "null")),
    "no_dunning": Rule(("boolean", "null")),
    "no_latefees": Rule(("boolean", "null")),
    "no_procfees": Rule(("boolean", "null")),
    "invoice_delivery": Rule(("string", "null")),
    "dunning_delivery": Rule(("string", "null")),
    "tax_ident": Rule(("string", "null")),
    "tags": Rule(("array", "null"), items=("string",)),
    "superuser_username": Rule(("string", "null")),
    "superuser_token": Rule(("string", "null")),
    "campaign_details": Rule(("string", "null")),
    "custtype_id": Rule(("integer", "null")),
    "brand_id": Rule(("integer", "null")),
    "bill_block": Rule(("string", "null")),
    "ship_block": Rule(("string", "null")),
    "display_as": Rule(("string", "null")),
    "currency_id": Rule(("integer", "null")),
    "currency_symbol": Rule(("string", "null")),
    "currency_iso4217": Rule(("string", "null")),
    "terms_name": Rule(("string", "null")),
    "terms_days": Rule(("integer", "null")),
    "class_name": Rule(("string", "null")),
    "admin_name": Rule(("string", "null")),
    "admin_email": Rule(("string", "null")),
    "total": Rule(("number", "null")),
    "balance": Rule(("number", "null")),
    "paid": Rule(("number", "null")),
    "default_paymethod": Rule(("string", "null")),
    "default_creditcard_id": Rule(("integer", "null")),
    "default_ach_id": Rule(("integer", "null")),
    "url_self": Rule(("string", "null")),
    "url_paymethodlink": Rule(("string", "null")),
    "url_statementlink": Rule(("string", "null")),
    "customer_status_id": Rule(("integer", "null")),
    "customer_status_name": Rule(("string", "null")),
    "customer_status_str": Rule(("string", "null")),
    "customer_status_state": Rule(("string", "null")),
    "write_datetime": Rule(("string", "null"), is_moment=True),
    "write_ipaddr": Rule(("string", "null")),
    "mod_datetime": Rule(("string", "null"), is_moment=True),
    "mod_ipaddr": Rule(("string", "null")),
}


class CustomerQuery(Generic[Text, Number, Flag, List, Moment]):
    """The fields that a query of customers can name, by the kind of their conditions."""

    customer_id: Number
    """Customer ID #."""
    token: Text
    """Random token that may replace the ID in a URL."""
    parent_customer_id: Number
    """Parent customer ID #."""
    superuser_id: Number
    """Main contact ID #."""
    external_key: Text
    """External key value."""
    company: Text
    """Company/customer name."""
    language_id: Number
    """Language ID #."""
    class_id: Number
    """Default class tracking ID #."""
    admin_id: Number
    """Admin/Worker ID #."""
    campaign_id: Number
    """Campaign/lead source ID #."""
    superuser_email: Text
    """Main contact e-mail address."""
    superuser_name: Text
    """Main contact name."""
    superuser_first_name: Text
    """Main contact first name."""
    superuser_last_name: Text
    """Main contact last name."""
    superuser_phone: Text
    """Main contact phone number."""
    bill_addr1: Text
    """Billing address line 1."""
    bill_addr2: Text
    """Billing address line 2."""
    bill_addr3: Text
    """Billing address line 3. Newer pages mark it deprecated."""
    bill_city: Text
    """Billing address city."""
    bill_state: Text
    """Billing address state/province."""
    bill_postcode: Text
    """Billing address postal code."""
    bill_country: Text
    """Billing address country."""
    bill_notes: Text
    """Notes about the billing address."""
    ship_addr1: Text
    """Shipping address line 1."""
    ship_addr2: Text
    """Shipping address line 2."""
    ship_addr3: Text
    """Shipping address line 3. Newer pages mark it deprecated."""
    ship_city: Text
    """Shipping address city."""
    ship_state: Text
    """Shipping address state."""
    ship_postcode: Text
    """Shipping address postal code."""
    ship_country: Text
    """Shipping address country."""
    ship_notes: Text
    """Notes about the shipping address."""
    custom_1: Text
    """Custom field #1."""
    custom_2: Text
    """Custom field #2."""
    custom_3: Text
    """Custom field #3."""
    custom_4: Text
    """Custom field #4."""
    custom_5: Text
    """Custom field #5."""
    custom_6: Text
    """Custom field #6."""
    custom_7: Text
    """Custom field #7."""
    custom_8: Text
    """Custom field #8."""
    custom_9: Text
    """Custom field #9."""
    custom_10: Text
    """Custom field #10."""
    custom_11: Text
    """Custom field #11."""
    custom_12: Text
    """Custom field #12."""
    custom_13: Text
    """Custom field #13."""
    custom_14: Text
    """Custom field #14."""
    custom_15: Text
    """Custom field #15."""
    custom_16: Text
    """Custom field #16."""
    custom_17: Text
    """Custom field #17."""
    custom_18: Text
    """Custom field #18."""
    custom_19: Text
    """Custom field #19."""
    custom_20: Text
    """Custom field #20."""
    terms_id: Number
    """Default terms ID #."""
    no_taxes: Flag
    """Flag to disable charging of taxes."""
    no_dunning: Flag
    """Flag to disable dunning."""
    no_latefees: Flag
    """Flag to disable late fees."""
    no_procfees: Flag
    """Flag to disable processing fees, as the number 0 or 1."""
    invoice_delivery: Text
    """Delivery method for initial invoices."""
    dunning_delivery: Text
    """Delivery method for dunning/reminder invoices."""
    tax_ident: Text
    """Tax ID #/VAT #."""
    tags: List
    """A list of tags. Absent from the rows of a list."""
    superuser_username: Text
    """Main contact user name."""
    superuser_token: Text
    """Random token of the main contact."""
    campaign_details: Text
    """Details of the campaign/lead source."""
    custtype_id: Number
    """Customer type ID #."""
    brand_id: Number
    """Brand ID #."""
    bill_block: Text
    """Billing address as one printable block of lines."""
    ship_block: Text
    """Shipping address as one printable block of lines."""
    display_as: Text
    """Display name of the customer."""
    currency_id: Number
    """Currency ID #."""
    currency_symbol: Text
    """Currency symbol."""
    currency_iso4217: Text
    """Currency code (ISO 4217)."""
    terms_name: Text
    """Name of the default terms."""
    terms_days: Number
    """Days until an invoice on these terms is due."""
    class_name: Text
    """Name of the default class."""
    admin_name: Text
    """Admin/Worker name."""
    admin_email: Text
    """Admin/Worker e-mail address."""
    total: Number
    """Total invoiced, in the customer's currency."""
    balance: Number
    """Balance due, in the customer's currency."""
    paid: Number
    """Total paid, in the customer's currency."""
    default_paymethod: Text
    """Default payment method."""
    default_creditcard_id: Number
    """Default credit card ID #."""
    default_ach_id: Number
    """Default ACH account ID #."""
    url_self: Text
    """URL of the customer in the admin pages."""
    url_paymethodlink: Text
    """URL where the customer enters a payment method."""
    url_statementlink: Text
    """URL of the customer statement."""
    customer_status_id: Number
    """Status ID #."""
    customer_status_name: Text
    """Status as a readable name."""
    customer_status_str: Text
    """Status as a stable identifier."""
    customer_status_state: Text
    """State that the status stands for."""
    write_datetime: Moment
    """When the customer was created."""
    write_ipaddr: Text
    """IP address that created the customer."""
    mod_datetime: Moment
    """When the customer was last changed."""
    mod_ipaddr: Text
    """IP address that last changed the customer."""
