from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="Customer")


@_attrs_define
class Customer:
    """A customer as returned. Open and lenient on purpose: any field may be null or absent, and undocumented fields
    may be present. Flags may come as 0 and 1, numbers as text. A date is in the account's time zone, in whole
    seconds: `2026-03-10T01:01:49-05:00`, or `2026-03-10 01:01:49` in older accounts.

        Attributes:
            customer_id (int | None | Unset): Customer ID #.
            token (None | str | Unset): Random token that may replace the ID in a URL.
            parent_customer_id (int | None | Unset): Parent customer ID #.
            superuser_id (int | None | Unset): Main contact ID #.
            external_key (None | str | Unset): External key value.
            company (None | str | Unset): Company/customer name.
            language_id (int | None | Unset): Language ID #.
            class_id (int | None | Unset): Default class tracking ID #.
            admin_id (int | None | Unset): Admin/Worker ID #.
            campaign_id (int | None | Unset): Campaign/lead source ID #.
            superuser_email (None | str | Unset): Main contact e-mail address.
            superuser_name (None | str | Unset): Main contact name.
            superuser_first_name (None | str | Unset): Main contact first name.
            superuser_last_name (None | str | Unset): Main contact last name.
            superuser_phone (None | str | Unset): Main contact phone number.
            bill_addr1 (None | str | Unset): Billing address line 1.
            bill_addr2 (None | str | Unset): Billing address line 2.
            bill_addr3 (None | str | Unset): Billing address line 3. Newer pages mark it deprecated.
            bill_city (None | str | Unset): Billing address city.
            bill_state (None | str | Unset): Billing address state/province.
            bill_postcode (None | str | Unset): Billing address postal code.
            bill_country (None | str | Unset): Billing address country.
            bill_notes (None | str | Unset): Notes about the billing address.
            ship_addr1 (None | str | Unset): Shipping address line 1.
            ship_addr2 (None | str | Unset): Shipping address line 2.
            ship_addr3 (None | str | Unset): Shipping address line 3. Newer pages mark it deprecated.
            ship_city (None | str | Unset): Shipping address city.
            ship_state (None | str | Unset): Shipping address state.
            ship_postcode (None | str | Unset): Shipping address postal code.
            ship_country (None | str | Unset): Shipping address country.
            ship_notes (None | str | Unset): Notes about the shipping address.
            custom_1 (None | str | Unset): Custom field #1.
            custom_2 (None | str | Unset): Custom field #2.
            custom_3 (None | str | Unset): Custom field #3.
            custom_4 (None | str | Unset): Custom field #4.
            custom_5 (None | str | Unset): Custom field #5.
            custom_6 (None | str | Unset): Custom field #6.
            custom_7 (None | str | Unset): Custom field #7.
            custom_8 (None | str | Unset): Custom field #8.
            custom_9 (None | str | Unset): Custom field #9.
            custom_10 (None | str | Unset): Custom field #10.
            custom_11 (None | str | Unset): Custom field #11.
            custom_12 (None | str | Unset): Custom field #12.
            custom_13 (None | str | Unset): Custom field #13.
            custom_14 (None | str | Unset): Custom field #14.
            custom_15 (None | str | Unset): Custom field #15.
            custom_16 (None | str | Unset): Custom field #16.
            custom_17 (None | str | Unset): Custom field #17.
            custom_18 (None | str | Unset): Custom field #18.
            custom_19 (None | str | Unset): Custom field #19.
            custom_20 (None | str | Unset): Custom field #20.
            terms_id (int | None | Unset): Default terms ID #.
            no_taxes (bool | None | Unset): Flag to disable charging of taxes.
            no_dunning (bool | None | Unset): Flag to disable dunning.
            no_latefees (bool | None | Unset): Flag to disable late fees.
            no_procfees (int | None | Unset): Flag to disable processing fees, as the number 0 or 1.
            invoice_delivery (None | str | Unset): Delivery method for initial invoices.
            dunning_delivery (None | str | Unset): Delivery method for dunning/reminder invoices.
            tax_ident (None | str | Unset): Tax ID #/VAT #.
            tags (list[str] | None | Unset): A list of tags. Absent from the rows of a list.
            superuser_username (None | str | Unset): Main contact user name.
            superuser_token (None | str | Unset): Random token of the main contact.
            campaign_details (None | str | Unset): Details of the campaign/lead source.
            custtype_id (int | None | Unset): Customer type ID #.
            brand_id (int | None | Unset): Brand ID #.
            bill_block (None | str | Unset): Billing address as one printable block of lines.
            ship_block (None | str | Unset): Shipping address as one printable block of lines.
            display_as (None | str | Unset): Display name of the customer.
            currency_id (int | None | Unset): Currency ID #.
            currency_symbol (None | str | Unset): Currency symbol.
            currency_iso4217 (None | str | Unset): Currency code (ISO 4217).
            terms_name (None | str | Unset): Name of the default terms.
            terms_days (int | None | Unset): Days until an invoice on these terms is due.
            class_name (None | str | Unset): Name of the default class.
            admin_name (None | str | Unset): Admin/Worker name.
            admin_email (None | str | Unset): Admin/Worker e-mail address.
            total (float | None | Unset): Total invoiced, in the customer's currency.
            balance (float | None | Unset): Balance due, in the customer's currency.
            paid (float | None | Unset): Total paid, in the customer's currency.
            default_paymethod (None | str | Unset): Default payment method.
            default_creditcard_id (int | None | Unset): Default credit card ID #.
            default_ach_id (int | None | Unset): Default ACH account ID #.
            url_self (None | str | Unset): URL of the customer in the admin pages.
            url_paymethodlink (None | str | Unset): URL where the customer enters a payment method.
            url_statementlink (None | str | Unset): URL of the customer statement.
            customer_status_id (int | None | Unset): Status ID #.
            customer_status_name (None | str | Unset): Status as a readable name.
            customer_status_str (None | str | Unset): Status as a stable identifier.
            customer_status_state (None | str | Unset): State that the status stands for.
            write_datetime (None | str | Unset): When the customer was created.
            write_ipaddr (None | str | Unset): IP address that created the customer.
            mod_datetime (None | str | Unset): When the customer was last changed.
            mod_ipaddr (None | str | Unset): IP address that last changed the customer.
    """

    customer_id: int | None | Unset = UNSET
    token: None | str | Unset = UNSET
    parent_customer_id: int | None | Unset = UNSET
    superuser_id: int | None | Unset = UNSET
    external_key: None | str | Unset = UNSET
    company: None | str | Unset = UNSET
    language_id: int | None | Unset = UNSET
    class_id: int | None | Unset = UNSET
    admin_id: int | None | Unset = UNSET
    campaign_id: int | None | Unset = UNSET
    superuser_email: None | str | Unset = UNSET
    superuser_name: None | str | Unset = UNSET
    superuser_first_name: None | str | Unset = UNSET
    superuser_last_name: None | str | Unset = UNSET
    superuser_phone: None | str | Unset = UNSET
    bill_addr1: None | str | Unset = UNSET
    bill_addr2: None | str | Unset = UNSET
    bill_addr3: None | str | Unset = UNSET
    bill_city: None | str | Unset = UNSET
    bill_state: None | str | Unset = UNSET
    bill_postcode: None | str | Unset = UNSET
    bill_country: None | str | Unset = UNSET
    bill_notes: None | str | Unset = UNSET
    ship_addr1: None | str | Unset = UNSET
    ship_addr2: None | str | Unset = UNSET
    ship_addr3: None | str | Unset = UNSET
    ship_city: None | str | Unset = UNSET
    ship_state: None | str | Unset = UNSET
    ship_postcode: None | str | Unset = UNSET
    ship_country: None | str | Unset = UNSET
    ship_notes: None | str | Unset = UNSET
    custom_1: None | str | Unset = UNSET
    custom_2: None | str | Unset = UNSET
    custom_3: None | str | Unset = UNSET
    custom_4: None | str | Unset = UNSET
    custom_5: None | str | Unset = UNSET
    custom_6: None | str | Unset = UNSET
    custom_7: None | str | Unset = UNSET
    custom_8: None | str | Unset = UNSET
    custom_9: None | str | Unset = UNSET
    custom_10: None | str | Unset = UNSET
    custom_11: None | str | Unset = UNSET
    custom_12: None | str | Unset = UNSET
    custom_13: None | str | Unset = UNSET
    custom_14: None | str | Unset = UNSET
    custom_15: None | str | Unset = UNSET
    custom_16: None | str | Unset = UNSET
    custom_17: None | str | Unset = UNSET
    custom_18: None | str | Unset = UNSET
    custom_19: None | str | Unset = UNSET
    custom_20: None | str | Unset = UNSET
    terms_id: int | None | Unset = UNSET
    no_taxes: bool | None | Unset = UNSET
    no_dunning: bool | None | Unset = UNSET
    no_latefees: bool | None | Unset = UNSET
    no_procfees: int | None | Unset = UNSET
    invoice_delivery: None | str | Unset = UNSET
    dunning_delivery: None | str | Unset = UNSET
    tax_ident: None | str | Unset = UNSET
    tags: list[str] | None | Unset = UNSET
    superuser_username: None | str | Unset = UNSET
    superuser_token: None | str | Unset = UNSET
    campaign_details: None | str | Unset = UNSET
    custtype_id: int | None | Unset = UNSET
    brand_id: int | None | Unset = UNSET
    bill_block: None | str | Unset = UNSET
    ship_block: None | str | Unset = UNSET
    display_as: None | str | Unset = UNSET
    currency_id: int | None | Unset = UNSET
    currency_symbol: None | str | Unset = UNSET
    currency_iso4217: None | str | Unset = UNSET
    terms_name: None | str | Unset = UNSET
    terms_days: int | None | Unset = UNSET
    class_name: None | str | Unset = UNSET
    admin_name: None | str | Unset = UNSET
    admin_email: None | str | Unset = UNSET
    total: float | None | Unset = UNSET
    balance: float | None | Unset = UNSET
    paid: float | None | Unset = UNSET
    default_paymethod: None | str | Unset = UNSET
    default_creditcard_id: int | None | Unset = UNSET
    default_ach_id: int | None | Unset = UNSET
    url_self: None | str | Unset = UNSET
    url_paymethodlink: None | str | Unset = UNSET
    url_statementlink: None | str | Unset = UNSET
    customer_status_id: int | None | Unset = UNSET
    customer_status_name: None | str | Unset = UNSET
    customer_status_str: None | str | Unset = UNSET
    customer_status_state: None | str | Unset = UNSET
    write_datetime: None | str | Unset = UNSET
    write_ipaddr: None | str | Unset = UNSET
    mod_datetime: None | str | Unset = UNSET
    mod_ipaddr: None | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        customer_id: int | None | Unset
        if isinstance(self.customer_id, Unset):
            customer_id = UNSET
        else:
            customer_id = self.customer_id

        token: None | str | Unset
        if isinstance(self.token, Unset):
            token = UNSET
        else:
            token = self.token

        parent_customer_id: int | None | Unset
        if isinstance(self.parent_customer_id, Unset):
            parent_customer_id = UNSET
        else:
            parent_customer_id = self.parent_customer_id

        superuser_id: int | None | Unset
        if isinstance(self.superuser_id, Unset):
            superuser_id = UNSET
        else:
            superuser_id = self.superuser_id

        external_key: None | str | Unset
        if isinstance(self.external_key, Unset):
            external_key = UNSET
        else:
            external_key = self.external_key

        company: None | str | Unset
        if isinstance(self.company, Unset):
            company = UNSET
        else:
            company = self.company

        language_id: int | None | Unset
        if isinstance(self.language_id, Unset):
            language_id = UNSET
        else:
            language_id = self.language_id

        class_id: int | None | Unset
        if isinstance(self.class_id, Unset):
            class_id = UNSET
        else:
            class_id = self.class_id

        admin_id: int | None | Unset
        if isinstance(self.admin_id, Unset):
            admin_id = UNSET
        else:
            admin_id = self.admin_id

        campaign_id: int | None | Unset
        if isinstance(self.campaign_id, Unset):
            campaign_id = UNSET
        else:
            campaign_id = self.campaign_id

        superuser_email: None | str | Unset
        if isinstance(self.superuser_email, Unset):
            superuser_email = UNSET
        else:
            superuser_email = self.superuser_email

        superuser_name: None | str | Unset
        if isinstance(self.superuser_name, Unset):
            superuser_name = UNSET
        else:
            superuser_name = self.superuser_name

        superuser_first_name: None | str | Unset
        if isinstance(self.superuser_first_name, Unset):
            superuser_first_name = UNSET
        else:
            superuser_first_name = self.superuser_first_name

        superuser_last_name: None | str | Unset
        if isinstance(self.superuser_last_name, Unset):
            superuser_last_name = UNSET
        else:
            superuser_last_name = self.superuser_last_name

        superuser_phone: None | str | Unset
        if isinstance(self.superuser_phone, Unset):
            superuser_phone = UNSET
        else:
            superuser_phone = self.superuser_phone

        bill_addr1: None | str | Unset
        if isinstance(self.bill_addr1, Unset):
            bill_addr1 = UNSET
        else:
            bill_addr1 = self.bill_addr1

        bill_addr2: None | str | Unset
        if isinstance(self.bill_addr2, Unset):
            bill_addr2 = UNSET
        else:
            bill_addr2 = self.bill_addr2

        bill_addr3: None | str | Unset
        if isinstance(self.bill_addr3, Unset):
            bill_addr3 = UNSET
        else:
            bill_addr3 = self.bill_addr3

        bill_city: None | str | Unset
        if isinstance(self.bill_city, Unset):
            bill_city = UNSET
        else:
            bill_city = self.bill_city

        bill_state: None | str | Unset
        if isinstance(self.bill_state, Unset):
            bill_state = UNSET
        else:
            bill_state = self.bill_state

        bill_postcode: None | str | Unset
        if isinstance(self.bill_postcode, Unset):
            bill_postcode = UNSET
        else:
            bill_postcode = self.bill_postcode

        bill_country: None | str | Unset
        if isinstance(self.bill_country, Unset):
            bill_country = UNSET
        else:
            bill_country = self.bill_country

        bill_notes: None | str | Unset
        if isinstance(self.bill_notes, Unset):
            bill_notes = UNSET
        else:
            bill_notes = self.bill_notes

        ship_addr1: None | str | Unset
        if isinstance(self.ship_addr1, Unset):
            ship_addr1 = UNSET
        else:
            ship_addr1 = self.ship_addr1

        ship_addr2: None | str | Unset
        if isinstance(self.ship_addr2, Unset):
            ship_addr2 = UNSET
        else:
            ship_addr2 = self.ship_addr2

        ship_addr3: None | str | Unset
        if isinstance(self.ship_addr3, Unset):
            ship_addr3 = UNSET
        else:
            ship_addr3 = self.ship_addr3

        ship_city: None | str | Unset
        if isinstance(self.ship_city, Unset):
            ship_city = UNSET
        else:
            ship_city = self.ship_city

        ship_state: None | str | Unset
        if isinstance(self.ship_state, Unset):
            ship_state = UNSET
        else:
            ship_state = self.ship_state

        ship_postcode: None | str | Unset
        if isinstance(self.ship_postcode, Unset):
            ship_postcode = UNSET
        else:
            ship_postcode = self.ship_postcode

        ship_country: None | str | Unset
        if isinstance(self.ship_country, Unset):
            ship_country = UNSET
        else:
            ship_country = self.ship_country

        ship_notes: None | str | Unset
        if isinstance(self.ship_notes, Unset):
            ship_notes = UNSET
        else:
            ship_notes = self.ship_notes

        custom_1: None | str | Unset
        if isinstance(self.custom_1, Unset):
            custom_1 = UNSET
        else:
            custom_1 = self.custom_1

        custom_2: None | str | Unset
        if isinstance(self.custom_2, Unset):
            custom_2 = UNSET
        else:
            custom_2 = self.custom_2

        custom_3: None | str | Unset
        if isinstance(self.custom_3, Unset):
            custom_3 = UNSET
        else:
            custom_3 = self.custom_3

        custom_4: None | str | Unset
        if isinstance(self.custom_4, Unset):
            custom_4 = UNSET
        else:
            custom_4 = self.custom_4

        custom_5: None | str | Unset
        if isinstance(self.custom_5, Unset):
            custom_5 = UNSET
        else:
            custom_5 = self.custom_5

        custom_6: None | str | Unset
        if isinstance(self.custom_6, Unset):
            custom_6 = UNSET
        else:
            custom_6 = self.custom_6

        custom_7: None | str | Unset
        if isinstance(self.custom_7, Unset):
            custom_7 = UNSET
        else:
            custom_7 = self.custom_7

        custom_8: None | str | Unset
        if isinstance(self.custom_8, Unset):
            custom_8 = UNSET
        else:
            custom_8 = self.custom_8

        custom_9: None | str | Unset
        if isinstance(self.custom_9, Unset):
            custom_9 = UNSET
        else:
            custom_9 = self.custom_9

        custom_10: None | str | Unset
        if isinstance(self.custom_10, Unset):
            custom_10 = UNSET
        else:
            custom_10 = self.custom_10

        custom_11: None | str | Unset
        if isinstance(self.custom_11, Unset):
            custom_11 = UNSET
        else:
            custom_11 = self.custom_11

        custom_12: None | str | Unset
        if isinstance(self.custom_12, Unset):
            custom_12 = UNSET
        else:
            custom_12 = self.custom_12

        custom_13: None | str | Unset
        if isinstance(self.custom_13, Unset):
            custom_13 = UNSET
        else:
            custom_13 = self.custom_13

        custom_14: None | str | Unset
        if isinstance(self.custom_14, Unset):
            custom_14 = UNSET
        else:
            custom_14 = self.custom_14

        custom_15: None | str | Unset
        if isinstance(self.custom_15, Unset):
            custom_15 = UNSET
        else:
            custom_15 = self.custom_15

        custom_16: None | str | Unset
        if isinstance(self.custom_16, Unset):
            custom_16 = UNSET
        else:
            custom_16 = self.custom_16

        custom_17: None | str | Unset
        if isinstance(self.custom_17, Unset):
            custom_17 = UNSET
        else:
            custom_17 = self.custom_17

        custom_18: None | str | Unset
        if isinstance(self.custom_18, Unset):
            custom_18 = UNSET
        else:
            custom_18 = self.custom_18

        custom_19: None | str | Unset
        if isinstance(self.custom_19, Unset):
            custom_19 = UNSET
        else:
            custom_19 = self.custom_19

        custom_20: None | str | Unset
        if isinstance(self.custom_20, Unset):
            custom_20 = UNSET
        else:
            custom_20 = self.custom_20

        terms_id: int | None | Unset
        if isinstance(self.terms_id, Unset):
            terms_id = UNSET
        else:
            terms_id = self.terms_id

        no_taxes: bool | None | Unset
        if isinstance(self.no_taxes, Unset):
            no_taxes = UNSET
        else:
            no_taxes = self.no_taxes

        no_dunning: bool | None | Unset
        if isinstance(self.no_dunning, Unset):
            no_dunning = UNSET
        else:
            no_dunning = self.no_dunning

        no_latefees: bool | None | Unset
        if isinstance(self.no_latefees, Unset):
            no_latefees = UNSET
        else:
            no_latefees = self.no_latefees

        no_procfees: int | None | Unset
        if isinstance(self.no_procfees, Unset):
            no_procfees = UNSET
        else:
            no_procfees = self.no_procfees

        invoice_delivery: None | str | Unset
        if isinstance(self.invoice_delivery, Unset):
            invoice_delivery = UNSET
        else:
            invoice_delivery = self.invoice_delivery

        dunning_delivery: None | str | Unset
        if isinstance(self.dunning_delivery, Unset):
            dunning_delivery = UNSET
        else:
            dunning_delivery = self.dunning_delivery

        tax_ident: None | str | Unset
        if isinstance(self.tax_ident, Unset):
            tax_ident = UNSET
        else:
            tax_ident = self.tax_ident

        tags: list[str] | None | Unset
        if isinstance(self.tags, Unset):
            tags = UNSET
        elif isinstance(self.tags, list):
            tags = self.tags

        else:
            tags = self.tags

        superuser_username: None | str | Unset
        if isinstance(self.superuser_username, Unset):
            superuser_username = UNSET
        else:
            superuser_username = self.superuser_username

        superuser_token: None | str | Unset
        if isinstance(self.superuser_token, Unset):
            superuser_token = UNSET
        else:
            superuser_token = self.superuser_token

        campaign_details: None | str | Unset
        if isinstance(self.campaign_details, Unset):
            campaign_details = UNSET
        else:
            campaign_details = self.campaign_details

        custtype_id: int | None | Unset
        if isinstance(self.custtype_id, Unset):
            custtype_id = UNSET
        else:
            custtype_id = self.custtype_id

        brand_id: int | None | Unset
        if isinstance(self.brand_id, Unset):
            brand_id = UNSET
        else:
            brand_id = self.brand_id

        bill_block: None | str | Unset
        if isinstance(self.bill_block, Unset):
            bill_block = UNSET
        else:
            bill_block = self.bill_block

        ship_block: None | str | Unset
        if isinstance(self.ship_block, Unset):
            ship_block = UNSET
        else:
            ship_block = self.ship_block

        display_as: None | str | Unset
        if isinstance(self.display_as, Unset):
            display_as = UNSET
        else:
            display_as = self.display_as

        currency_id: int | None | Unset
        if isinstance(self.currency_id, Unset):
            currency_id = UNSET
        else:
            currency_id = self.currency_id

        currency_symbol: None | str | Unset
        if isinstance(self.currency_symbol, Unset):
            currency_symbol = UNSET
        else:
            currency_symbol = self.currency_symbol

        currency_iso4217: None | str | Unset
        if isinstance(self.currency_iso4217, Unset):
            currency_iso4217 = UNSET
        else:
            currency_iso4217 = self.currency_iso4217

        terms_name: None | str | Unset
        if isinstance(self.terms_name, Unset):
            terms_name = UNSET
        else:
            terms_name = self.terms_name

        terms_days: int | None | Unset
        if isinstance(self.terms_days, Unset):
            terms_days = UNSET
        else:
            terms_days = self.terms_days

        class_name: None | str | Unset
        if isinstance(self.class_name, Unset):
            class_name = UNSET
        else:
            class_name = self.class_name

        admin_name: None | str | Unset
        if isinstance(self.admin_name, Unset):
            admin_name = UNSET
        else:
            admin_name = self.admin_name

        admin_email: None | str | Unset
        if isinstance(self.admin_email, Unset):
            admin_email = UNSET
        else:
            admin_email = self.admin_email

        total: float | None | Unset
        if isinstance(self.total, Unset):
            total = UNSET
        else:
            total = self.total

        balance: float | None | Unset
        if isinstance(self.balance, Unset):
            balance = UNSET
        else:
            balance = self.balance

        paid: float | None | Unset
        if isinstance(self.paid, Unset):
            paid = UNSET
        else:
            paid = self.paid

        default_paymethod: None | str | Unset
        if isinstance(self.default_paymethod, Unset):
            default_paymethod = UNSET
        else:
            default_paymethod = self.default_paymethod

        default_creditcard_id: int | None | Unset
        if isinstance(self.default_creditcard_id, Unset):
            default_creditcard_id = UNSET
        else:
            default_creditcard_id = self.default_creditcard_id

        default_ach_id: int | None | Unset
        if isinstance(self.default_ach_id, Unset):
            default_ach_id = UNSET
        else:
            default_ach_id = self.default_ach_id

        url_self: None | str | Unset
        if isinstance(self.url_self, Unset):
            url_self = UNSET
        else:
            url_self = self.url_self

        url_paymethodlink: None | str | Unset
        if isinstance(self.url_paymethodlink, Unset):
            url_paymethodlink = UNSET
        else:
            url_paymethodlink = self.url_paymethodlink

        url_statementlink: None | str | Unset
        if isinstance(self.url_statementlink, Unset):
            url_statementlink = UNSET
        else:
            url_statementlink = self.url_statementlink

        customer_status_id: int | None | Unset
        if isinstance(self.customer_status_id, Unset):
            customer_status_id = UNSET
        else:
            customer_status_id = self.customer_status_id

        customer_status_name: None | str | Unset
        if isinstance(self.customer_status_name, Unset):
            customer_status_name = UNSET
        else:
            customer_status_name = self.customer_status_name

        customer_status_str: None | str | Unset
        if isinstance(self.customer_status_str, Unset):
            customer_status_str = UNSET
        else:
            customer_status_str = self.customer_status_str

        customer_status_state: None | str | Unset
        if isinstance(self.customer_status_state, Unset):
            customer_status_state = UNSET
        else:
            customer_status_state = self.customer_status_state

        write_datetime: None | str | Unset
        if isinstance(self.write_datetime, Unset):
            write_datetime = UNSET
        else:
            write_datetime = self.write_datetime

        write_ipaddr: None | str | Unset
        if isinstance(self.write_ipaddr, Unset):
            write_ipaddr = UNSET
        else:
            write_ipaddr = self.write_ipaddr

        mod_datetime: None | str | Unset
        if isinstance(self.mod_datetime, Unset):
            mod_datetime = UNSET
        else:
            mod_datetime = self.mod_datetime

        mod_ipaddr: None | str | Unset
        if isinstance(self.mod_ipaddr, Unset):
            mod_ipaddr = UNSET
        else:
            mod_ipaddr = self.mod_ipaddr

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if customer_id is not UNSET:
            field_dict["customer_id"] = customer_id
        if token is not UNSET:
            field_dict["token"] = token
        if parent_customer_id is not UNSET:
            field_dict["parent_customer_id"] = parent_customer_id
        if superuser_id is not UNSET:
            field_dict["superuser_id"] = superuser_id
        if external_key is not UNSET:
            field_dict["external_key"] = external_key
        if company is not UNSET:
            field_dict["company"] = company
        if language_id is not UNSET:
            field_dict["language_id"] = language_id
        if class_id is not UNSET:
            field_dict["class_id"] = class_id
        if admin_id is not UNSET:
            field_dict["admin_id"] = admin_id
        if campaign_id is not UNSET:
            field_dict["campaign_id"] = campaign_id
        if superuser_email is not UNSET:
            field_dict["superuser_email"] = superuser_email
        if superuser_name is not UNSET:
            field_dict["superuser_name"] = superuser_name
        if superuser_first_name is not UNSET:
            field_dict["superuser_first_name"] = superuser_first_name
        if superuser_last_name is not UNSET:
            field_dict["superuser_last_name"] = superuser_last_name
        if superuser_phone is not UNSET:
            field_dict["superuser_phone"] = superuser_phone
        if bill_addr1 is not UNSET:
            field_dict["bill_addr1"] = bill_addr1
        if bill_addr2 is not UNSET:
            field_dict["bill_addr2"] = bill_addr2
        if bill_addr3 is not UNSET:
            field_dict["bill_addr3"] = bill_addr3
        if bill_city is not UNSET:
            field_dict["bill_city"] = bill_city
        if bill_state is not UNSET:
            field_dict["bill_state"] = bill_state
        if bill_postcode is not UNSET:
            field_dict["bill_postcode"] = bill_postcode
        if bill_country is not UNSET:
            field_dict["bill_country"] = bill_country
        if bill_notes is not UNSET:
            field_dict["bill_notes"] = bill_notes
        if ship_addr1 is not UNSET:
            field_dict["ship_addr1"] = ship_addr1
        if ship_addr2 is not UNSET:
            field_dict["ship_addr2"] = ship_addr2
        if ship_addr3 is not UNSET:
            field_dict["ship_addr3"] = ship_addr3
        if ship_city is not UNSET:
            field_dict["ship_city"] = ship_city
        if ship_state is not UNSET:
            field_dict["ship_state"] = ship_state
        if ship_postcode is not UNSET:
            field_dict["ship_postcode"] = ship_postcode
        if ship_country is not UNSET:
            field_dict["ship_country"] = ship_country
        if ship_notes is not UNSET:
            field_dict["ship_notes"] = ship_notes
        if custom_1 is not UNSET:
            field_dict["custom_1"] = custom_1
        if custom_2 is not UNSET:
            field_dict["custom_2"] = custom_2
        if custom_3 is not UNSET:
            field_dict["custom_3"] = custom_3
        if custom_4 is not UNSET:
            field_dict["custom_4"] = custom_4
        if custom_5 is not UNSET:
            field_dict["custom_5"] = custom_5
        if custom_6 is not UNSET:
            field_dict["custom_6"] = custom_6
        if custom_7 is not UNSET:
            field_dict["custom_7"] = custom_7
        if custom_8 is not UNSET:
            field_dict["custom_8"] = custom_8
        if custom_9 is not UNSET:
            field_dict["custom_9"] = custom_9
        if custom_10 is not UNSET:
            field_dict["custom_10"] = custom_10
        if custom_11 is not UNSET:
            field_dict["custom_11"] = custom_11
        if custom_12 is not UNSET:
            field_dict["custom_12"] = custom_12
        if custom_13 is not UNSET:
            field_dict["custom_13"] = custom_13
        if custom_14 is not UNSET:
            field_dict["custom_14"] = custom_14
        if custom_15 is not UNSET:
            field_dict["custom_15"] = custom_15
        if custom_16 is not UNSET:
            field_dict["custom_16"] = custom_16
        if custom_17 is not UNSET:
            field_dict["custom_17"] = custom_17
        if custom_18 is not UNSET:
            field_dict["custom_18"] = custom_18
        if custom_19 is not UNSET:
            field_dict["custom_19"] = custom_19
        if custom_20 is not UNSET:
            field_dict["custom_20"] = custom_20
        if terms_id is not UNSET:
            field_dict["terms_id"] = terms_id
        if no_taxes is not UNSET:
            field_dict["no_taxes"] = no_taxes
        if no_dunning is not UNSET:
            field_dict["no_dunning"] = no_dunning
        if no_latefees is not UNSET:
            field_dict["no_latefees"] = no_latefees
        if no_procfees is not UNSET:
            field_dict["no_procfees"] = no_procfees
        if invoice_delivery is not UNSET:
            field_dict["invoice_delivery"] = invoice_delivery
        if dunning_delivery is not UNSET:
            field_dict["dunning_delivery"] = dunning_delivery
        if tax_ident is not UNSET:
            field_dict["tax_ident"] = tax_ident
        if tags is not UNSET:
            field_dict["tags"] = tags
        if superuser_username is not UNSET:
            field_dict["superuser_username"] = superuser_username
        if superuser_token is not UNSET:
            field_dict["superuser_token"] = superuser_token
        if campaign_details is not UNSET:
            field_dict["campaign_details"] = campaign_details
        if custtype_id is not UNSET:
            field_dict["custtype_id"] = custtype_id
        if brand_id is not UNSET:
            field_dict["brand_id"] = brand_id
        if bill_block is not UNSET:
            field_dict["bill_block"] = bill_block
        if ship_block is not UNSET:
            field_dict["ship_block"] = ship_block
        if display_as is not UNSET:
            field_dict["display_as"] = display_as
        if currency_id is not UNSET:
            field_dict["currency_id"] = currency_id
        if currency_symbol is not UNSET:
            field_dict["currency_symbol"] = currency_symbol
        if currency_iso4217 is not UNSET:
            field_dict["currency_iso4217"] = currency_iso4217
        if terms_name is not UNSET:
            field_dict["terms_name"] = terms_name
        if terms_days is not UNSET:
            field_dict["terms_days"] = terms_days
        if class_name is not UNSET:
            field_dict["class_name"] = class_name
        if admin_name is not UNSET:
            field_dict["admin_name"] = admin_name
        if admin_email is not UNSET:
            field_dict["admin_email"] = admin_email
        if total is not UNSET:
            field_dict["total"] = total
        if balance is not UNSET:
            field_dict["balance"] = balance
        if paid is not UNSET:
            field_dict["paid"] = paid
        if default_paymethod is not UNSET:
            field_dict["default_paymethod"] = default_paymethod
        if default_creditcard_id is not UNSET:
            field_dict["default_creditcard_id"] = default_creditcard_id
        if default_ach_id is not UNSET:
            field_dict["default_ach_id"] = default_ach_id
        if url_self is not UNSET:
            field_dict["url_self"] = url_self
        if url_paymethodlink is not UNSET:
            field_dict["url_paymethodlink"] = url_paymethodlink
        if url_statementlink is not UNSET:
            field_dict["url_statementlink"] = url_statementlink
        if customer_status_id is not UNSET:
            field_dict["customer_status_id"] = customer_status_id
        if customer_status_name is not UNSET:
            field_dict["customer_status_name"] = customer_status_name
        if customer_status_str is not UNSET:
            field_dict["customer_status_str"] = customer_status_str
        if customer_status_state is not UNSET:
            field_dict["customer_status_state"] = customer_status_state
        if write_datetime is not UNSET:
            field_dict["write_datetime"] = write_datetime
        if write_ipaddr is not UNSET:
            field_dict["write_ipaddr"] = write_ipaddr
        if mod_datetime is not UNSET:
            field_dict["mod_datetime"] = mod_datetime
        if mod_ipaddr is not UNSET:
            field_dict["mod_ipaddr"] = mod_ipaddr

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)

        def _parse_customer_id(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        customer_id = _parse_customer_id(d.pop("customer_id", UNSET))

        def _parse_token(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        token = _parse_token(d.pop("token", UNSET))

        def _parse_parent_customer_id(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        parent_customer_id = _parse_parent_customer_id(d.pop("parent_customer_id", UNSET))

        def _parse_superuser_id(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        superuser_id = _parse_superuser_id(d.pop("superuser_id", UNSET))

        def _parse_external_key(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        external_key = _parse_external_key(d.pop("external_key", UNSET))

        def _parse_company(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        company = _parse_company(d.pop("company", UNSET))

        def _parse_language_id(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        language_id = _parse_language_id(d.pop("language_id", UNSET))

        def _parse_class_id(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        class_id = _parse_class_id(d.pop("class_id", UNSET))

        def _parse_admin_id(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        admin_id = _parse_admin_id(d.pop("admin_id", UNSET))

        def _parse_campaign_id(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        campaign_id = _parse_campaign_id(d.pop("campaign_id", UNSET))

        def _parse_superuser_email(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        superuser_email = _parse_superuser_email(d.pop("superuser_email", UNSET))

        def _parse_superuser_name(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        superuser_name = _parse_superuser_name(d.pop("superuser_name", UNSET))

        def _parse_superuser_first_name(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        superuser_first_name = _parse_superuser_first_name(d.pop("superuser_first_name", UNSET))

        def _parse_superuser_last_name(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        superuser_last_name = _parse_superuser_last_name(d.pop("superuser_last_name", UNSET))

        def _parse_superuser_phone(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        superuser_phone = _parse_superuser_phone(d.pop("superuser_phone", UNSET))

        def _parse_bill_addr1(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        bill_addr1 = _parse_bill_addr1(d.pop("bill_addr1", UNSET))

        def _parse_bill_addr2(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        bill_addr2 = _parse_bill_addr2(d.pop("bill_addr2", UNSET))

        def _parse_bill_addr3(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        bill_addr3 = _parse_bill_addr3(d.pop("bill_addr3", UNSET))

        def _parse_bill_city(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        bill_city = _parse_bill_city(d.pop("bill_city", UNSET))

        def _parse_bill_state(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        bill_state = _parse_bill_state(d.pop("bill_state", UNSET))

        def _parse_bill_postcode(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        bill_postcode = _parse_bill_postcode(d.pop("bill_postcode", UNSET))

        def _parse_bill_country(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        bill_country = _parse_bill_country(d.pop("bill_country", UNSET))

        def _parse_bill_notes(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        bill_notes = _parse_bill_notes(d.pop("bill_notes", UNSET))

        def _parse_ship_addr1(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        ship_addr1 = _parse_ship_addr1(d.pop("ship_addr1", UNSET))

        def _parse_ship_addr2(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        ship_addr2 = _parse_ship_addr2(d.pop("ship_addr2", UNSET))

        def _parse_ship_addr3(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        ship_addr3 = _parse_ship_addr3(d.pop("ship_addr3", UNSET))

        def _parse_ship_city(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        ship_city = _parse_ship_city(d.pop("ship_city", UNSET))

        def _parse_ship_state(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        ship_state = _parse_ship_state(d.pop("ship_state", UNSET))

        def _parse_ship_postcode(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        ship_postcode = _parse_ship_postcode(d.pop("ship_postcode", UNSET))

        def _parse_ship_country(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        ship_country = _parse_ship_country(d.pop("ship_country", UNSET))

        def _parse_ship_notes(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        ship_notes = _parse_ship_notes(d.pop("ship_notes", UNSET))

        def _parse_custom_1(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        custom_1 = _parse_custom_1(d.pop("custom_1", UNSET))

        def _parse_custom_2(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        custom_2 = _parse_custom_2(d.pop("custom_2", UNSET))

        def _parse_custom_3(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        custom_3 = _parse_custom_3(d.pop("custom_3", UNSET))

        def _parse_custom_4(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        custom_4 = _parse_custom_4(d.pop("custom_4", UNSET))

        def _parse_custom_5(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        custom_5 = _parse_custom_5(d.pop("custom_5", UNSET))

        def _parse_custom_6(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        custom_6 = _parse_custom_6(d.pop("custom_6", UNSET))

        def _parse_custom_7(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        custom_7 = _parse_custom_7(d.pop("custom_7", UNSET))

        def _parse_custom_8(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        custom_8 = _parse_custom_8(d.pop("custom_8", UNSET))

        def _parse_custom_9(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        custom_9 = _parse_custom_9(d.pop("custom_9", UNSET))

        def _parse_custom_10(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        custom_10 = _parse_custom_10(d.pop("custom_10", UNSET))

        def _parse_custom_11(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        custom_11 = _parse_custom_11(d.pop("custom_11", UNSET))

        def _parse_custom_12(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        custom_12 = _parse_custom_12(d.pop("custom_12", UNSET))

        def _parse_custom_13(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        custom_13 = _parse_custom_13(d.pop("custom_13", UNSET))

        def _parse_custom_14(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        custom_14 = _parse_custom_14(d.pop("custom_14", UNSET))

        def _parse_custom_15(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        custom_15 = _parse_custom_15(d.pop("custom_15", UNSET))

        def _parse_custom_16(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        custom_16 = _parse_custom_16(d.pop("custom_16", UNSET))

        def _parse_custom_17(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        custom_17 = _parse_custom_17(d.pop("custom_17", UNSET))

        def _parse_custom_18(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        custom_18 = _parse_custom_18(d.pop("custom_18", UNSET))

        def _parse_custom_19(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        custom_19 = _parse_custom_19(d.pop("custom_19", UNSET))

        def _parse_custom_20(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        custom_20 = _parse_custom_20(d.pop("custom_20", UNSET))

        def _parse_terms_id(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        terms_id = _parse_terms_id(d.pop("terms_id", UNSET))

        def _parse_no_taxes(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        no_taxes = _parse_no_taxes(d.pop("no_taxes", UNSET))

        def _parse_no_dunning(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        no_dunning = _parse_no_dunning(d.pop("no_dunning", UNSET))

        def _parse_no_latefees(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        no_latefees = _parse_no_latefees(d.pop("no_latefees", UNSET))

        def _parse_no_procfees(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        no_procfees = _parse_no_procfees(d.pop("no_procfees", UNSET))

        def _parse_invoice_delivery(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        invoice_delivery = _parse_invoice_delivery(d.pop("invoice_delivery", UNSET))

        def _parse_dunning_delivery(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        dunning_delivery = _parse_dunning_delivery(d.pop("dunning_delivery", UNSET))

        def _parse_tax_ident(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        tax_ident = _parse_tax_ident(d.pop("tax_ident", UNSET))

        def _parse_tags(data: object) -> list[str] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                tags_type_0 = cast(list[str], data)

                return tags_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[str] | None | Unset, data)

        tags = _parse_tags(d.pop("tags", UNSET))

        def _parse_superuser_username(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        superuser_username = _parse_superuser_username(d.pop("superuser_username", UNSET))

        def _parse_superuser_token(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        superuser_token = _parse_superuser_token(d.pop("superuser_token", UNSET))

        def _parse_campaign_details(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        campaign_details = _parse_campaign_details(d.pop("campaign_details", UNSET))

        def _parse_custtype_id(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        custtype_id = _parse_custtype_id(d.pop("custtype_id", UNSET))

        def _parse_brand_id(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        brand_id = _parse_brand_id(d.pop("brand_id", UNSET))

        def _parse_bill_block(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        bill_block = _parse_bill_block(d.pop("bill_block", UNSET))

        def _parse_ship_block(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        ship_block = _parse_ship_block(d.pop("ship_block", UNSET))

        def _parse_display_as(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        display_as = _parse_display_as(d.pop("display_as", UNSET))

        def _parse_currency_id(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        currency_id = _parse_currency_id(d.pop("currency_id", UNSET))

        def _parse_currency_symbol(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        currency_symbol = _parse_currency_symbol(d.pop("currency_symbol", UNSET))

        def _parse_currency_iso4217(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        currency_iso4217 = _parse_currency_iso4217(d.pop("currency_iso4217", UNSET))

        def _parse_terms_name(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        terms_name = _parse_terms_name(d.pop("terms_name", UNSET))

        def _parse_terms_days(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        terms_days = _parse_terms_days(d.pop("terms_days", UNSET))

        def _parse_class_name(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        class_name = _parse_class_name(d.pop("class_name", UNSET))

        def _parse_admin_name(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        admin_name = _parse_admin_name(d.pop("admin_name", UNSET))

        def _parse_admin_email(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        admin_email = _parse_admin_email(d.pop("admin_email", UNSET))

        def _parse_total(data: object) -> float | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(float | None | Unset, data)

        total = _parse_total(d.pop("total", UNSET))

        def _parse_balance(data: object) -> float | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(float | None | Unset, data)

        balance = _parse_balance(d.pop("balance", UNSET))

        def _parse_paid(data: object) -> float | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(float | None | Unset, data)

        paid = _parse_paid(d.pop("paid", UNSET))

        def _parse_default_paymethod(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        default_paymethod = _parse_default_paymethod(d.pop("default_paymethod", UNSET))

        def _parse_default_creditcard_id(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        default_creditcard_id = _parse_default_creditcard_id(d.pop("default_creditcard_id", UNSET))

        def _parse_default_ach_id(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        default_ach_id = _parse_default_ach_id(d.pop("default_ach_id", UNSET))

        def _parse_url_self(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        url_self = _parse_url_self(d.pop("url_self", UNSET))

        def _parse_url_paymethodlink(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        url_paymethodlink = _parse_url_paymethodlink(d.pop("url_paymethodlink", UNSET))

        def _parse_url_statementlink(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        url_statementlink = _parse_url_statementlink(d.pop("url_statementlink", UNSET))

        def _parse_customer_status_id(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        customer_status_id = _parse_customer_status_id(d.pop("customer_status_id", UNSET))

        def _parse_customer_status_name(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        customer_status_name = _parse_customer_status_name(d.pop("customer_status_name", UNSET))

        def _parse_customer_status_str(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        customer_status_str = _parse_customer_status_str(d.pop("customer_status_str", UNSET))

        def _parse_customer_status_state(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        customer_status_state = _parse_customer_status_state(d.pop("customer_status_state", UNSET))

        def _parse_write_datetime(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        write_datetime = _parse_write_datetime(d.pop("write_datetime", UNSET))

        def _parse_write_ipaddr(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        write_ipaddr = _parse_write_ipaddr(d.pop("write_ipaddr", UNSET))

        def _parse_mod_datetime(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        mod_datetime = _parse_mod_datetime(d.pop("mod_datetime", UNSET))

        def _parse_mod_ipaddr(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        mod_ipaddr = _parse_mod_ipaddr(d.pop("mod_ipaddr", UNSET))

        customer = cls(
            customer_id=customer_id,
            token=token,
            parent_customer_id=parent_customer_id,
            superuser_id=superuser_id,
            external_key=external_key,
            company=company,
            language_id=language_id,
            class_id=class_id,
            admin_id=admin_id,
            campaign_id=campaign_id,
            superuser_email=superuser_email,
            superuser_name=superuser_name,
            superuser_first_name=superuser_first_name,
            superuser_last_name=superuser_last_name,
            superuser_phone=superuser_phone,
            bill_addr1=bill_addr1,
            bill_addr2=bill_addr2,
            bill_addr3=bill_addr3,
            bill_city=bill_city,
            bill_state=bill_state,
            bill_postcode=bill_postcode,
            bill_country=bill_country,
            bill_notes=bill_notes,
            ship_addr1=ship_addr1,
            ship_addr2=ship_addr2,
            ship_addr3=ship_addr3,
            ship_city=ship_city,
            ship_state=ship_state,
            ship_postcode=ship_postcode,
            ship_country=ship_country,
            ship_notes=ship_notes,
            custom_1=custom_1,
            custom_2=custom_2,
            custom_3=custom_3,
            custom_4=custom_4,
            custom_5=custom_5,
            custom_6=custom_6,
            custom_7=custom_7,
            custom_8=custom_8,
            custom_9=custom_9,
            custom_10=custom_10,
            custom_11=custom_11,
            custom_12=custom_12,
            custom_13=custom_13,
            custom_14=custom_14,
            custom_15=custom_15,
            custom_16=custom_16,
            custom_17=custom_17,
            custom_18=custom_18,
            custom_19=custom_19,
            custom_20=custom_20,
            terms_id=terms_id,
            no_taxes=no_taxes,
            no_dunning=no_dunning,
            no_latefees=no_latefees,
            no_procfees=no_procfees,
            invoice_delivery=invoice_delivery,
            dunning_delivery=dunning_delivery,
            tax_ident=tax_ident,
            tags=tags,
            superuser_username=superuser_username,
            superuser_token=superuser_token,
            campaign_details=campaign_details,
            custtype_id=custtype_id,
            brand_id=brand_id,
            bill_block=bill_block,
            ship_block=ship_block,
            display_as=display_as,
            currency_id=currency_id,
            currency_symbol=currency_symbol,
            currency_iso4217=currency_iso4217,
            terms_name=terms_name,
            terms_days=terms_days,
            class_name=class_name,
            admin_name=admin_name,
            admin_email=admin_email,
            total=total,
            balance=balance,
            paid=paid,
            default_paymethod=default_paymethod,
            default_creditcard_id=default_creditcard_id,
            default_ach_id=default_ach_id,
            url_self=url_self,
            url_paymethodlink=url_paymethodlink,
            url_statementlink=url_statementlink,
            customer_status_id=customer_status_id,
            customer_status_name=customer_status_name,
            customer_status_str=customer_status_str,
            customer_status_state=customer_status_state,
            write_datetime=write_datetime,
            write_ipaddr=write_ipaddr,
            mod_datetime=mod_datetime,
            mod_ipaddr=mod_ipaddr,
        )

        customer.additional_properties = d
        return customer

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
