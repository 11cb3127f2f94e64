"""Field types and rules of openapi.yaml. Written by `make generate`; never edited by hand."""

from typing import Final, Literal, NamedTuple, Required, TypedDict

from .models.delivery_method import DeliveryMethod


class Field(NamedTuple):
    """What openapi.yaml says of one field."""

    types: tuple[str, ...]
    """JSON types: string, integer, number, boolean, array, null."""
    minimum: int | None = None
    maximum: int | None = None
    choices: tuple[str, ...] = ()
    """The values of an enum, or nothing if any value of the type will do."""
    items: tuple[str, ...] = ()
    """JSON types of the elements of an array."""


PATH_PARAMETERS: Final[dict[str, Field]] = {
    "customer_id": Field(("integer",), minimum=1, maximum=9223372036854775807),
}


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


CUSTOMER_CREATE: Final[dict[str, Field]] = {
    "parent_customer_id": Field(("integer", "null"), minimum=1, maximum=9223372036854775807),
    "superuser_id": Field(("integer",), minimum=1, maximum=9223372036854775807),
    "external_key": Field(("string",)),
    "company": Field(("string",)),
    "language_id": Field(("integer",), minimum=1, maximum=9223372036854775807),
    "class_id": Field(("integer",), minimum=1, maximum=9223372036854775807),
    "admin_id": Field(("integer",), minimum=1, maximum=9223372036854775807),
    "campaign_id": Field(("integer",), minimum=1, maximum=9223372036854775807),
    "superuser_email": Field(("string",)),
    "superuser_name": Field(("string",)),
    "superuser_first_name": Field(("string",)),
    "superuser_last_name": Field(("string",)),
    "superuser_phone": Field(("string",)),
    "bill_addr1": Field(("string",)),
    "bill_addr2": Field(("string",)),
    "bill_addr3": Field(("string",)),
    "bill_city": Field(("string",)),
    "bill_state": Field(("string",)),
    "bill_postcode": Field(("string",)),
    "bill_country": Field(("string",)),
    "ship_addr1": Field(("string",)),
    "ship_addr2": Field(("string",)),
    "ship_addr3": Field(("string",)),
    "ship_city": Field(("string",)),
    "ship_state": Field(("string",)),
    "ship_postcode": Field(("string",)),
    "ship_country": Field(("string",)),
    "custom_1": Field(("string",)),
    "custom_2": Field(("string",)),
    "custom_3": Field(("string",)),
    "custom_4": Field(("string",)),
    "custom_5": Field(("string",)),
    "custom_6": Field(("string",)),
    "custom_7": Field(("string",)),
    "custom_8": Field(("string",)),
    "custom_9": Field(("string",)),
    "custom_10": Field(("string",)),
    "custom_11": Field(("string",)),
    "custom_12": Field(("string",)),
    "custom_13": Field(("string",)),
    "custom_14": Field(("string",)),
    "custom_15": Field(("string",)),
    "custom_16": Field(("string",)),
    "custom_17": Field(("string",)),
    "custom_18": Field(("string",)),
    "custom_19": Field(("string",)),
    "custom_20": Field(("string",)),
    "terms_id": Field(("integer",), minimum=1, maximum=9223372036854775807),
    "no_taxes": Field(("boolean",)),
    "no_dunning": Field(("boolean",)),
    "no_latefees": Field(("boolean",)),
    "no_procfees": Field(("boolean",)),
    "invoice_delivery": Field(("string",), choices=("print", "email")),
    "dunning_delivery": Field(("string",), choices=("print", "email")),
    "tax_ident": Field(("string",)),
    "tags": Field(("array",), items=("string",)),
    "currency_id": Field(("integer",), minimum=1, maximum=9223372036854775807),
    "campaign_details": Field(("string",)),
    "superuser_username": Field(("string",)),
    "brand_id": Field(("integer",), minimum=1, maximum=9223372036854775807),
    "custtype_id": Field(("integer",), minimum=1, maximum=9223372036854775807),
}


CUSTOMER_CREATE_REQUIRED: Final[tuple[str, ...]] = ("company",)


class CustomerUpdateFields(TypedDict, total=False):
    """What an update may change. Only what is sent changes."""

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


CUSTOMER_UPDATE: Final[dict[str, Field]] = {
    "parent_customer_id": Field(("integer", "null"), minimum=1, maximum=9223372036854775807),
    "superuser_id": Field(("integer",), minimum=1, maximum=9223372036854775807),
    "external_key": Field(("string",)),
    "company": Field(("string",)),
    "language_id": Field(("integer",), minimum=1, maximum=9223372036854775807),
    "class_id": Field(("integer",), minimum=1, maximum=9223372036854775807),
    "admin_id": Field(("integer",), minimum=1, maximum=9223372036854775807),
    "campaign_id": Field(("integer",), minimum=1, maximum=9223372036854775807),
    "superuser_email": Field(("string",)),
    "superuser_name": Field(("string",)),
    "superuser_first_name": Field(("string",)),
    "superuser_last_name": Field(("string",)),
    "superuser_phone": Field(("string",)),
    "bill_addr1": Field(("string",)),
    "bill_addr2": Field(("string",)),
    "bill_addr3": Field(("string",)),
    "bill_city": Field(("string",)),
    "bill_state": Field(("string",)),
    "bill_postcode": Field(("string",)),
    "bill_country": Field(("string",)),
    "ship_addr1": Field(("string",)),
    "ship_addr2": Field(("string",)),
    "ship_addr3": Field(("string",)),
    "ship_city": Field(("string",)),
    "ship_state": Field(("string",)),
    "ship_postcode": Field(("string",)),
    "ship_country": Field(("string",)),
    "custom_1": Field(("string",)),
    "custom_2": Field(("string",)),
    "custom_3": Field(("string",)),
    "custom_4": Field(("string",)),
    "custom_5": Field(("string",)),
    "custom_6": Field(("string",)),
    "custom_7": Field(("string",)),
    "custom_8": Field(("string",)),
    "custom_9": Field(("string",)),
    "custom_10": Field(("string",)),
    "custom_11": Field(("string",)),
    "custom_12": Field(("string",)),
    "custom_13": Field(("string",)),
    "custom_14": Field(("string",)),
    "custom_15": Field(("string",)),
    "custom_16": Field(("string",)),
    "custom_17": Field(("string",)),
    "custom_18": Field(("string",)),
    "custom_19": Field(("string",)),
    "custom_20": Field(("string",)),
    "terms_id": Field(("integer",), minimum=1, maximum=9223372036854775807),
    "no_taxes": Field(("boolean",)),
    "no_dunning": Field(("boolean",)),
    "no_latefees": Field(("boolean",)),
    "no_procfees": Field(("boolean",)),
    "invoice_delivery": Field(("string",), choices=("print", "email")),
    "dunning_delivery": Field(("string",), choices=("print", "email")),
    "tax_ident": Field(("string",)),
    "tags": Field(("array",), items=("string",)),
}


CUSTOMER_UPDATE_REQUIRED: Final[tuple[str, ...]] = ()


class CustomerAttributes:
    """A customer as it is returned. Open and lenient on purpose: any field may be null or absent, and
    fields that no page lists may be there. Flags may come as 0 and 1, numbers as text, and dates in
    more than one form.
    """

    @property
    def customer_id(self) -> int | None:
        """Customer ID #."""
        raise NotImplementedError

    @property
    def token(self) -> str | None:
        """Random token that may stand for the ID in a URL."""
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
    def bill_addr3(self) -> str | None:
        """Billing address line 3."""
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
    def ship_addr1(self) -> str | None:
        """Shipping address line 1."""
        raise NotImplementedError

    @property
    def ship_addr2(self) -> str | None:
        """Shipping address line 2."""
        raise NotImplementedError

    @property
    def ship_addr3(self) -> str | None:
        """Shipping address line 3."""
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
        """Flag to disable processing fees."""
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
        """A list of tags."""
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
        """Name to show for the customer."""
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
        """Currency code after ISO 4217."""
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
    def total(self) -> float | None:
        """Total invoiced, in the currency of the customer."""
        raise NotImplementedError

    @property
    def balance(self) -> float | None:
        """Balance due, in the customer's currency."""
        raise NotImplementedError

    @property
    def paid(self) -> float | None:
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
    def write_datetime(self) -> str | None:
        """When the customer was created."""
        raise NotImplementedError

    @property
    def write_ipaddr(self) -> str | None:
        """IP address that created the customer."""
        raise NotImplementedError

    @property
    def mod_datetime(self) -> str | None:
        """When the customer was last changed."""
        raise NotImplementedError

    @property
    def mod_ipaddr(self) -> str | None:
        """IP address that last changed the customer."""
        raise NotImplementedError


CUSTOMER: Final[dict[str, Field]] = {
    "customer_id": Field(("integer", "null")),
    "token": Field(("string", "null")),
    "parent_customer_id": Field(("integer", "null")),
    "superuser_id": Field(("integer", "null")),
    "external_key": Field(("string", "null")),
    "company": Field(("string", "null")),
    "language_id": Field(("integer", "null")),
    "class_id": Field(("integer", "null")),
    "admin_id": Field(("integer", "null")),
    "campaign_id": Field(("integer", "null")),
    "superuser_email": Field(("string", "null")),
    "superuser_name": Field(("string", "null")),
    "superuser_first_name": Field(("string", "null")),
    "superuser_last_name": Field(("string", "null")),
    "superuser_phone": Field(("string", "null")),
    "bill_addr1": Field(("string", "null")),
    "bill_addr2": Field(("string", "null")),
    "bill_addr3": Field(("string", "null")),
    "bill_city": Field(("string", "null")),
    "bill_state": Field(("string", "null")),
    "bill_postcode": Field(("string", "null")),
    "bill_country": Field(("string", "null")),
    "ship_addr1": Field(("string", "null")),
    "ship_addr2": Field(("string", "null")),
    "ship_addr3": Field(("string", "null")),
    "ship_city": Field(("string", "null")),
    "ship_state": Field(("string", "null")),
    "ship_postcode": Field(("string", "null")),
    "ship_country": Field(("string", "null")),
    "custom_1": Field(("string", "null")),
    "custom_2": Field(("string", "null")),
    "custom_3": Field(("string", "null")),
    "custom_4": Field(("string", "null")),
    "custom_5": Field(("string", "null")),
    "custom_6": Field(("string", "null")),
    "custom_7": Field(("string", "null")),
    "custom_8": Field(("string", "null")),
    "custom_9": Field(("string", "null")),
    "custom_10": Field(("string", "null")),
    "custom_11": Field(("string", "null")),
    "custom_12": Field(("string", "null")),
    "custom_13": Field(("string", "null")),
    "custom_14": Field(("string", "null")),
    "custom_15": Field(("string", "null")),
    "custom_16": Field(("string", "null")),
    "custom_17": Field(("string", "null")),
    "custom_18": Field(("string", "null")),
    "custom_19": Field(("string", "null")),
    "custom_20": Field(("string", "null")),
    "terms_id": Field(("integer", "null")),
    "no_taxes": Field(("boolean", "null")),
    "no_dunning": Field(("boolean", "null")),
    "no_latefees": Field(("boolean", "null")),
    "no_procfees": Field(("boolean", "null")),
    "invoice_delivery": Field(("string", "null")),
    "dunning_delivery": Field(("string", "null")),
    "tax_ident": Field(("string", "null")),
    "tags": Field(("array", "null"), items=("string",)),
    "superuser_username": Field(("string", "null")),
    "superuser_token": Field(("string", "null")),
    "campaign_details": Field(("string", "null")),
    "custtype_id": Field(("integer", "null")),
    "brand_id": Field(("integer", "null")),
    "bill_block": Field(("string", "null")),
    "ship_block": Field(("string", "null")),
    "display_as": Field(("string", "null")),
    "currency_id": Field(("integer", "null")),
    "currency_symbol": Field(("string", "null")),
    "currency_iso4217": Field(("string", "null")),
    "terms_name": Field(("string", "null")),
    "terms_days": Field(("integer", "null")),
    "class_name": Field(("string", "null")),
    "admin_name": Field(("string", "null")),
    "admin_email": Field(("string", "null")),
    "total": Field(("number", "null")),
    "balance": Field(("number", "null")),
    "paid": Field(("number", "null")),
    "default_paymethod": Field(("string", "null")),
    "default_creditcard_id": Field(("integer", "null")),
    "default_ach_id": Field(("integer", "null")),
    "url_self": Field(("string", "null")),
    "url_paymethodlink": Field(("string", "null")),
    "url_statementlink": Field(("string", "null")),
    "customer_status_id": Field(("integer", "null")),
    "customer_status_name": Field(("string", "null")),
    "customer_status_str": Field(("string", "null")),
    "customer_status_state": Field(("string", "null")),
    "write_datetime": Field(("string", "null")),
    "write_ipaddr": Field(("string", "null")),
    "mod_datetime": Field(("string", "null")),
    "mod_ipaddr": Field(("string", "null")),
}
