"""Answers as the transport hands them over."""

import httpx2

from chargeover._calls.envelopes import Envelope, read_envelope
from chargeover._exchange import WholeResponse


def envelope_of(response: httpx2.Response) -> Envelope:
    """The envelope of an answer, or the error that it stands for."""
    return read_envelope(WholeResponse(response.status_code, response.headers, response.content, response.request))
