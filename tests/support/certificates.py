"""A certificate for this machine, made for one run of the tests."""

import shutil
import ssl
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True)
class Certificate:
    """A self-signed certificate for localhost and chargeover.test, which is its own authority.

    Attributes:
        file: the certificate.
        key: its key.
    """

    file: Path
    key: Path

    def trusted(self) -> ssl.SSLContext:
        """What a client needs to trust it."""
        return ssl.create_default_context(cafile=self.file)

    def shown(self, *, clients_too: bool = False) -> ssl.SSLContext:
        """What a server needs to show it, and to ask clients for it too."""
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile=self.file)
        context.load_cert_chain(self.file, self.key)
        context.verify_mode = ssl.CERT_REQUIRED if clients_too else ssl.CERT_NONE
        return context


def make_certificate(folder: Path, names: str = "DNS:localhost,DNS:chargeover.test,IP:127.0.0.1") -> Certificate:
    """A new certificate. The test is skipped where the command line tool of OpenSSL is missing.

    Args:
        folder: where it is written.
        names: whom it is for, as OpenSSL writes that.
    """
    if shutil.which("openssl") is None:
        pytest.skip("this machine has no openssl command")
    made = Certificate(folder / "localhost.pem", folder / "localhost.key")
    subject = ["-subj", "/CN=localhost", "-addext", f"subjectAltName={names}"]
    usage = ["-addext", "keyUsage=critical,digitalSignature,keyCertSign"]
    kind = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
    files = ["-keyout", str(made.key), "-out", str(made.file)]
    subprocess.run(["openssl", "req", *kind, *subject, *usage, *files], check=True, capture_output=True)
    return made
