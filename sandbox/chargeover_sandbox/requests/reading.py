"""Parameters and bodies of requests, read and checked against the document's schemas, or refused."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from http import HTTPStatus
from typing import Any
from urllib.parse import unquote_to_bytes

from starlette.requests import Request

from chargeover_sandbox.contract.document import Body, Operation, Parameter
from chargeover_sandbox.contract.handlers import Reader, Resource
from chargeover_sandbox.contract.problems import REQUIRED, Problem, problems, shortened
from chargeover_sandbox.contract.responses import Refusal, errors, invalid

from .bodies import MAX_BYTES, MAX_CONTROL_BYTES, parse_json

JSON = "application/json"


class RequestReader:
    """Reads the parameters and the body of a request.

    Args:
        resources: the resources, each of which may read parameters of its own operations itself.
        lenient: whether a body without a media type is JSON, and an empty one an empty object.
        of_control: whether it reads for the control: an empty body is an empty object there, and one may be large.
    """

    def __init__(self, resources: Sequence[Resource], *, lenient: bool = False, of_control: bool = False) -> None:
        self._lenient = lenient
        self._allow_empty = lenient or of_control
        self._any_size = of_control
        self._most = MAX_CONTROL_BYTES if of_control else MAX_BYTES
        self._readers = {name: resource.readers for resource in resources for name in resource.handlers}

    def parameters(self, operation: Operation, texts: Mapping[str, str], query: bytes) -> dict[str, Any]:
        """The values of an operation's parameters, with the document's defaults. Unknown query parameters are ignored.

        Args:
            operation: the operation.
            texts: the texts of its path parameters, by name.
            query: the query string as it was sent.

        Raises:
            Refusal: 400.
        """
        values: dict[str, Any] = {}
        sent = _query_texts(query) if query else {}
        readers = self._readers.get(operation.operation_id, {})
        for parameter in operation.parameters:
            name = parameter.name
            given = [texts[name]] if parameter.is_in_path else sent.get(name, [])
            if len(given) > 1:
                raise invalid(Problem(name, "it is sent more than once"))
            if given:
                values[name] = _value(parameter, given[0], readers.get(name))
            elif parameter.default is not None:
                values[name] = parameter.default
        return values

    async def body(self, request: Request, bodies: Mapping[str, Body], received: bytearray) -> Any:
        """The JSON value of the body. Its bytes are left in ``received``, even if they are refused.

        Raises:
            Refusal: 415 for another media type, 400 for a body that is not valid JSON or does not match the schema.
        """
        is_unnamed = self._lenient and "content-type" not in request.headers
        expected = bodies[JSON if is_unnamed else media_type(request.headers.get("content-type", ""), bodies)]
        async for chunk in request.stream():
            received += chunk
            if len(received) > self._most:
                raise Refusal(HTTPStatus.BAD_REQUEST, f"The body is larger than {self._most} bytes.")
        if self._allow_empty and not received:
            return check_body(expected, {})
        return check_body(expected, parse_json(bytes(received), any_size=self._any_size))


def media_type(given: str, expected: Collection[str]) -> str:
    """The media type that a Content-Type header names, which is one of the expected ones.

    Raises:
        Refusal: 415.
    """
    found = given.partition(";")[0].strip().lower()
    if found not in expected:
        message = f"The body must be {' or '.join(expected)}, not {shortened(given) or 'of an unnamed type'}."
        raise Refusal(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, message)
    return found


def _query_texts(query: bytes) -> dict[str, list[str]]:
    texts: defaultdict[str, list[str]] = defaultdict(list)
    for pair in query.replace(b"+", b" ").split(b"&"):
        name, _, text = (unquote_to_bytes(part).decode(errors="surrogateescape") for part in pair.partition(b"="))
        # Invalid UTF-8 is kept, so that the parameter that has it can be refused by name.
        texts[name].append(text)
    return texts


def _value(parameter: Parameter, text: str, reader: Reader | None) -> object:
    if not text.isascii() and any("\ud800" <= character <= "\udfff" for character in text):
        raise invalid(Problem(parameter.name, "it is not UTF-8"))
    # A reader can say where in the text the mistake is; what it accepts must still match the document.
    special = reader(text) if reader else None
    value = parameter.read(text)
    if not parameter.validator.is_valid(value):
        raise invalid(*(Problem(parameter.name, found.reason) for found in problems(parameter.validator, value)))
    return special if reader else value


def check_body(expected: Body, body: Any) -> Any:
    """The body itself, if it matches its schema.

    Raises:
        Refusal: 400.
    """
    body = expected.tidied(body)
    if not expected.validator.is_valid(body):  # the quick check first: a body is nearly always valid
        found = problems(expected.validator, body, expected.fields)
        if body == {} and all(problem.reason == REQUIRED for problem in found):
            # Recorded, for a creation.
            raise Refusal(HTTPStatus.BAD_REQUEST, "A required parameter was missing: No data.", errors(found))
        raise invalid(*found)
    return body
