"""An async client that no event loop has to close."""

import httpx2

from chargeover import AsyncChargeOver
from chargeover._http.transports import AsyncTransport, pool_options
from chargeover_sandbox import LocalSandbox

_MAX_CONNECTIONS = 100


def async_client(sandbox: LocalSandbox) -> AsyncChargeOver:
    """A client whose every connection is closed by the request that opened it, in whichever event loop that runs."""
    options = {**pool_options(_MAX_CONNECTIONS, 0, None), "max_keepalive_connections": 0}
    http = httpx2.AsyncClient(transport=AsyncTransport(options, None), trust_env=False)
    return AsyncChargeOver(base_url=sandbox.url, username=sandbox.username, password=sandbox.password, http_client=http)
