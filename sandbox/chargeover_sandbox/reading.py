"""The parts of a request that the document has a schema for, read and checked, or refused."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import unquote_to_bytes

from starlette.requests import Request

from .answers import Refusal, invalid
from .bodies import MAX_BYTES, parse_json
from .contract import Body, Parameter
from .problems import Problem, problems, shortened


def read_parameters(
    parameters: Iterable[Parameter],
    texts: Mapping[str, str],
    query: bytes,
    readers: Mapping[str, Callable[[str], object]],
) -> dict[str, Any]:
    """The values of path and query parameters, with the document's defaults. Query parameters it lacks are ignored.

    Args:
        parameters: those of the operation.
        texts: the texts of those in the path.
        query: the query string as it was sent.
        readers: parameters that are read by a function of their own, by name.

    Raises:
        Refusal: 400.
    """
    values: dict[str, Any] = {}
    asked = _query_texts(query) if query else {}
    for parameter in parameters:
        name = parameter.name
        given = [texts[name]] if parameter.is_in_path else asked.get(name, [])
        if len(given) > 1:
            raise invalid(Problem(name, "it is there more than once"))
        if given:
            values[name] = _value(parameter, given[0], readers.get(name))
        elif parameter.default is not None:
            values[name] = parameter.default
    return values


def _query_texts(query: bytes) -> dict[str, list[str]]:
    texts: defaultdict[str, list[str]] = defaultdict(list)
    for pair in query.replace(b"+", b" ").split(b"&"):
        name, _, text = (unquote_to_bytes(part).decode(errors="surrogateescape") for part in pair.partition(b"="))
        # What is no UTF-8 is kept as it is, for the parameter that it belongs to to be refused.
        texts[name].append(text)
    return texts


def _value(parameter: Parameter, text: str, reader: Callable[[str], object] | None) -> object:
    if not text.isascii() and any("\ud800" <= character <= "\udfff" for character in text):
        raise invalid(Problem(parameter.name, "it is not UTF-8"))
    # A reader says where in the text the mistake is; what it lets through must still keep the document.
    special = reader(text) if reader else None
    value = parameter.read(text)
    if not parameter.validator.is_valid(value):
        raise invalid(*(Problem(parameter.name, found.reason) for found in problems(parameter.validator, value)))
    return special if reader else value


async def read_body(request: Request, bodies: Mapping[str, Body], received: bytearray) -> Any:
    """The JSON value of the body. Its bytes are left in ``received``, also where they are refused.

    Raises:
        Refusal: 415 for another media type, 400 for a body that is no JSON or does not fit.
    """
    given = request.headers.get("content-type", "")
    expected = bodies.get(given.partition(";")[0].strip().lower())
    if expected is None:
        message = f"The body must be {' or '.join(bodies)}, not {shortened(given) or 'of an unnamed type'}."
        raise Refusal(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, message)
    async for chunk in request.stream():
        received += chunk
        if len(received) > MAX_BYTES:
            raise Refusal(HTTPStatus.BAD_REQUEST, f"The body is larger than {MAX_BYTES} bytes.")
    return check_body(expected, parse_json(bytes(received)))


def check_body(expected: Body, body: Any) -> Any:
    """The body itself, if it fits.

    Raises:
        Refusal: 400.
    """
    if not expected.validator.is_valid(body):  # the quick answer first: a body is nearly always right
        raise invalid(*problems(expected.validator, body, expected.fields))
    return body
