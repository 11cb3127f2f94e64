"""How every part of the suite reaches the server: through which proxy, and trusting which certificates.

Plain http and this machine are reached directly, whatever the environment says: a proxy would see the password. For
https the environment's HTTPS_PROXY or ALL_PROXY is used, except for the hosts in NO_PROXY. SSL_CERT_FILE and
SSL_CERT_DIR name the authorities to trust, as they do for OpenSSL.
"""

import os
import ssl
from collections.abc import Iterator
from functools import cache
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

_PROXIES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")


class UnusableProxyError(Exception):
    """The environment names a proxy that bare sockets cannot go through."""


def proxy_for(url: str) -> str | None:
    """The URL of the proxy that leads to a server, or None for none.

    Raises:
        UnusableProxyError: it is not an HTTP proxy. Its URL is not repeated: it may have a password in it.
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme != "https" or is_this_machine(host) or proxy_bypass(f"{host}:{parts.port or 443}"):
        return None
    named = getproxies()
    proxy = named.get("https") or named.get("all")
    if proxy and "://" not in proxy:
        proxy = f"http://{proxy}"
    try:
        if proxy and not (urlsplit(proxy).scheme == "http" and urlsplit(proxy).hostname and port_of(proxy)):
            raise UnusableProxyError("HTTPS_PROXY or ALL_PROXY is not a URL such as http://proxy.acme.example:3128.")
    except ValueError:
        raise UnusableProxyError("HTTPS_PROXY or ALL_PROXY has a port that is not a number up to 65535.") from None
    return proxy


def port_of(url: str) -> int:
    """The port of a URL, given or usual."""
    parts = urlsplit(url)
    return parts.port or (443 if parts.scheme == "https" else 80)


@cache
def trust() -> ssl.SSLContext:
    """The certificates that are trusted. Made once: to read them takes longer than a request."""
    return ssl.create_default_context()


def environment_for_requests(proxy: str | None, folder: Path) -> dict[str, str]:
    """The environment with the same rules in the words of the library requests, which Schemathesis sends with.

    Args:
        proxy: the one that leads to the server.
        folder: for a file of certificates, where there are several places to look for them.
    """
    environment = {name: value for name, value in os.environ.items() if name.lower() not in _PROXIES}
    environment |= {"https_proxy": proxy} if proxy else {"no_proxy": "*"}
    # Otherwise it puts the password of a .netrc into a request that is to have none.
    environment["NETRC"] = os.devnull
    if bundle := _bundle(folder):
        environment["REQUESTS_CA_BUNDLE"] = str(bundle)
    return environment


def is_this_machine(host: str) -> bool:
    """Whether a host name or address is this machine's own."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _bundle(folder: Path) -> Path | None:
    """The authorities that OpenSSL trusts, as one file; None where it names none."""
    files = list(_certificates())
    if len(files) < 2:
        return files[0] if files else None
    bundle = folder / "authorities.pem"
    bundle.write_bytes(b"\n".join(file.read_bytes() for file in files))
    return bundle


def _certificates() -> Iterator[Path]:
    usual = ssl.get_default_verify_paths()
    file = Path(os.environ.get(usual.openssl_cafile_env, usual.openssl_cafile))
    if file.is_file():
        yield file
    for name in os.environ.get(usual.openssl_capath_env, usual.openssl_capath).split(os.pathsep):
        # OpenSSL finds a certificate in a folder by its hash, such as 5ed36f99.0.
        yield from sorted(Path(name).glob("*.[0-9]"))
