"""Faults of connections: none, lost, silent, slow."""

from .calls import BULK, CREATE, CREATE_TWICE, CREATE_WITH_KEY, DELETE, GET, LIST, UPDATE_TWICE
from .fault import DONE, LOST, NEVER, OK, Kind, answer, head, keeping
from .server import End, Step

RESET = Step(end=End.RESET)
HANGS = Step(end=End.HANG)
HURRY = {"timeout": 0.05}
PATIENCE = {"timeout": 0.4}
BRIEF = {"deadline": 0.25}

CONNECTION = (
    Kind("refused", "nothing listens", (OK,), refused=NEVER),
    Kind("refused, create", "nothing listens", (OK,), CREATE, refused=NEVER),
    Kind("refused once, create", "nothing listens at first", (OK,), CREATE, refused=1),
    Kind("hung up", "closes the connection without reading the request", (Step(reads=False),)),
    Kind("reset", "resets the connection before the response", (RESET,)),
    Kind("reset once", "resets the first connection, then works", (RESET, OK)),
    Kind("reset, create", "resets the connection before the response", (RESET,), CREATE),
    Kind("closed", "closes the connection before the response", (LOST,)),
    Kind("closed once", "closes the first connection, then works", (LOST, OK)),
    Kind("closed, create", "closes the connection before the response", (LOST, OK), CREATE),
    Kind("closed, get", "closes the connection before the response", (LOST,), GET),
    Kind("closed, list", "closes the connection before the response", (LOST,), LIST),
    Kind("closed, delete", "closes the connection before the response", (LOST,), DELETE),
    Kind("closed, bulk", "closes the connection before the response", (LOST,), BULK),
    Kind("closed, then refused", "closes the connection before the response, and is gone", (Step(leaves=True),)),
    Kind("half of the headers", "closes the connection in the middle of a header", (Step(answer()[:40]),)),
    Kind("silent", "never responds", (HANGS,), options=HURRY),
    Kind("silent once", "never responds to the first request, then works", (HANGS, OK), options=PATIENCE),
    Kind("silent, create", "never responds", (HANGS,), CREATE, options=HURRY),
    Kind("silent, create with a key", "never responds", (HANGS,), CREATE_WITH_KEY, options=HURRY),
    Kind("silent, get", "never responds", (HANGS,), GET, options=HURRY),
    Kind("stuck", "falls silent in the middle of the body", (Step(answer()[:-9], end=End.HANG),), options=HURRY),
    Kind(
        "stuck once",
        "falls silent in the middle of the first body, then works",
        (Step(answer()[:-9], end=End.HANG), OK),
        options=PATIENCE,
    ),
    Kind(
        "dripping body",
        "sends a byte of the body now and then, past the deadline",
        (Step(head(202, "Content-Length: 1000"), b" ", 0.03),),
        options=BRIEF,
    ),
    Kind(
        "dripping headers",
        "sends a byte of a header now and then, and the rest after the deadline",
        (Step(b"HTTP/1.1 202 Such\r\nX-Slow: ", b"x", 0.03, times=12, farewell=answer()[19:]),),
        options=BRIEF,
    ),
    Kind(
        "always processing",
        "sends 102 Processing now and then, and its response after the deadline",
        (Step(repeats=b"HTTP/1.1 102 Processing\r\n\r\n", pause=0.03, times=12, farewell=answer()),),
        options=BRIEF,
    ),
    Kind("closed while idle", "closes the connection after the first response", (Step(answer()), OK), UPDATE_TWICE),
    Kind(
        "408 while idle",
        "sends an unrequested 408 on the idle connection, and closes it",
        (Step(answer(), farewell=answer(408, b"")), OK),
        UPDATE_TWICE,
    ),
    Kind("closed when used again", "reads a second request and closes", (OK, LOST, OK), UPDATE_TWICE),
    Kind("closed when used again, create", "reads a second request and closes", (OK, LOST, OK), CREATE_TWICE),
    Kind(
        "one response too many",
        "sends another response right behind the first one",
        (keeping(answer() + answer(202, DONE.replace(b'"id":1', b'"id":999'))), OK),
        UPDATE_TWICE,
    ),
    Kind(
        "one response too many, create",
        "sends another response right behind the first one",
        (keeping(answer() + answer(202, DONE.replace(b'"id":1', b'"id":999'))), OK),
        CREATE_TWICE,
    ),
    Kind(
        "TLS where plain was spoken",
        "responds to plain HTTP with a TLS alert",
        (Step(b"\x15\x03\x01\x00\x02\x02\x46"),),
    ),
    Kind(
        "plain where TLS was spoken",
        "responds to a TLS handshake with plain HTTP",
        (Step(answer(400)),),
        scheme="https",
    ),
)
