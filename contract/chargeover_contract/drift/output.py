"""The report of a comparison: as text, JSON and HTML. No value of a recording is in it."""

import json
from collections.abc import Iterator
from html import escape
from typing import Any

from chargeover_contract.findings import printable
from chargeover_contract.reporting.html import details_of, page_of
from chargeover_contract.reporting.report import Cause

from .drift import VERDICTS, Drift

MEANINGS = {
    VERDICTS[0]: "openapi.yaml says something else than the server does",
    VERDICTS[1]: "the response keeps to openapi.yaml, and the sandbox's is another one",
    VERDICTS[2]: "the server has something that openapi.yaml does not know",
}
_NAMES = 8
"""Names of members in a line; JSON and HTML have all."""
NO_VALUES = "No value of the recording is in this report, only names of members and their types."


def lines_of(drift: Drift) -> Iterator[str]:
    """The report as text."""
    for verdict in VERDICTS:
        causes = drift.of(verdict)
        if causes:
            yield f"{verdict}: {MEANINGS[verdict]}"
        for number, cause in enumerate(causes, 1):
            yield from _of_a_cause(number, cause)
    yield from map(printable, drift.notes)
    yield summary(drift)
    yield NO_VALUES


def summary(drift: Drift) -> str:
    """The report in one line."""
    counts = ", ".join(f"{len(drift.of(verdict))} {verdict}" for verdict in VERDICTS)
    found = f"{_number(len(drift.causes), 'finding')}: {counts}" if drift.causes else "no drift"
    return f"{_number(drift.exchanges, 'exchange')}, {drift.replayed:,} replayed in a sandbox; {found}"


def as_json(drift: Drift) -> str:
    """The report as JSON."""
    value: dict[str, Any] = {
        "title": printable(drift.title),
        "exchanges": drift.exchanges,
        "replayed": drift.replayed,
        "operations": dict(drift.operations),
        "notes": [*map(printable, drift.notes)],
        "findings": [_as_json(cause) for cause in drift.causes],
    }
    return json.dumps(value, indent=1) + "\n"


def page(drift: Drift) -> str:
    """The report as a page of HTML that needs nothing else."""
    return page_of(f"Drift of {drift.title}", _page(drift))


def _of_a_cause(number: int, cause: Cause) -> Iterator[str]:
    first, exchanges = cause.first, _number(len(cause.cases), "exchange")
    yield printable(f"{number:3}. {cause.text} ({exchanges}, first: {first.case})")
    names = first.says.split(", ")
    more = f" and {len(names) - _NAMES} more" if len(names) > _NAMES else ""
    source = f" ({first.source})" if first.source and first.source not in first.says else ""
    yield printable(f"     expected: {', '.join(names[:_NAMES])}{more}{source}; came: {first.came}")


def _as_json(cause: Cause) -> dict[str, Any]:
    first = cause.first
    return {
        "finding": printable(cause.text),
        "verdict": first.part,
        "expected": printable(first.says),
        "source": first.source,
        "came": printable(first.came),
        "operations": cause.operations,
        "exchanges": [*map(printable, cause.cases)],
    }


def _page(drift: Drift) -> Iterator[str]:
    yield "<h1>Drift report</h1>"
    yield f"<p class=about><b>{_html(drift.title)}</b></p>"
    yield f'<p class="verdict {"failed" if drift.causes else "passed"}">{_html(summary(drift))}</p>'
    yield "<ul>" + "".join(f"<li>{_html(line)}</li>" for line in (*drift.notes, NO_VALUES)) + "</ul>"
    yield '<div id="causes">'
    for verdict in VERDICTS:
        causes = drift.of(verdict)
        yield f"<h2>{_html(verdict.capitalize().replace('api', 'API'))}: {len(causes)}</h2>"
        yield f"<p>{_html(MEANINGS[verdict].capitalize().replace('Openapi', 'openapi'))}.</p>"
        for number, cause in enumerate(causes):
            yield from details_of(cause, is_open=not number, noun="exchange")
    yield "</div><h2>Operations</h2>"
    rows = "".join(
        f"<tr><th scope=row>{name}</th><td>{number:,}</td></tr>" for name, number in drift.operations.items()
    )
    yield f"<table><thead><tr><th scope=col>Operation</th><th scope=col>Requests</th></tr></thead><tbody>{rows}</tbody>"
    yield "</table>"


def _number(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _html(text: str) -> str:
    return escape(printable(text))
