"""The sandbox's own answers, held against the document before they are sent."""

from .answers import Reply
from .contract import Operation
from .problems import problems


class ContractBreach(Exception):  # noqa: N818  named after what happened
    """The sandbox was about to send an answer that openapi.yaml does not allow: a fault of the sandbox."""


def check_answer(operation: Operation, reply: Reply) -> None:
    """Hold an answer against the document.

    Raises:
        ContractBreach: the status is not documented, the body or a header does not fit, or a header is missing.
    """
    name = f"{operation.operation_id} answers {reply.status}"
    answer = operation.answers.get(reply.status)
    if answer is None:
        raise ContractBreach(f"{name}, which openapi.yaml does not have")
    if not answer.validator.is_valid(reply.envelope):
        raise ContractBreach(f"{name} with {'; '.join(map(str, problems(answer.validator, reply.envelope)))}")
    headers = {header.lower(): value for header, value in reply.headers.items()}
    if missing := answer.required_headers - headers.keys():
        raise ContractBreach(f"{name} without {', '.join(sorted(missing))}")
    for header, value in headers.items():
        if header in answer.headers and not answer.headers[header].is_valid(value):
            raise ContractBreach(f"{name} with {header}: {value}")
