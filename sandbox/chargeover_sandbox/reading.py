"""The parts of a request that the document has a schema for, read and checked, or refused."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from starlette.requests import Request

from .answers import Refusal, invalid
from .bodies import MAX_BYTES, parse_json
from .contract import Body, Parameter
from .problems import Problem, problems, shortened


def read_parameter(parameter: Parameter, text: str) -> object:
    """The value of a path parameter.

    Raises:
        Refusal: 400.
    """
    value = parameter.read(text)
    if not parameter.validator.is_valid(value):
        raise invalid(*(Problem(parameter.name, found.reason) for found in problems(parameter.validator, value)))
    return value


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
    body = parse_json(bytes(received))
    if not expected.validator.is_valid(body):  # the quick answer first: a body is nearly always right
        raise invalid(*problems(expected.validator, body, expected.fields))
    return body
