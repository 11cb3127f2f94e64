from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.error_envelope_status import ErrorEnvelopeStatus

if TYPE_CHECKING:
    from ..models.envelope_details_type_0 import EnvelopeDetailsType0


T = TypeVar("T", bound="ErrorEnvelope")


@_attrs_define
class ErrorEnvelope:
    """The envelope of an error response.

    Attributes:
        code (int): ChargeOver's own status code. It may differ from the HTTP status; rely on the HTTP status.
        status (ErrorEnvelopeStatus): OK or Error.
        message (None | str): A human-readable error message. Empty or null on success.
        details (EnvelopeDetailsType0 | None): Further details of the message. Its members are not published.
        response (bool | None): False, or null for an unknown object.
    """

    code: int
    status: ErrorEnvelopeStatus
    message: None | str
    details: EnvelopeDetailsType0 | None
    response: bool | None
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

        response: bool | None
        response = self.response

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

        d = dict(src_dict)
        code = d.pop("code")

        status = ErrorEnvelopeStatus(d.pop("status"))

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

        def _parse_response(data: object) -> bool | None:
            if data is None:
                return data
            return cast(bool | None, data)

        response = _parse_response(d.pop("response"))

        error_envelope = cls(
            code=code,
            status=status,
            message=message,
            details=details,
            response=response,
        )

        error_envelope.additional_properties = d
        return error_envelope

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
