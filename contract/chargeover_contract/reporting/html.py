"""The report as one page that needs nothing else: no script, no request, readable in the dark and by keyboard."""

from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path
from typing import Any

from chargeover_contract.findings import Finding, printable

from .report import Cause, Report

_STYLE = Path(__file__).with_name("report.css")
_CASES = 200
"""Cases of a cause that are listed; the JSON has all."""


def page(report: Report) -> str:
    """The page."""
    body = [*_head(report), *_causes(report), *_coverage(report.coverage), *_cases(report)]
    return page_of(f"Contract report of {report.url or 'our sandbox'}", body)


def page_of(title: str, body: Iterable[str]) -> str:
    """A page of any report: it needs nothing else.

    Args:
        title: as text.
        body: its lines, as HTML; one has the anchor ``causes``.
    """
    style, lines = _STYLE.read_text(encoding="utf-8"), "\n".join(body)
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{_text(title)}</title>\n<style>\n{style}</style>\n"
        '</head>\n<body>\n<a class="skip" href="#causes">To the causes</a>\n'
        f"<main>\n{lines}\n</main>\n</body>\n</html>\n"
    )


def _head(report: Report) -> Iterator[str]:
    yield "<h1>Contract report</h1>"
    yield f"<p class=about><b>{_text(report.url or 'our sandbox')}</b>, {_text(report.started)},"
    yield f"{report.seconds:.0f} seconds; chargeover {_text(report.version)}</p>"
    outcomes = report.outcomes
    new = sum(cause.text not in report.known for cause in report.causes)
    verdict = "failed" if report.causes else "passed"
    yield f'<p class="verdict {verdict}">{new} new cause{"" if new == 1 else "s"}, {len(report.causes) - new} known:'
    yield f"{outcomes['failed']:,} cases failed, {outcomes['passed']:,} passed, {outcomes['skipped']:,} skipped.</p>"
    lines = [*report.notes, *(f"Skipped {number}: {why}" for why, number in report.skips.most_common())]
    if lines:
        yield "<ul>" + "".join(f"<li>{_text(line)}</li>" for line in lines) + "</ul>"
    yield '<nav aria-label="Sections"><a href="#causes">Causes</a> <a href="#coverage">Coverage</a>'
    yield '<a href="#cases">Cases</a></nav>'


def _causes(report: Report) -> Iterator[str]:
    yield '<h2 id="causes">Causes, the most frequent first</h2>'
    if not report.causes:
        yield "<p>Nothing was found wrong.</p>"
    for number, cause in enumerate(report.causes, 1):
        alone = report.alone(cause.first)
        yield from details_of(cause, is_open=number == 1, known=report.known.get(cause.text), alone=alone)


def details_of(
    cause: Cause, *, is_open: bool, known: str | None = None, alone: str = "", noun: str = "case"
) -> Iterator[str]:
    """A cause, to be opened.

    Args:
        cause: the cause.
        is_open: whether it is at first.
        known: why it is accepted; None if it is not.
        alone: the command that runs its first case; empty if nothing can be run again.
        noun: what a case is called.
    """
    first = cause.first
    cases = f"{len(cause.cases):,} {noun}{'' if len(cause.cases) == 1 else 's'}"
    tag = f" <span class=known>known: {_text(known)}</span>" if known else ""
    yield f"<details{' open' if is_open else ''}><summary><span class=count>{cases}</span>"
    yield f"<span class=cause>{_code(cause.text)}</span>{tag}</summary><dl>"
    source = f" <span class=source>{_text(first.source)}</span>" if first.source else ""
    yield f"<dt>Expected</dt><dd>{_text(first.says)}{source}</dd>"
    yield f"<dt>Came</dt><dd><pre tabindex=0>{_text(first.came)}</pre></dd>"
    if first.again:
        yield f"<dt>Send it again</dt><dd><pre tabindex=0>{_text(first.again)}</pre></dd>"
    if alone:
        yield f"<dt>Run it alone</dt><dd><pre tabindex=0>{_text(alone)}</pre></dd>"
    yield f"<dt>Found by</dt><dd>{_text(', '.join(cause.parts))}</dd>"
    if cause.operations:
        yield f"<dt>Operations</dt><dd>{_text(', '.join(cause.operations))}</dd>"
    yield f"</dl><details><summary>All {cases}</summary><ol>"
    for one in cause.findings[:_CASES]:
        yield f"<li><b>{_text(one.case)}</b> {_text(_came(one))}</li>"
    more = len(cause.findings) - _CASES
    yield f"</ol>{f'<p>{more} more are in report.json.</p>' if more > 0 else ''}</details></details>"


def _came(finding: Finding) -> str:
    return " ".join(finding.came.split())[:300]


def _coverage(coverage: dict[str, Any]) -> Iterator[str]:
    yield '<h2 id="coverage">Coverage</h2>'
    for title, name in (
        ("Documented responses that were never seen", "never_seen"),
        ("Cannot be asked for", "cannot_be_asked_for"),
        ("Parameters and fields that were never sent", "never_sent"),
        ("Sent, but never accepted", "never_accepted"),
    ):
        found = coverage[name]
        yield f"<details><summary>{title}: {len(found)}</summary><p>{_text(', '.join(found) or 'none')}</p></details>"
    yield '<div class=wide tabindex=0 role=region aria-label="Operations"><table><thead><tr>'
    yield "<th scope=col>Operation</th>"
    yield "<th scope=col>Statuses</th><th scope=col>Parameters and fields that were sent</th></tr></thead><tbody>"
    for operation, found in coverage["operations"].items():
        statuses = " ".join(
            f'<span class="{"yes" if status in found["reached"] else "no"}">{status}</span>'
            for status in sorted({*found["documented"], *found["reached"]})
        )
        inputs = found["inputs"]
        sent = sum(bool(reached) for reached in inputs.values())
        rows = "".join(
            f"<li>{_text(name)}: {' '.join(map(str, reached)) or '<b>never</b>'}</li>"
            for name, reached in inputs.items()
        )
        listed = f"<details><summary>{sent} of {len(inputs)}</summary><ul>{rows}</ul></details>" if inputs else "none"
        yield f"<tr><th scope=row>{operation}</th><td>{statuses}</td><td>{listed}</td></tr>"
    yield "</tbody></table></div><p>A status that is crossed out was not reached.</p>"


def _cases(report: Report) -> Iterator[str]:
    yield '<h2 id="cases">Cases</h2>'
    for outcome in ("failed", "skipped", "passed"):
        cases = [one for one in report.results if one.outcome == outcome]
        if cases:
            listed = "".join(f"<li>{_text(one.part)}: {_text(one.case)}</li>" for one in cases)
            yield f"<details><summary>{len(cases):,} {outcome}</summary><ol>{listed}</ol></details>"


def _text(text: str) -> str:
    return escape(printable(text))


def _code(text: str) -> str:
    """The text with what stands between backticks as code."""
    pieces = _text(text).split("`")
    if len(pieces) % 2 == 0:
        return _text(text)
    return "".join(f"<code>{piece}</code>" if number % 2 else piece for number, piece in enumerate(pieces))
