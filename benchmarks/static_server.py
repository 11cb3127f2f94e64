"""An ASGI application that answers every request alike, as cheaply as it can: what is left is the client's time."""

from starlette.types import Receive, Scope, Send

_BODY = b'{"code":201,"status":"OK","message":"","details":{},"response":{"id":1}}'
_HEADERS = [
    (b"content-type", b"application/json"),
    (b"content-length", str(len(_BODY)).encode()),
    (b"location", b"/api/v3/customer/1"),
]


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer one request, once its body is there."""
    while (await receive()).get("more_body", False):
        pass
    await send({"type": "http.response.start", "status": 202, "headers": _HEADERS})
    await send({"type": "http.response.body", "body": _BODY})
