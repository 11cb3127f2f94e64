from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.bulk_method import BulkMethod
from ..types import UNSET, Unset

T = TypeVar("T", bound="BulkRequest")


@_attrs_define
class BulkRequest:
    """One request within a bulk request.

    Attributes:
        request_method (BulkMethod): A method that a request within a bulk request may use.
        uri (str): The path, with the query, if any.
        payload (Any | Unset): The JSON body that the request would have alone; absent for a GET.
    """

    request_method: BulkMethod
    uri: str
    payload: Any | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        request_method = self.request_method.value

        uri = self.uri

        payload = self.payload

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "request_method": request_method,
                "uri": uri,
            }
        )
        if payload is not UNSET:
            field_dict["payload"] = payload

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        request_method = BulkMethod(d.pop("request_method"))

        uri = d.pop("uri")

        payload = d.pop("payload", UNSET)

        bulk_request = cls(
            request_method=request_method,
            uri=uri,
            payload=payload,
        )

        return bulk_request
