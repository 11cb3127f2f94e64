"""The files of a report: JUnit XML for CI, JSON for programs, HAR for tools that read HTTP, HTML for people."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from chargeover_contract.collecting import Result
from chargeover_contract.findings import Exchange, Finding, printable

from .html import page
from .report import Cause, Report

NAMES = ("report.html", "report.json", "junit.xml", "failures.har")
# XML 1.0 has no place for most control characters, however they are escaped.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_all(report: Report, folder: Path) -> list[Path]:
    """Write the four files.

    Args:
        report: of a run.
        folder: where; it is made if it is not there.

    Raises:
        OSError: they cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in zip(NAMES, (page(report), _json(report), _junit(report), _har(report)), strict=True):
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in NAMES]


def _json(report: Report) -> str:
    value: dict[str, Any] = {
        "url": report.url,
        "command": report.command,
        "started": report.started,
        "seconds": round(report.seconds, 1),
        "cases_per_second": round(report.pace, 1),
        "version": report.version,
        "outcomes": dict(report.outcomes),
        "skipped": dict(report.skips),
        "notes": [*map(printable, report.notes)],
        "causes": [_cause(report, cause) for cause in report.causes],
        "coverage": report.coverage,
        "cases": [
            {"case": one.case, "part": one.part, "outcome": one.outcome, "why": one.why} for one in report.results
        ],
    }
    return json.dumps(value, indent=1) + "\n"


def _cause(report: Report, cause: Cause) -> dict[str, Any]:
    first = cause.first
    return {
        "cause": cause.text,
        "cases": len(cause.cases),
        "known": report.known.get(cause.text),
        "parts": cause.parts,
        "operations": cause.operations,
        "expected": first.says,
        "source": first.source,
        "came": first.came,
        "again": first.again,
        "alone": report.alone(first),
        "findings": [one.as_json() for one in cause.findings],
    }


def _junit(report: Report) -> str:
    root = ET.Element("testsuites", name="chargeover contract")
    by_case: dict[str, list[Finding]] = {}
    for cause in report.causes:
        for one in cause.findings:
            by_case.setdefault(one.case, []).append(one)
    for part in dict.fromkeys(result.part for result in report.results):
        results = [result for result in report.results if result.part == part]
        attributes = {"name": part, "timestamp": report.started, **_counts(results)}
        suite = ET.SubElement(root, "testsuite", attributes)
        properties = ET.SubElement(suite, "properties")
        for name in ("never_seen", "cannot_be_asked_for", "never_sent", "never_accepted"):
            ET.SubElement(properties, "property", name=name, value=_xml(", ".join(report.coverage[name])))
        for name, operation in report.coverage["operations"].items():
            reached = {"reached": operation["reached"], "inputs": operation["inputs"]}
            ET.SubElement(properties, "property", name=name, value=_xml(json.dumps(reached)))
        for result in results:
            case = ET.SubElement(
                suite, "testcase", classname=part, name=_xml(result.case), time=f"{result.seconds:.3f}"
            )
            if result.outcome == "skipped":
                ET.SubElement(case, "skipped", message=_xml(result.why))
            elif result.outcome == "failed":
                _failure(case, by_case.get(result.case, []))
    ET.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _counts(results: list[Result]) -> dict[str, str]:
    failed = sum(result.outcome == "failed" for result in results)
    skipped = sum(result.outcome == "skipped" for result in results)
    seconds = sum(result.seconds for result in results)
    return {
        "tests": str(len(results)),
        "failures": str(failed),
        "errors": "0",
        "skipped": str(skipped),
        "time": f"{seconds:.3f}",
    }


def _failure(case: ET.Element, findings: list[Finding]) -> None:
    first = findings[0].cause if findings else "failed"
    failure = ET.SubElement(case, "failure", message=_xml(first), type="contract")
    failure.text = _xml("\n\n".join(map(str, findings)))


def _xml(text: str) -> str:
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", printable(text))


def _har(report: Report) -> str:
    entries = [
        entry(one.exchange, f"{cause.text} ({one.part}: {one.case})")
        for cause in report.causes
        for one in cause.findings
        if one.exchange is not None
    ]
    creator = {"name": "chargeover_contract", "version": report.version}
    return json.dumps({"log": {"version": "1.2", "creator": creator, "entries": entries}}, indent=1) + "\n"


def entry(exchange: Exchange, comment: str = "") -> dict[str, Any]:
    """An exchange as an entry of HAR 1.2."""
    url, _, query = exchange.url.partition("?")
    request: dict[str, Any] = {
        "method": exchange.method,
        "url": exchange.url if url.startswith("http") else f"http://invalid/{exchange.url}",
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": [*_pairs(exchange.request_headers)],
        "queryString": [*_pairs(_query(query))],
        "headersSize": -1,
        "bodySize": len(exchange.request_body.encode()),
    }
    if exchange.request_body:
        request["postData"] = {"mimeType": _type(exchange.request_headers), "text": exchange.request_body}
    body = exchange.response_body
    content = {"size": len(body.encode()), "mimeType": _type(exchange.response_headers), "text": body}
    response = {
        "status": exchange.status,
        "statusText": "",
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": [*_pairs(exchange.response_headers)],
        "content": content,
        "redirectURL": "",
        "headersSize": -1,
        "bodySize": len(body.encode()),
    }
    return {
        "startedDateTime": exchange.started,
        "time": round(exchange.milliseconds, 3),
        "request": request,
        "response": response,
        "cache": {},
        "timings": {"send": 0, "wait": round(exchange.milliseconds, 3), "receive": 0},
        "comment": comment,
    }


def _query(text: str) -> list[tuple[str, str]]:
    pieces = [piece.partition("=") for piece in text.split("&") if piece]
    return [(name, value) for name, _, value in pieces]


def _pairs(pairs: object) -> Iterator[dict[str, str]]:
    if isinstance(pairs, (list, tuple)):
        yield from ({"name": name, "value": value} for name, value in pairs)


def _type(headers: object) -> str:
    found = [one["value"] for one in _pairs(headers) if one["name"].lower() == "content-type"]
    return found[0] if found else ""
