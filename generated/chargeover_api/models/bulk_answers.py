from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.bulk_answer import BulkAnswer


T = TypeVar("T", bound="BulkAnswers")


@_attrs_define
class BulkAnswers:
    """One response for each request, in the same order.

    Attributes:
        field_bulk (list[BulkAnswer]): The responses.
    """

    field_bulk: list[BulkAnswer]
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        field_bulk = []
        for field_bulk_item_data in self.field_bulk:
            field_bulk_item = field_bulk_item_data.to_dict()
            field_bulk.append(field_bulk_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "_bulk": field_bulk,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.bulk_answer import BulkAnswer  # noqa: PLC0415

        d = dict(src_dict)
        field_bulk = []
        _field_bulk = d.pop("_bulk")
        for field_bulk_item_data in _field_bulk:
            field_bulk_item = BulkAnswer.from_dict(field_bulk_item_data)

            field_bulk.append(field_bulk_item)

        bulk_answers = cls(
            field_bulk=field_bulk,
        )

        bulk_answers.additional_properties = d
        return bulk_answers

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
