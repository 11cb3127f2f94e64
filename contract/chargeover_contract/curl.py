"""Requests as lines to paste into a shell. The credentials are read from the environment and never written out."""

import shlex
from collections.abc import Iterable

_LONG = 20_000
"""Bytes. What is longer is shortened to its beginning: few shells take it."""
_CREDENTIALS = '-u "$CHARGEOVER_USERNAME:$CHARGEOVER_PASSWORD"'


def curl(
    method: str,
    url: str,
    headers: Iterable[tuple[str, str]] = (),
    body: bytes | None = None,
    *,
    with_credentials: bool = True,
    cuts: bool = True,
) -> str:
    """The curl line of a request. ``cuts``: a body that is too long to look at is told by its beginning."""
    # --path-as-is and --globoff: what is odd in a path must arrive as it is.
    words = ["curl -sS --path-as-is --globoff", f"-X {shlex.quote(method)}"]
    if method == "HEAD":
        words = ["curl -sS --path-as-is --globoff --head"]
    if with_credentials:
        words.append(_CREDENTIALS)
    words += [f"-H {_quoted(f'{name}: {value}')}" for name, value in headers]
    source = ""
    if body is not None and cuts and len(body) > _LONG:
        words.append(f"--data-binary @FILE_OF_{len(body)}_BYTES")
    elif body is not None and _is_printable(body):
        words.append(f"--data-binary {shlex.quote(body.decode('ascii'))}")
    elif body is not None:
        # Through a pipe: an argument cannot have a NUL in it.
        source, words = f"printf '{_escaped(body)}' | ", [*words, "--data-binary @-"]
    return source + " ".join([*words, _quoted(url)])


def _is_printable(body: bytes) -> bool:
    return all(32 <= byte < 127 for byte in body)


def _escaped(data: bytes) -> str:
    """Bytes as printf takes them."""
    return "".join(chr(byte) if 32 <= byte < 127 and byte not in b"\\'%" else f"\\x{byte:02x}" for byte in data)


def _quoted(text: str) -> str:
    return shlex.quote(text) if len(text) <= _LONG else f"{shlex.quote(text[:100])}…  # {len(text)} characters"


def socket_line(host: str, port: int, data: bytes, secret: bytes) -> str:
    """The line that sends bytes which curl would not.

    Args:
        host: of the server.
        port: of the server.
        data: the bytes.
        secret: the credentials in them, which the line makes out of the environment.
    """
    pieces = data.split(secret)
    if len(pieces) > 1:
        text = "Basic %s".join(_escaped(piece[:_LONG]) for piece in pieces)
        left_out = sum(max(0, len(piece) - _LONG) for piece in pieces)
        cut = f"  # and {left_out} bytes more" if left_out else ""
        encoded = '"$(printf %s "$CHARGEOVER_USERNAME:$CHARGEOVER_PASSWORD" | base64 | tr -d \'\\n\')"'
        return f"printf '{text}' {' '.join([encoded] * (len(pieces) - 1))} | nc {host} {port}{cut}"
    cut = f"  # and {len(data) - _LONG} bytes more" if len(data) > _LONG else ""
    return f"printf '{_escaped(data[:_LONG])}' | nc {host} {port}{cut}"
