"""Which account a plan is for."""

import hashlib
from collections.abc import Mapping

from chargeover._client import ChargeOver
from chargeover.sync._errors import PlanError


def account_of(client: ChargeOver) -> dict[str, str]:
    """What a plan keeps of its account: the URL, and a hash of the user name.

    Raises:
        PlanError: not a ChargeOver.
    """
    if not isinstance(client, ChargeOver):  # pyright: ignore[reportUnnecessaryIsInstance]  callers without types
        raise PlanError(f"A plan needs a ChargeOver client, not {type(client).__name__}.")
    username = client._session.authorization.username()  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]  to compare
    user = hashlib.sha256(client.base_url.encode() + b"\n" + username).hexdigest()
    return {"account_url": client.base_url, "account_user": user}


def check_account(client: ChargeOver, settings: Mapping[str, str]) -> None:
    """Refuse a client of another account, or with another API key.

    Raises:
        PlanError: the plan was made for another one.
    """
    account = account_of(client)
    if settings["account_url"] != account["account_url"]:
        raise PlanError(
            f"This plan is for {settings['account_url']}, and the client is for {account['account_url']}. "
            "Nothing was sent."
        )
    if settings["account_user"] != account["account_user"]:
        raise PlanError(
            f"This plan was made with another user name for {settings['account_url']}. Use the API key that it was "
            "made with, or make a new plan. Nothing was sent."
        )
