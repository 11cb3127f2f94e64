"""The accounts of a sandbox: several credentials, each with data and control of its own."""

import base64
import binascii
import hashlib
import json
import os
import re
from collections.abc import Callable, Mapping
from http import HTTPStatus
from pathlib import Path
from typing import Any, cast

from starlette.types import Receive, Scope, Send

from chargeover_sandbox.contract.handlers import CheckedRequest
from chargeover_sandbox.contract.responses import Refusal, Response, success
from chargeover_sandbox.requests.leniency import SIGNED, signed_parts
from chargeover_sandbox.storage.copies import ENDING
from chargeover_sandbox.storage.database import StoreError

from .account import SandboxAccount
from .endpoints import Control

Opener = Callable[[str, str, Path | None, Mapping[str, Control]], SandboxAccount]
"""Opens an account: its user name, its password, its file or None, and the operations that concern all accounts."""


class Accounts:
    """The sandbox as an ASGI application: each request goes to the account that its user name names.

    A request without credentials or with an unknown user name goes to the first account, which refuses it.

    Args:
        username: the user name of the first account.
        password: the password of the first account.
        file: the database of the first account; those of others, and the list of them, are kept beside it. None keeps
            all accounts in memory.
        open_account: opens an account.

    Attributes:
        first: the account that was there at the start. Only it can add and remove others.

    Raises:
        StoreError: a database or the list of accounts cannot be used.
        ValueError: credentials cannot be used.
    """

    def __init__(self, username: str, password: str, file: Path | None, open_account: Opener) -> None:
        self._file = file
        self._open_account = open_account
        self._passwords: dict[str, str] = {}
        self.first = open_account(username, password, file, self._controls(username))
        self._accounts = {username: self.first}
        try:
            for name, kept in self._kept().items():
                if name != username:
                    self._open(name, kept)
        except BaseException:
            self.close()
            raise

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Respond to one request. The start and the end of the server's life need no work."""
        if scope["type"] != "http":
            raise NotImplementedError(f"the sandbox speaks HTTP only, not {scope['type']}")
        account = self.first
        if len(self._accounts) > 1:
            account = self._accounts.get(_username(scope), account)
        await account(scope, receive, send)

    async def start_over(self) -> None:
        """Go back to how it is without files: the first account alone, with no customers, seed or snapshots."""
        for username in [name for name, account in self._accounts.items() if account is not self.first]:
            await self._close(username)
        self.first.start_over()

    def stop(self) -> None:
        """Let no request wait any longer; called when the server stops."""
        for account in self._accounts.values():
            account.stop()

    async def finish(self) -> None:
        """End what the accounts do besides requests; called when the server has stopped."""
        for account in self._accounts.values():
            await account.finish()

    def close(self) -> None:
        """Close all databases. May be called more than once."""
        for account in self._accounts.values():
            account.close()

    def _open(self, username: str, password: str) -> None:
        file = self._file_of(username)
        self._accounts[username] = self._open_account(username, password, file, self._controls(username))
        self._passwords[username] = password

    def _controls(self, username: str) -> dict[str, Control]:
        """The operations on accounts, as far as this account may carry them out."""

        def as_first(run: Control) -> Control:
            def carry_out(request: CheckedRequest) -> Any:
                if self._accounts[username] is not self.first:
                    (first, *_) = self._accounts
                    raise Refusal(HTTPStatus.FORBIDDEN, f"Only the first account, {first}, manages accounts.")
                return run(request)

            return carry_out

        controls: dict[str, Control] = {
            "list_accounts": self._list,
            "add_account": self._add,
            "remove_account": self._remove,
        }
        return {**{name: as_first(run) for name, run in controls.items()}, "get_readiness": self._readiness}

    def _readiness(self, _: CheckedRequest) -> Response:
        for username, account in self._accounts.items():
            try:
                account.app.database.check()
            except StoreError as error:
                message = f"The account {username} cannot use its database: {error}."
                raise Refusal(HTTPStatus.SERVICE_UNAVAILABLE, message) from error
        return success(HTTPStatus.OK, True, {"Cache-Control": "no-store"})

    def _list(self, _: CheckedRequest) -> Response:
        return success(HTTPStatus.OK, [{"username": username} for username in self._accounts])

    def _add(self, request: CheckedRequest) -> Response:
        username, password = request.body["username"], request.body["password"]
        if username in self._accounts:
            raise Refusal(HTTPStatus.BAD_REQUEST, f"There is an account {username} already.")
        try:
            self._open(username, password)
        except ValueError as error:
            raise Refusal(HTTPStatus.BAD_REQUEST, f"The account cannot be added: {error}.") from error
        try:
            self._keep()
        except StoreError:
            del self._passwords[username]
            self._accounts.pop(username).close()
            raise
        return success(HTTPStatus.CREATED, {"username": username})

    async def _remove(self, request: CheckedRequest) -> Response:
        username = request.parameters["username"]
        account = self._accounts.get(username)
        if account is None:
            raise Refusal(HTTPStatus.NOT_FOUND, f"There is no account {username}.", response=None)
        if account is self.first:
            raise Refusal(HTTPStatus.BAD_REQUEST, "The first account cannot be removed.")
        await self._close(username)
        return success(HTTPStatus.OK, True)

    async def _close(self, username: str) -> None:
        account = self._accounts.pop(username)
        del self._passwords[username]
        account.stop()
        await account.finish()
        account.close()
        self._keep()
        self._delete_file(username)

    # What is kept beside the file of the first account.

    def _file_of(self, username: str) -> Path | None:
        if self._file is None:
            return None
        # Readable, and safe on every file system, which may ignore case or forbid characters.
        readable = re.sub(r"[^a-z0-9]+", "-", username.lower())[:40]
        return Path(f"{self._file}.{readable}-{hashlib.sha256(username.encode()).hexdigest()[:12]}")

    def _delete_file(self, username: str) -> None:
        if file := self._file_of(username):
            for suffix in ("", "-wal", "-shm"):
                Path(f"{file}{suffix}").unlink(missing_ok=True)
                Path(f"{file}{ENDING}{suffix}").unlink(missing_ok=True)

    def _kept(self) -> dict[str, str]:
        """The passwords of the other accounts by user name."""
        if self._file is None:
            return {}
        file = Path(f"{self._file}.accounts")
        try:
            kept = json.loads(file.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            raise StoreError(f"{file}, the list of accounts, cannot be read: {error}") from error
        if not isinstance(kept, dict) or not all(
            isinstance(password, str) for password in cast("dict[str, object]", kept).values()
        ):
            raise StoreError(f"{file} is not a list of accounts")
        return cast("dict[str, str]", kept)

    def _keep(self) -> None:
        if self._file is None:
            return
        file = Path(f"{self._file}.accounts")
        whole = Path(f"{file}.new")
        try:
            with os.fdopen(os.open(whole, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as new:
                json.dump(self._passwords, new)
            whole.replace(file)
        except OSError as error:
            raise StoreError(f"{file}, the list of accounts, cannot be written: {error}") from error


def _username(scope: Scope) -> str:
    """The user name of a request; empty if it has none."""
    for name, value in scope["headers"]:
        if name == b"authorization":
            text: str = value.decode("latin-1")
            if text.lower().startswith(SIGNED):
                return signed_parts(text).get("co_public_key", "")
            try:
                return base64.b64decode(text.partition(" ")[2]).partition(b":")[0].decode()
            except (binascii.Error, ValueError):
                return ""
    return ""
