"""What was found wrong: a cause that many cases may share, the case, what was expected and what came."""

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Self

_LONG = 20_000
"""Characters of a body that are kept; what is longer is kept by its beginning."""
_SECRETS = frozenset({"authorization", "proxy-authorization", "cookie", "set-cookie"})
HIDDEN = "…"


def printable(text: str) -> str:
    """The text as any terminal and any file takes it: half a surrogate pair, which UTF-8 cannot hold, is escaped."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def as_text(body: bytes) -> str:
    """The bytes of a body as text; those that are not UTF-8 are escaped."""
    return hidden(body[:_LONG].decode("utf-8", "backslashreplace"))


def hidden(text: str) -> str:
    """The text without the password, which a faulty server may have sent back."""
    password = os.environ.get("CHARGEOVER_PASSWORD", "")
    return text.replace(password, HIDDEN) if len(password) >= _LONG_ENOUGH else text


_LONG_ENOUGH = 8
"""Characters of a password that is no common word."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and what came back, without credentials.

    Attributes:
        method: of the request, as it was sent.
        url: the whole URL.
        status: of the response; 0 for none.
        request_headers: names and values.
        request_body: as text.
        response_headers: names and values.
        response_body: as text.
        started: when the request was sent, as ISO 8601.
        milliseconds: until the response was read.
    """

    method: str
    url: str
    status: int = 0
    request_headers: Sequence[tuple[str, str]] = ()
    request_body: str = ""
    response_headers: Sequence[tuple[str, str]] = ()
    response_body: str = ""
    started: str = "1970-01-01T00:00:00+00:00"
    milliseconds: float = 0.0

    @classmethod
    def of(
        cls,
        method: str,
        url: str,
        status: int,
        *,
        sent: tuple[Iterable[tuple[str, str]], bytes] = ((), b""),
        received: tuple[Iterable[tuple[str, str]], bytes] = ((), b""),
        started: str = "1970-01-01T00:00:00+00:00",
        milliseconds: float = 0.0,
    ) -> Self:
        """From headers and bytes, with the values of secret headers left out."""
        (sent_headers, sent_body), (headers, body) = sent, received
        return cls(
            method,
            printable(url),
            status,
            tuple(map(_without_secrets, sent_headers)),
            as_text(sent_body),
            tuple(map(_without_secrets, headers)),
            as_text(body),
            started,
            milliseconds,
        )


def _without_secrets(header: tuple[str, str]) -> tuple[str, str]:
    name, value = header
    return name, HIDDEN if name.lower() in _SECRETS else hidden(printable(value))


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong in one case.

    Attributes:
        cause: in a sentence that every case with the same cause has.
        came: what the response, or the customer afterwards, was like.
        says: what was expected, and why.
        source: who says so: seed, docs, client, recorded, assumed, an RFC, or the document as a whole.
        part: edges, model, schemathesis, or floor.
        case: the name of the test or row, which ``--only`` takes.
        operation: the operationId that was asked for; empty for none.
        again: a shell line that sends the request again; empty if no single request does it.
        exchange: what travelled, where one exchange shows it.
        family: the sentence that stands for many causes of one kind, such as one for each field; empty for none.
    """

    cause: str
    came: str = ""
    says: str = ""
    source: str = ""
    part: str = ""
    case: str = ""
    operation: str = ""
    again: str = ""
    exchange: Exchange | None = None
    family: str = ""

    def __str__(self) -> str:
        lines = [self.cause]
        lines += [f"came: {self.came}"] if self.came and self.came != self.cause else []
        lines += [f"expected: {self.says} ({self.source})" if self.source else f"expected: {self.says}"] * bool(
            self.says
        )
        lines += [f"again: {self.again}"] if self.again else []
        return printable("\n".join(lines))

    def as_json(self) -> dict[str, Any]:
        """Everything, as JSON has it."""
        return asdict(self)

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Self:
        """The finding that ``as_json`` wrote down."""
        exchange = value.get("exchange")
        made: Any = None
        if exchange:
            pairs = {name: tuple((one, other) for one, other in exchange[name]) for name in _HEADERS}
            made = Exchange(**{**exchange, **pairs})
        return cls(**{**value, "exchange": made})

    def placed(self, part: str, case: str) -> "Finding":
        """The same of a case, in a form that can be printed and without the values in it that say nothing."""
        return replace(
            self,
            cause=printable(self.cause),
            came=hidden(printable(self.came)),
            says=printable(self.says),
            again=printable(self.again),
            part=part,
            case=printable(case),
        )


_HEADERS = ("request_headers", "response_headers")


class ContractFailure(AssertionError):  # noqa: N818  an assertion that failed
    """A test found something. The text has all of it, without a traceback of the suite's own."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__("\n\n".join(map(str, findings)))
        self.findings = list(findings)


@dataclass(slots=True)
class Notes:
    """What a test has seen that is wrong but does not end it, and the last exchange."""

    findings: list[Finding] = field(default_factory=list[Finding])
    last: Exchange | None = None
    again: str = ""


def general(text: str) -> str:
    """A message with what differs from case to case taken out: numbers, marks and quoted values."""
    text = re.sub(r"\b[0-9a-f]{32}\b", "…", text)
    text = re.sub(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"", "'…'", text)
    return re.sub(r"\d+", "N", text)
