"""Where webhooks may go: to loopback hosts, and to others only if they are named."""

import re
from collections.abc import Collection
from ipaddress import ip_address

from chargeover_sandbox.contract.problems import shortened
from chargeover_sandbox.requests.urls import bare_name, check_host, is_loopback

_LONGEST = 2000
# Nothing that two readers of URLs may read in two ways: what is checked here is what is connected to.
_TARGET = re.compile(
    r"(?P<scheme>https?)://(?P<host>[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::(?P<port>[0-9]{1,5}))?(?:[/?][!-\[\]-~]*)?",
    re.IGNORECASE,
)
_PORTS = {80, 443}


class Targets:
    """The hosts that webhooks are sent to.

    Args:
        hosts: names or addresses besides loopback ones.

    Raises:
        ValueError: a host is not valid.
    """

    def __init__(self, hosts: Collection[str]) -> None:
        self._hosts = frozenset(bare_name(check_host(host)) for host in hosts)

    def is_sent_to(self, url: str) -> bool:
        """Whether webhooks really go to this URL, which is a valid one."""
        host = _host(url)
        return is_loopback(host) or host in self._hosts

    def is_named(self, url: str) -> bool:
        """Whether the host of this URL was named, so that it need not resolve to a loopback address."""
        return _host(url) in self._hosts

    def check(self, url: str) -> str:
        """The URL itself, if webhooks are sent there.

        Raises:
            ValueError: it is not valid, or its host is neither a loopback host nor a named one.
        """
        _parsed(url)
        if not self.is_sent_to(url):
            raise ValueError(self.not_sent(url))
        return url

    def check_subscription(self, url: str) -> None:
        """Check a URL that a program subscribes with: one to send to, or one that the service would take (docs).

        Raises:
            ValueError: it is neither.
        """
        found = _parsed(url)
        if self.is_sent_to(url):
            return
        host, port = _host(url), found["port"]
        is_usual = found["scheme"].lower() == "https" and (port is None or int(port) in _PORTS)
        if not is_usual or "." not in host or _is_address(host):
            raise ValueError(
                "https, port 80 or 443 and a public name are needed, or a host that the sandbox sends to: a loopback "
                "one, or one that --allow-webhook-host names"
            )

    @staticmethod
    def not_sent(url: str) -> str:
        """Why nothing is sent to a URL, which is valid."""
        return (
            f"the sandbox sends webhooks to loopback hosts, and so none to {shortened(_host(url))}; "
            "--allow-webhook-host names another host"
        )


def _parsed(url: str) -> re.Match[str]:
    found = _TARGET.fullmatch(url) if len(url) <= _LONGEST else None
    if not found or (found["port"] and not 0 < int(found["port"]) < 65_536):
        raise ValueError(f"an address such as http://127.0.0.1:9000/hook is needed, not {shortened(url)!r}")
    return found


def _host(url: str) -> str:
    found = _TARGET.fullmatch(url)
    return bare_name(found["host"]) if found else ""


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return host.rpartition(".")[2].isdigit()
    return True
