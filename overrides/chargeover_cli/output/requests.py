"""A request that would be sent."""

from typing import TYPE_CHECKING

from chargeover_cli.terminal import say

from .json import dumps

if TYPE_CHECKING:
    from chargeover import SentRequest


def show_request(request: "SentRequest") -> None:
    """Show a request without secrets: its method and URL, and its body below."""
    print(request.method, request.url)
    if request.body:
        print(dumps(request.json()))
    say("Nothing was sent.")
