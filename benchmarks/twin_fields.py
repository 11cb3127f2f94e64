"""The body of the FastAPI twin's PUT."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Id = Annotated[int, Field(ge=1, le=2**63 - 1)]
Delivery = Literal["print", "email"]
NOT_SENT: Any = None


class CustomerUpdate(BaseModel):
    """The 56 fields that an update may change. The defaults are never read: only what was sent is stored."""

    model_config = ConfigDict(extra="forbid", strict=True)

    parent_customer_id: Id | None = NOT_SENT
    superuser_id: Id = NOT_SENT
    external_key: str = NOT_SENT
    company: str = NOT_SENT
    language_id: Id = NOT_SENT
    class_id: Id = NOT_SENT
    admin_id: Id = NOT_SENT
    campaign_id: Id = NOT_SENT
    superuser_email: str = NOT_SENT
    superuser_name: str = NOT_SENT
    superuser_first_name: str = NOT_SENT
    superuser_last_name: str = NOT_SENT
    superuser_phone: str = NOT_SENT
    bill_addr1: str = NOT_SENT
    bill_addr2: str = NOT_SENT
    bill_addr3: str = NOT_SENT
    bill_city: str = NOT_SENT
    bill_state: str = NOT_SENT
    bill_postcode: str = NOT_SENT
    bill_country: str = NOT_SENT
    ship_addr1: str = NOT_SENT
    ship_addr2: str = NOT_SENT
    ship_addr3: str = NOT_SENT
    ship_city: str = NOT_SENT
    ship_state: str = NOT_SENT
    ship_postcode: str = NOT_SENT
    ship_country: str = NOT_SENT
    custom_1: str = NOT_SENT
    custom_2: str = NOT_SENT
    custom_3: str = NOT_SENT
    custom_4: str = NOT_SENT
    custom_5: str = NOT_SENT
    custom_6: str = NOT_SENT
    custom_7: str = NOT_SENT
    custom_8: str = NOT_SENT
    custom_9: str = NOT_SENT
    custom_10: str = NOT_SENT
    custom_11: str = NOT_SENT
    custom_12: str = NOT_SENT
    custom_13: str = NOT_SENT
    custom_14: str = NOT_SENT
    custom_15: str = NOT_SENT
    custom_16: str = NOT_SENT
    custom_17: str = NOT_SENT
    custom_18: str = NOT_SENT
    custom_19: str = NOT_SENT
    custom_20: str = NOT_SENT
    terms_id: Id = NOT_SENT
    no_taxes: bool = NOT_SENT
    no_dunning: bool = NOT_SENT
    no_latefees: bool = NOT_SENT
    no_procfees: bool = NOT_SENT
    invoice_delivery: Delivery = NOT_SENT
    dunning_delivery: Delivery = NOT_SENT
    tax_ident: str = NOT_SENT
    tags: list[str] = NOT_SENT
