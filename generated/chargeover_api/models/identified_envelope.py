from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.success_envelope_status import SuccessEnvelopeStatus

if TYPE_CHECKING:
    from ..models.envelope_details_type_0 import EnvelopeDetailsType0
    from ..models.identified import Identified


T = TypeVar("T", bound="IdentifiedEnvelope")


@_attrs_define
class IdentifiedEnvelope:
    """An object was created or updated.

    Attributes:
        code (int): ChargeOver's own status code. It may differ from the HTTP status; rely on the HTTP status.
        status (SuccessEnvelopeStatus): OK or Error.
        message (None | str): A human-readable error message. Empty or null on success.
        details (EnvelopeDetailsType0 | None): Further details of the message. Its members are not published.
        response (Identified): The ID of the object that the request created or changed.
    """

    code: int
    status: SuccessEnvelopeStatus
    message: None | str
    details: EnvelopeDetailsType0 | None
    response: Identified
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.envelope_details_type_0 import EnvelopeDetailsType0  # noqa: PLC0415

        code = self.code

        status = self.status.value

        message: None | str
        message = self.message

        details: dict[str, Any] | None
        if isinstance(self.details, EnvelopeDetailsType0):
            details = self.details.to_dict()
        else:
            details = self.details

        response = self.response.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "code": code,
                "status": status,
                "message": message,
                "details": details,
                "response": response,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.envelope_details_type_0 import EnvelopeDetailsType0  # noqa: PLC0415
        from ..models.identified import Identified  # noqa: PLC0415

        d = dict(src_dict)
        code = d.pop("code")

        status = SuccessEnvelopeStatus(d.pop("status"))

        def _parse_message(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        message = _parse_message(d.pop("message"))

        def _parse_details(data: object) -> EnvelopeDetailsType0 | None:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                details_type_0 = EnvelopeDetailsType0.from_dict(data)

                return details_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(EnvelopeDetailsType0 | None, data)

        details = _parse_details(d.pop("details"))

        response = Identified.from_dict(d.pop("response"))

        identified_envelope = cls(
            code=code,
            status=status,
            message=message,
            details=details,
            response=response,
        )

        identified_envelope.additional_properties = d
        return identified_envelope

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
