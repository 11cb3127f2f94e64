from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.delivery_method import DeliveryMethod
from ..types import UNSET, Unset

T = TypeVar("T", bound="CustomerWritableFields")


@_attrs_define
class CustomerWritableFields:
    """The fields that both an update and a creation take, in the order of the published page. A part of their bodies, not
    a body: it allows fields that are not listed.

        Attributes:
            parent_customer_id (int | None | Unset): Parent customer ID #. null disconnects the customer from its parent. It
                can only be changed, or removed, while the parent has not made a payment for this customer.
            superuser_id (int | Unset): Main contact ID #.
            external_key (str | Unset): External key value: the key of this customer in your own system, unique in the
                account.
            company (str | Unset): Company/customer name.
            language_id (int | Unset): Language ID #.
            class_id (int | Unset): Default class tracking ID #.
            admin_id (int | Unset): Admin/Worker ID #.
            campaign_id (int | Unset): Campaign/lead source ID #.
            superuser_email (str | Unset): Main contact e-mail address.
            superuser_name (str | Unset): Main contact name.
            superuser_first_name (str | Unset): Main contact first name.
            superuser_last_name (str | Unset): Main contact last name.
            superuser_phone (str | Unset): Main contact phone number.
            bill_addr1 (str | Unset): Billing address line 1.
            bill_addr2 (str | Unset): Billing address line 2.
            bill_addr3 (str | Unset): Billing address line 3. Newer pages mark it deprecated.
            bill_city (str | Unset): Billing address city.
            bill_state (str | Unset): Billing address state/province.
            bill_postcode (str | Unset): Billing address postal code.
            bill_country (str | Unset): Billing address country.
            ship_addr1 (str | Unset): Shipping address line 1.
            ship_addr2 (str | Unset): Shipping address line 2.
            ship_addr3 (str | Unset): Shipping address line 3. Newer pages mark it deprecated.
            ship_city (str | Unset): Shipping address city.
            ship_state (str | Unset): Shipping address state.
            ship_postcode (str | Unset): Shipping address postal code.
            ship_country (str | Unset): Shipping address country.
            custom_1 (str | Unset): Custom field #1.
            custom_2 (str | Unset): Custom field #2.
            custom_3 (str | Unset): Custom field #3.
            custom_4 (str | Unset): Custom field #4.
            custom_5 (str | Unset): Custom field #5.
            custom_6 (str | Unset): Custom field #6.
            custom_7 (str | Unset): Custom field #7.
            custom_8 (str | Unset): Custom field #8.
            custom_9 (str | Unset): Custom field #9.
            custom_10 (str | Unset): Custom field #10.
            custom_11 (str | Unset): Custom field #11.
            custom_12 (str | Unset): Custom field #12.
            custom_13 (str | Unset): Custom field #13.
            custom_14 (str | Unset): Custom field #14.
            custom_15 (str | Unset): Custom field #15.
            custom_16 (str | Unset): Custom field #16.
            custom_17 (str | Unset): Custom field #17.
            custom_18 (str | Unset): Custom field #18.
            custom_19 (str | Unset): Custom field #19.
            custom_20 (str | Unset): Custom field #20.
            terms_id (int | Unset): Default terms ID #.
            no_taxes (bool | Unset): Flag to disable charging of taxes.
            no_dunning (bool | Unset): Flag to disable dunning.
            no_latefees (bool | Unset): Flag to disable late fees.
            no_procfees (bool | Unset): Flag to disable processing fees.
            invoice_delivery (DeliveryMethod | Unset): email, or print for a printed hard copy.
            dunning_delivery (DeliveryMethod | Unset): email, or print for a printed hard copy.
            tax_ident (str | Unset): Tax ID #/VAT #.
            tags (list[str] | Unset): A list of tags.
    """

    parent_customer_id: int | None | Unset = UNSET
    superuser_id: int | Unset = UNSET
    external_key: str | Unset = UNSET
    company: str | Unset = UNSET
    language_id: int | Unset = UNSET
    class_id: int | Unset = UNSET
    admin_id: int | Unset = UNSET
    campaign_id: int | Unset = UNSET
    superuser_email: str | Unset = UNSET
    superuser_name: str | Unset = UNSET
    superuser_first_name: str | Unset = UNSET
    superuser_last_name: str | Unset = UNSET
    superuser_phone: str | Unset = UNSET
    bill_addr1: str | Unset = UNSET
    bill_addr2: str | Unset = UNSET
    bill_addr3: str | Unset = UNSET
    bill_city: str | Unset = UNSET
    bill_state: str | Unset = UNSET
    bill_postcode: str | Unset = UNSET
    bill_country: str | Unset = UNSET
    ship_addr1: str | Unset = UNSET
    ship_addr2: str | Unset = UNSET
    ship_addr3: str | Unset = UNSET
    ship_city: str | Unset = UNSET
    ship_state: str | Unset = UNSET
    ship_postcode: str | Unset = UNSET
    ship_country: str | Unset = UNSET
    custom_1: str | Unset = UNSET
    custom_2: str | Unset = UNSET
    custom_3: str | Unset = UNSET
    custom_4: str | Unset = UNSET
    custom_5: str | Unset = UNSET
    custom_6: str | Unset = UNSET
    custom_7: str | Unset = UNSET
    custom_8: str | Unset = UNSET
    custom_9: str | Unset = UNSET
    custom_10: str | Unset = UNSET
    custom_11: str | Unset = UNSET
    custom_12: str | Unset = UNSET
    custom_13: str | Unset = UNSET
    custom_14: str | Unset = UNSET
    custom_15: str | Unset = UNSET
    custom_16: str | Unset = UNSET
    custom_17: str | Unset = UNSET
    custom_18: str | Unset = UNSET
    custom_19: str | Unset = UNSET
    custom_20: str | Unset = UNSET
    terms_id: int | Unset = UNSET
    no_taxes: bool | Unset = UNSET
    no_dunning: bool | Unset = UNSET
    no_latefees: bool | Unset = UNSET
    no_procfees: bool | Unset = UNSET
    invoice_delivery: DeliveryMethod | Unset = UNSET
    dunning_delivery: DeliveryMethod | Unset = UNSET
    tax_ident: str | Unset = UNSET
    tags: list[str] | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        parent_customer_id: int | None | Unset
        if isinstance(self.parent_customer_id, Unset):
            parent_customer_id = UNSET
        else:
            parent_customer_id = self.parent_customer_id

        superuser_id = self.superuser_id

        external_key = self.external_key

        company = self.company

        language_id = self.language_id

        class_id = self.class_id

        admin_id = self.admin_id

        campaign_id = self.campaign_id

        superuser_email = self.superuser_email

        superuser_name = self.superuser_name

        superuser_first_name = self.superuser_first_name

        superuser_last_name = self.superuser_last_name

        superuser_phone = self.superuser_phone

        bill_addr1 = self.bill_addr1

        bill_addr2 = self.bill_addr2

        bill_addr3 = self.bill_addr3

        bill_city = self.bill_city

        bill_state = self.bill_state

        bill_postcode = self.bill_postcode

        bill_country = self.bill_country

        ship_addr1 = self.ship_addr1

        ship_addr2 = self.ship_addr2

        ship_addr3 = self.ship_addr3

        ship_city = self.ship_city

        ship_state = self.ship_state

        ship_postcode = self.ship_postcode

        ship_country = self.ship_country

        custom_1 = self.custom_1

        custom_2 = self.custom_2

        custom_3 = self.custom_3

        custom_4 = self.custom_4

        custom_5 = self.custom_5

        custom_6 = self.custom_6

        custom_7 = self.custom_7

        custom_8 = self.custom_8

        custom_9 = self.custom_9

        custom_10 = self.custom_10

        custom_11 = self.custom_11

        custom_12 = self.custom_12

        custom_13 = self.custom_13

        custom_14 = self.custom_14

        custom_15 = self.custom_15

        custom_16 = self.custom_16

        custom_17 = self.custom_17

        custom_18 = self.custom_18

        custom_19 = self.custom_19

        custom_20 = self.custom_20

        terms_id = self.terms_id

        no_taxes = self.no_taxes

        no_dunning = self.no_dunning

        no_latefees = self.no_latefees

        no_procfees = self.no_procfees

        invoice_delivery: str | Unset = UNSET
        if not isinstance(self.invoice_delivery, Unset):
            invoice_delivery = self.invoice_delivery.value

        dunning_delivery: str | Unset = UNSET
        if not isinstance(self.dunning_delivery, Unset):
            dunning_delivery = self.dunning_delivery.value

        tax_ident = self.tax_ident

        tags: list[str] | Unset = UNSET
        if not isinstance(self.tags, Unset):
            tags = self.tags

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
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

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)

        def _parse_parent_customer_id(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        parent_customer_id = _parse_parent_customer_id(d.pop("parent_customer_id", UNSET))

        superuser_id = d.pop("superuser_id", UNSET)

        external_key = d.pop("external_key", UNSET)

        company = d.pop("company", UNSET)

        language_id = d.pop("language_id", UNSET)

        class_id = d.pop("class_id", UNSET)

        admin_id = d.pop("admin_id", UNSET)

        campaign_id = d.pop("campaign_id", UNSET)

        superuser_email = d.pop("superuser_email", UNSET)

        superuser_name = d.pop("superuser_name", UNSET)

        superuser_first_name = d.pop("superuser_first_name", UNSET)

        superuser_last_name = d.pop("superuser_last_name", UNSET)

        superuser_phone = d.pop("superuser_phone", UNSET)

        bill_addr1 = d.pop("bill_addr1", UNSET)

        bill_addr2 = d.pop("bill_addr2", UNSET)

        bill_addr3 = d.pop("bill_addr3", UNSET)

        bill_city = d.pop("bill_city", UNSET)

        bill_state = d.pop("bill_state", UNSET)

        bill_postcode = d.pop("bill_postcode", UNSET)

        bill_country = d.pop("bill_country", UNSET)

        ship_addr1 = d.pop("ship_addr1", UNSET)

        ship_addr2 = d.pop("ship_addr2", UNSET)

        ship_addr3 = d.pop("ship_addr3", UNSET)

        ship_city = d.pop("ship_city", UNSET)

        ship_state = d.pop("ship_state", UNSET)

        ship_postcode = d.pop("ship_postcode", UNSET)

        ship_country = d.pop("ship_country", UNSET)

        custom_1 = d.pop("custom_1", UNSET)

        custom_2 = d.pop("custom_2", UNSET)

        custom_3 = d.pop("custom_3", UNSET)

        custom_4 = d.pop("custom_4", UNSET)

        custom_5 = d.pop("custom_5", UNSET)

        custom_6 = d.pop("custom_6", UNSET)

        custom_7 = d.pop("custom_7", UNSET)

        custom_8 = d.pop("custom_8", UNSET)

        custom_9 = d.pop("custom_9", UNSET)

        custom_10 = d.pop("custom_10", UNSET)

        custom_11 = d.pop("custom_11", UNSET)

        custom_12 = d.pop("custom_12", UNSET)

        custom_13 = d.pop("custom_13", UNSET)

        custom_14 = d.pop("custom_14", UNSET)

        custom_15 = d.pop("custom_15", UNSET)

        custom_16 = d.pop("custom_16", UNSET)

        custom_17 = d.pop("custom_17", UNSET)

        custom_18 = d.pop("custom_18", UNSET)

        custom_19 = d.pop("custom_19", UNSET)

        custom_20 = d.pop("custom_20", UNSET)

        terms_id = d.pop("terms_id", UNSET)

        no_taxes = d.pop("no_taxes", UNSET)

        no_dunning = d.pop("no_dunning", UNSET)

        no_latefees = d.pop("no_latefees", UNSET)

        no_procfees = d.pop("no_procfees", UNSET)

        _invoice_delivery = d.pop("invoice_delivery", UNSET)
        invoice_delivery: DeliveryMethod | Unset
        if isinstance(_invoice_delivery, Unset):
            invoice_delivery = UNSET
        else:
            invoice_delivery = DeliveryMethod(_invoice_delivery)

        _dunning_delivery = d.pop("dunning_delivery", UNSET)
        dunning_delivery: DeliveryMethod | Unset
        if isinstance(_dunning_delivery, Unset):
            dunning_delivery = UNSET
        else:
            dunning_delivery = DeliveryMethod(_dunning_delivery)

        tax_ident = d.pop("tax_ident", UNSET)

        tags = cast(list[str], d.pop("tags", UNSET))

        customer_writable_fields = cls(
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
            ship_addr1=ship_addr1,
            ship_addr2=ship_addr2,
            ship_addr3=ship_addr3,
            ship_city=ship_city,
            ship_state=ship_state,
            ship_postcode=ship_postcode,
            ship_country=ship_country,
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
        )

        customer_writable_fields.additional_properties = d
        return customer_writable_fields

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
