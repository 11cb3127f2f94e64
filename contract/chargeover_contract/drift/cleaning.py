"""A recording with stand-ins for all values, which can be given to others."""

import json
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

from chargeover import StandIns
from chargeover_contract.findings import Exchange
from chargeover_contract.reporting.files import entry

from .exchange import Recorded
from .reading import STAND_INS

_HOST = "https://example.chargeover.com"


def write_clean(exchanges: Sequence[Recorded], file: Path) -> None:
    """Write exchanges with stand-ins that agree with one another, as a HAR document with one entry in each line.

    Raises:
        OSError: the file cannot be written.
    """
    stand_ins = StandIns()
    creator = {"name": "chargeover_contract", "version": version("chargeover"), "comment": STAND_INS}
    entries = ",\n".join(json.dumps(entry(_clean(one, stand_ins))) for one in exchanges)
    head = json.dumps({"version": "1.2", "creator": creator})[:-1]
    file.write_text(f'{{"log": {head}, "entries": [\n{entries}\n]}}}}\n', encoding="utf-8")


def _clean(one: Recorded, stand_ins: StandIns) -> Exchange:
    return Exchange(
        one.method,
        _HOST + stand_ins.url(one.path),
        one.status,
        _pairs(stand_ins.headers(one.sent_headers)),
        stand_ins.body(one.sent).decode(),
        _pairs(stand_ins.headers(one.headers)),
        stand_ins.body(one.received).decode(),
    )


def _pairs(headers: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(headers.items())
