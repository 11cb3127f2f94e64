"""HTTP Basic authentication for the user of an account."""

import base64
import binascii
import hashlib
import hmac
from http import HTTPStatus

from chargeover_sandbox.contract.responses import Refusal

from .leniency import signed_parts

CHALLENGE = {"WWW-Authenticate": 'Basic realm="ChargeOver sandbox", charset="UTF-8"'}


class Credentials:
    """The user name and the password that the sandbox accepts.

    Attributes:
        username: the user name.
        password: the password.

    Raises:
        ValueError: one of them is empty, or the user name has a colon, which HTTP Basic authentication cannot carry.
    """

    def __init__(self, username: str, password: str) -> None:
        if not username or not password:
            raise ValueError("neither the user name nor the password may be empty")
        if ":" in username:
            raise ValueError("the user name must not contain a colon")
        self.username = username
        self.password = password
        self._pair = f"{username}:{password}".encode()
        self._usual = f"Basic {base64.b64encode(self._pair).decode()}"

    def check(self, header: str | None) -> None:
        """Check the value of an Authorization header.

        Raises:
            Refusal: 401, with the published message if the header is missing (seed).
        """
        if header == self._usual:
            return
        scheme, _, encoded = (header or "").partition(" ")
        if scheme.lower() != "basic":
            raise refused_credentials(is_missing=True)
        try:
            given = base64.b64decode(encoded.strip(), validate=True)
        except (binascii.Error, ValueError):
            given = b""
        if not hmac.compare_digest(given, self._pair):
            raise refused_credentials()

    def check_signed(self, header: str, url: str, body: bytes) -> None:
        """Check an older, signed Authorization header: an HMAC over the key, the URL, a nonce, the time and the body.

        Raises:
            Refusal: 401.
        """
        parts = signed_parts(header)
        signed = [self.username, url.lower(), parts.get("co_nonce", ""), parts.get("co_timestamp", "")]
        text = "||".join(signed).encode() + b"||" + body
        expected = hmac.new(self.password.encode(), text, hashlib.sha256).hexdigest()
        is_ours = hmac.compare_digest(parts.get("co_public_key", "").encode(), self.username.encode())
        if not (hmac.compare_digest(parts.get("co_signature", "").encode(), expected.encode()) and is_ours):
            raise _refusal("Incorrect public key or signature.")


def refused_credentials(*, is_missing: bool = False) -> Refusal:
    """The 401 for HTTP Basic credentials that are wrong or missing."""
    return _refusal("Missing (basic) authorization header." if is_missing else "Incorrect username or password.")


def _refusal(reason: str) -> Refusal:
    message = f"Invalid or incorrect authorization [{reason}]"
    return Refusal(HTTPStatus.UNAUTHORIZED, message, headers=CHALLENGE)
