"""Where a password could get out by way of an error."""

import base64
import pickle
import traceback
from collections.abc import Iterator


def family(error: BaseException | None) -> Iterator[BaseException]:
    """An error, and every other one that can be reached from it."""
    found: dict[int, BaseException] = {}
    left = [error]
    while left:
        one = left.pop()
        if one is not None and id(one) not in found:
            found[id(one)] = one
            left += [one.__cause__, one.__context__, *(one.exceptions if isinstance(one, BaseExceptionGroup) else ())]
    yield from found.values()


def renderings(error: BaseException) -> Iterator[str]:
    """All texts of an error and of what led to it: for people, for logs, for another process."""
    for one in family(error):
        yield f"{one} {one!r} {vars(one)!r}"
        yield "".join(traceback.TracebackException.from_exception(one, capture_locals=True).format())
        for name in ("request", "_request"):
            request = vars(one).get(name)
            yield str(dict(request.headers)) if request is not None else ""
    yield pickle.dumps(error).decode("latin-1")


def assert_no_secret(error: BaseException, username: str, password: str) -> None:
    """Neither the password nor what HTTP makes of it is in any of the texts."""
    encoded = base64.b64encode(f"{username}:{password}".encode()).decode("ascii")
    for text in renderings(error):
        for secret in (password, encoded, encoded.rstrip("=")):
            assert secret not in text, f"the password gets out by {text}"
