from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="WebhookSubscription")


@_attrs_define
class WebhookSubscription:
    """Where to send which event.

    Attributes:
        target_url (str): The address of the receiver, https on port 80 or 443 under a public name.
        event (str): The event.
    """

    target_url: str
    event: str

    def to_dict(self) -> dict[str, Any]:
        target_url = self.target_url

        event = self.event

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "target_url": target_url,
                "event": event,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        target_url = d.pop("target_url")

        event = d.pop("event")

        webhook_subscription = cls(
            target_url=target_url,
            event=event,
        )

        return webhook_subscription
