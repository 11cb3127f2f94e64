"""Statuses that say no, with an envelope or with the page of a server in front."""

from .calls import BULK_UPDATE, CREATE, CREATE_WITH_KEY, DELETE, GET, LIST
from .fault import HTML, OK, Kind, answer, keeping, no
from .server import Step

DATES = ("Date: Wed, 21 Oct 2026 07:28:00 GMT", "Retry-After: Wed, 21 Oct 2026 07:28:07 GMT")


def _page(status: int, *headers: str) -> Step:
    return keeping(answer(status, HTML, "Content-Type: text/html", *headers))


def _refused(status: int, retry_after: str | None) -> Step:
    return keeping(no(status, "No.", *(() if retry_after is None else (f"Retry-After: {retry_after}",))))


def _redirect(status: int) -> Kind:
    location = "Location: {decoy}/api/v3/customer/1"
    return Kind(str(status), "redirects to another host", (_page(status, location),))


def _plain(status: int) -> Kind:
    return Kind(str(status), "says no, in an envelope", (keeping(no(status)),))


STATUS = (
    *(_redirect(status) for status in (301, 302, 303, 307, 308)),
    Kind("307, create", "redirects to another host", (_page(307, "Location: {decoy}/x"),), CREATE),
    Kind("302, get", "redirects to another host", (_page(302, "Location: {decoy}/x"),), GET),
    Kind("302 to nowhere", "redirects without an address", (_page(302),)),
    Kind("302 to nonsense", "redirects to an invalid address", (_page(302, "Location: http://[::1"),)),
    Kind("304", "says that nothing was modified", (keeping(b"HTTP/1.1 304 Such\r\n\r\n"),), GET),
    *(_plain(status) for status in (400, 401, 403, 404, 405, 409, 415, 422, 499)),
    Kind("400 page", "says no, in HTML", (_page(400),)),
    Kind("401 page", "says no, in HTML", (_page(401),)),
    Kind("403 page", "says no, in HTML", (_page(403),)),
    Kind("404 page", "says no, in HTML", (_page(404),)),
    Kind("401, bulk", "says no to the whole bulk request", (keeping(no(401)),), BULK_UPDATE),
    Kind("408", "says that the request came too slowly", (_page(408),)),
    Kind("408 once", "says so once, then works", (_page(408), OK)),
    Kind("408, create", "says that the request came too slowly", (_page(408), OK), CREATE),
    Kind("429", "says that this was too often, and asks for no time", (_refused(429, None),)),
    Kind("429 once", "says that this was too often, then works", (_refused(429, None), OK)),
    Kind("429 once, create", "says that this was too often, then works", (_refused(429, None), OK), CREATE),
    Kind(
        "429 once, bulk",
        "says that this was too often, then works",
        (_refused(429, None), keeping(no(404))),
        BULK_UPDATE,
    ),
    Kind("429, 7 seconds", "asks for 7 seconds, then works", (_refused(429, "7"), OK)),
    Kind("429, a date", "asks for a time 7 seconds from now, then works", (keeping(no(429, "No.", *DATES)), OK)),
    Kind(
        "429, a date gone by",
        "asks for a time in the past, then works",
        (_refused(429, "Wed, 21 Oct 2015 07:28:00 GMT"), OK),
    ),
    Kind("429, 60 seconds for ever", "asks for 60 seconds each time", (_refused(429, "60"),)),
    Kind("429, 61 seconds", "asks for 61 seconds", (_refused(429, "61"), OK)),
    Kind("429, a billion seconds", "asks for 1,000,000,000 seconds", (_refused(429, "1000000000"), OK)),
    Kind("429, below zero", "asks for -5 seconds, then works", (_refused(429, "-5"), OK)),
    Kind("429, no number", "asks for NaN seconds, then works", (_refused(429, "NaN"), OK)),
    Kind("429, infinity", "asks for 1e999 seconds, then works", (_refused(429, "1e999"), OK)),
    Kind("429, a word", "asks for “soon”, then works", (_refused(429, "soon"), OK)),
    Kind(
        "429, an impossible date",
        "asks for a date in an impossible time zone, then works",
        (_refused(429, "Wed, 21 Oct 2015 07:28:00 +99999999999999"), OK),
    ),
    Kind(
        "429, later than the deadline",
        "asks for 50 seconds of a call that may take 10",
        (_refused(429, "50"), OK),
        options={"deadline": 10},
    ),
    Kind("500", "fails", (keeping(no(500)),)),
    Kind("500 once", "fails, then works", (keeping(no(500)), OK)),
    Kind("500, create", "fails", (keeping(no(500)), OK), CREATE),
    Kind("500, create with a key", "fails", (keeping(no(500)),), CREATE_WITH_KEY),
    Kind("500, get", "fails", (keeping(no(500)),), GET),
    Kind("500, list", "fails", (keeping(no(500)),), LIST),
    Kind("500, delete", "fails", (keeping(no(500)),), DELETE),
    Kind(
        "500 at the second page",
        "gives one page, then fails for ever",
        (keeping(answer(200, b'{"status":"OK","response":[{"customer_id":1},{"customer_id":2}]}')), keeping(no(500))),
        LIST,
    ),
    Kind("500, max_retries=0", "fails", (keeping(no(500)),), options={"max_retries": 0}),
    Kind("502 page", "says in HTML that a gateway failed", (_page(502),)),
    Kind("503, 7 seconds", "asks for 7 seconds, then works", (_page(503, "Retry-After: 7"), OK)),
    Kind("503, 7 seconds, create", "asks for 7 seconds", (_page(503, "Retry-After: 7"), OK), CREATE),
    Kind("503, 1000 seconds", "asks for 1000 seconds", (_page(503, "Retry-After: 1000"), OK)),
    Kind("504 page", "says in HTML that a gateway waited too long", (_page(504),)),
    Kind("520", "sends a status that no standard has, and no body", (keeping(answer(520, b"")),)),
    Kind("599", "sends a status that is not registered", (_page(599),)),
    Kind("600", "sends a status beyond HTTP", (_page(600),)),
    Kind("999", "sends a status far beyond HTTP", (_page(999),)),
)
