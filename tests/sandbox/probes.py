"""One probe for each planted bug: what a client sees of a sound sandbox, and of one that has the bug."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, NamedTuple

from tests.support.http import BULK, CUSTOMER

from .observer import Observer


class Probe(NamedTuple):
    """What is done, what a sound sandbox shows, and what one with the bug shows."""

    observe: Callable[[Observer], Any]
    right: Any
    wrong: Any


def last(*steps: Any) -> Any:
    """The result of the last of several steps."""
    return steps[-1]


def in_an_hour(zone: timezone) -> str:
    return (datetime.now(UTC) + timedelta(hours=1)).astimezone(zone).isoformat()


WEST = timezone(timedelta(hours=-8))
PAGE = {"order": "customer_id:ASC", "limit": 2}

VALIDATION = {
    "accepts-unknown-fields": Probe(lambda http: http.updated(compny="x"), 400, 202),
    "accepts-missing-company": Probe(lambda http: http.status("POST", "", {}), 400, 201),
    "accepts-string-ids": Probe(lambda http: http.updated(superuser_id="7"), 400, 202),
    "accepts-numbers-as-texts": Probe(lambda http: http.updated(bill_postcode=55369), 400, 202),
    "accepts-numbers-as-flags": Probe(lambda http: http.updated(no_taxes=1), 400, 202),
    "accepts-fractional-ids": Probe(lambda http: http.updated(superuser_id=1.5), 400, 202),
    "accepts-zero-ids": Probe(lambda http: http.updated(superuser_id=0), 400, 202),
    "accepts-any-delivery": Probe(lambda http: http.updated(invoice_delivery="fax"), 400, 202),
    "null-is-ignored": Probe(lambda http: http.updated(company=None), 400, 202),
    "accepts-nested-tags": Probe(lambda http: http.updated(tags=[["a"]]), 400, 202),
    "update-takes-creation-fields": Probe(lambda http: http.updated(currency_id=2), 400, 202),
    "disconnection-ignores-its-body": Probe(
        lambda http: http.status("POST", f"{http.new()}/_action/disconnectParent", {"x": 1}), 400, 200
    ),
    "crashes-on-huge-id": Probe(lambda http: http.status("GET", 10**19), 400, 500),
    "refuses-empty-texts": Probe(lambda http: http.updated(bill_city=""), 202, 400),
    "refuses-long-texts": Probe(lambda http: http.updated(bill_city="x" * 256), 202, 400),
    "refuses-non-ascii": Probe(lambda http: http.updated(bill_city="K\xf6ln"), 202, 400),
    "refuses-large-ids": Probe(lambda http: http.updated(superuser_id=2**31), 202, 400),
    "refuses-empty-update": Probe(lambda http: http.updated(), 202, 400),
}

ANSWERS = {
    "create-is-200": Probe(lambda http: http.status("POST", "", {"company": "Acme"}), 201, 200),
    "update-is-200": Probe(lambda http: http.updated(), 202, 200),
    "update-by-key-is-201": Probe(lambda http: last(http.new(external_key="k"), http.put("external_key:k")), 202, 201),
    "delete-is-204": Probe(lambda http: http.status("DELETE", http.new()), 200, 204),
    "delete-answers-false": Probe(lambda http: http.envelope("DELETE", http.new())["response"], True, False),
    "not-found-is-400": Probe(lambda http: http.status("GET", 9), 404, 400),
    "not-found-is-empty": Probe(lambda http: http.get(9), None, {}),
    "bad-request-is-422": Probe(lambda http: http.status("POST", "", {}), 400, 422),
    "unauthorized-is-403": Probe(lambda http: http.stranger("GET").status_code, 401, 403),
    "unknown-path-is-404": Probe(lambda http: http.status("GET", "/api/v3/nothing"), 400, 404),
    "unknown-method-is-404": Probe(lambda http: http.status("PATCH", 1), 405, 404),
    "wrong-media-type-is-400": Probe(lambda http: http.sent(b"{}", "text/plain"), 415, 400),
    "error-is-200": Probe(lambda http: http.status("POST", "", {}), 400, 200),
    "success-says-error": Probe(lambda http: http.envelope("PUT", http.new(), {})["status"], "OK", "Error"),
    "error-says-ok": Probe(lambda http: http.envelope("GET", 9)["status"], "Error", "OK"),
    "error-response-is-null": Probe(lambda http: http.envelope("POST", "", {})["response"], False, None),
    "error-lacks-message": Probe(lambda http: bool(http.envelope("GET", 9)["message"]), True, False),
    "code-is-missing": Probe(lambda http: "code" in http.envelope("GET", http.new()), True, False),
    "details-is-text": Probe(lambda http: http.envelope("GET", 9)["details"], {}, "none"),
    "details-is-list": Probe(lambda http: http.envelope("GET", http.new())["details"], {}, []),
    "envelope-is-missing": Probe(lambda http: "company" in http.envelope("GET", http.new()), False, True),
    "wrong-id-in-answer": Probe(lambda http: http.envelope("PUT", http.new(), {})["response"], {"id": 1}, {"id": 2}),
    "id-is-text": Probe(lambda http: http.new(), 1, "1"),
    "no-location": Probe(lambda http: http.header("location", "POST", "", {"company": "Acme"}) is None, False, True),
    "wrong-location": Probe(
        lambda http: str(http.header("location", "PUT", http.new(), {})).removeprefix(http.url),
        f"{CUSTOMER}/1",
        f"{CUSTOMER}/10",
    ),
    "no-www-authenticate": Probe(lambda http: "www-authenticate" in http.stranger("GET").headers, True, False),
    "no-allow": Probe(lambda http: http.header("allow", "PATCH", 1), "DELETE, GET, PUT", None),
    "allow-lacks-a-method": Probe(lambda http: http.header("allow", "PATCH", 1), "DELETE, GET, PUT", "DELETE"),
    "empty-list-is-404": Probe(lambda http: http.found(), [], 404),
    "failed-bulk-is-400": Probe(lambda http: http.bulk(("GET", "/9")) == 400, False, True),
}

AUTHENTICATION = {
    "any-password": Probe(lambda http: http.login("sandbox", "wrong"), 401, 200),
    "any-user-name": Probe(lambda http: http.login("someone", "sandbox"), 401, 200),
    "empty-password-accepted": Probe(lambda http: http.login("sandbox", ""), 401, 200),
    "password-prefix-accepted": Probe(lambda http: http.login("sandbox", "sand"), 401, 200),
    "longer-password-accepted": Probe(lambda http: http.login("sandbox", "sandbox2"), 401, 200),
    "user-name-ignores-case": Probe(lambda http: http.login("SANDBOX", "sandbox"), 401, 200),
    "any-scheme-accepted": Probe(lambda http: http.login("sandbox", "sandbox", "Bearer"), 401, 200),
    "remembers-credentials": Probe(lambda http: last(http.new(), http.stranger("GET").status_code), 401, 200),
    "reads-are-open": Probe(lambda http: http.stranger("GET").status_code, 401, 200),
    "delete-by-key-is-open": Probe(
        lambda http: http.stranger("DELETE", f"{CUSTOMER}/external_key:k").status_code, 401, 404
    ),
    "bulk-is-open": Probe(lambda http: http.stranger("POST", BULK, []).status_code, 401, 200),
    "credentials-are-optional": Probe(lambda http: http.stranger("PUT", f"{CUSTOMER}/9", {}).status_code, 401, 404),
    "crashes-on-bad-credentials": Probe(lambda http: http.stranger("GET", header="Basic !").status_code, 401, 500),
    "password-is-told": Probe(lambda http: http.stranger("GET").json()["details"], {}, {"expected": "sandbox"}),
    "strangers-learn-paths": Probe(lambda http: http.stranger("GET", "/nothing").status_code, 401, 400),
    "strangers-learn-ids": Probe(lambda http: http.stranger("GET", f"{CUSTOMER}/9").status_code, 401, 404),
}

CUSTOMERS = {
    "update-is-lost": Probe(lambda http: http.stored("bill_city", "Berlin"), "Berlin", None),
    "second-update-is-lost": Probe(lambda http: http.stored("bill_city", "Berlin", "Rome"), "Rome", "Berlin"),
    "stale-read": Probe(
        lambda http: (http.stored("bill_city", "Rome"), http.get()["bill_city"]), ("Rome",) * 2, (None, "Rome")
    ),
    "update-wipes-other-fields": Probe(
        lambda http: last(http.new(bill_city="Rome"), http.put(custom_1="x"), http.get()["bill_city"]), "Rome", None
    ),
    "update-wipes-address": Probe(
        lambda http: last(http.new(bill_state="MN"), http.put(bill_city="x"), http.get()["bill_state"]), "MN", None
    ),
    "update-hits-neighbour": Probe(
        lambda http: last(http.new(), http.new(), http.put(2, company="New"), http.get(1)["company"]), "Acme", "New"
    ),
    "update-of-unknown-customer-is-accepted": Probe(lambda http: http.put(9), 404, 202),
    "refused-update-is-half-done": Probe(
        lambda http: last(http.updated(company="New", parent_customer_id=9), http.get()["company"]), "Acme", "New"
    ),
    "update-keeps-mod-datetime": Probe(
        lambda http: last(http.many(2), http.put(1), http.found(order="mod_datetime:DESC", limit=1)),
        [1],
        [2],
    ),
    "read-changes-customer": Probe(lambda http: last(http.new(), http.get() == http.get()), True, False),
    "create-makes-two": Probe(lambda http: last(http.new(), http.count()), 1, 2),
    "create-forgets-address": Probe(
        lambda http: last(http.new(bill_city="Rome"), http.get()["bill_city"]), "Rome", None
    ),
    "refused-creation-uses-an-id": Probe(lambda http: last(http.new(parent_customer_id=9), http.count()), 0, 1),
    "tokens-are-equal": Probe(
        lambda http: last(http.new(), http.new(), http.get(1)["token"] == http.get(2)["token"]), False, True
    ),
    "delete-keeps-customer": Probe(
        lambda http: last(http.new(), http.ask("DELETE", 1), http.status("GET", 1)), 404, 200
    ),
    "delete-deletes-all": Probe(
        lambda http: last(http.new(), http.new(), http.ask("DELETE", 1), http.status("GET", 2)), 200, 404
    ),
    "second-delete-succeeds": Probe(lambda http: http.status("DELETE", 9), 404, 200),
    "id-is-reused": Probe(lambda http: last(http.ask("DELETE", http.new()), http.new()), 2, 1),
    "deleted-is-found-by-key": Probe(
        lambda http: last(http.new(external_key="k"), http.ask("DELETE", 1), http.status("GET", "external_key:k")),
        404,
        200,
    ),
}

VALUES = {
    "forgets-custom-20": Probe(lambda http: http.stored("custom_20", "x"), "x", None),
    "shipping-shows-billing": Probe(lambda http: http.stored("ship_city", "Rome"), "Rome", None),
    "truncates-long-texts": Probe(lambda http: len(http.stored("bill_city", "x" * 256)), 256, 255),
    "trims-texts": Probe(lambda http: http.stored("bill_city", " x "), " x ", "x"),
    "lowercases-email": Probe(lambda http: http.stored("superuser_email", "Ann@Acme"), "Ann@Acme", "ann@acme"),
    "drops-empty-texts": Probe(lambda http: http.stored("bill_city", "Rome", ""), "", "Rome"),
    "empty-text-is-null": Probe(lambda http: http.stored("bill_city", ""), "", None),
    "encodes-twice": Probe(lambda http: http.stored("bill_city", "K\xf6ln"), "K\xf6ln", "K\xc3\xb6ln"),
    "drops-emoji": Probe(lambda http: http.stored("bill_city", "\N{PANDA FACE}"), "\N{PANDA FACE}", "?"),
    "composes-letters": Probe(lambda http: http.stored("bill_city", "o\u0308"), "o\u0308", "\xf6"),
    "escapes-html": Probe(lambda http: http.stored("company", "A & B"), "A & B", "A &amp; B"),
    "joins-lines": Probe(lambda http: http.stored("bill_addr1", "a\nb"), "a\nb", "a b"),
    "stops-at-null-character": Probe(lambda http: http.stored("bill_city", "a\0b"), "a\0b", "a"),
    "postcode-is-a-number": Probe(lambda http: http.stored("bill_postcode", "00501"), "00501", "501"),
    "false-is-dropped": Probe(lambda http: http.stored("no_taxes", True, False), False, True),
    "tags-are-sorted": Probe(lambda http: http.stored("tags", ["b", "a"]), ["b", "a"], ["a", "b"]),
    "tags-are-deduplicated": Probe(lambda http: http.stored("tags", ["a", "a"]), ["a", "a"], ["a"]),
    "tags-split-at-commas": Probe(lambda http: http.stored("tags", ["a,b"]), ["a,b"], ["a", "b"]),
    "tags-are-added": Probe(lambda http: http.stored("tags", ["a"], ["b"]), ["b"], ["a", "b"]),
    "empty-tags-are-dropped": Probe(lambda http: http.stored("tags", ["a"], []), [], ["a"]),
    "flags-are-numbers": Probe(lambda http: json.dumps(http.stored("no_taxes", True)), "true", "1"),
    "ids-are-texts": Probe(lambda http: http.stored("superuser_id", 7), 7, "7"),
    "large-ids-are-rounded": Probe(lambda http: http.stored("superuser_id", 2**53 + 1), 2**53 + 1, 2**53),
    "list-shows-no-tags": Probe(
        lambda http: last(http.new(tags=["a"]), http.envelope("GET")["response"][0].get("tags")), None, []
    ),
}

BULKS = {
    "bulk-drops-last": Probe(lambda http: http.codes(("GET", "/_count"), ("GET", "")), [200, 200], [200]),
    "bulk-repeats-first": Probe(lambda http: last(http.bulk(("POST", "", {"company": "A"})), http.count()), 1, 2),
    "bulk-stops-at-first-failure": Probe(lambda http: http.codes(("GET", "/9"), ("GET", "")), [404, 200], [404]),
    "bulk-undoes-all-on-failure": Probe(
        lambda http: last(http.bulk(("POST", "", {"company": "A"}), ("GET", "/9")), http.count()), 1, 0
    ),
    "bulk-runs-backwards": Probe(
        lambda http: http.codes(("POST", "", {"company": "A"}), ("GET", "/1")), [201, 200], [201, 404]
    ),
    "bulk-swaps-answers": Probe(lambda http: http.codes(("GET", "/9"), ("GET", "")), [404, 200], [200, 404]),
    "bulk-failure-says-ok": Probe(lambda http: http.bulk(("GET", "/9"))[0]["status"], "Error", "OK"),
    "bulk-codes-are-200": Probe(lambda http: http.codes(("GET", "/9")), [404], [200]),
    "bulk-answers-bare-list": Probe(lambda http: http.envelope("POST", BULK, [])["response"], {"_bulk": []}, []),
    "bulk-26-allowed": Probe(lambda http: http.bulk(*[("GET", "/_count")] * 26) == 400, True, False),
    "bulk-25-refused": Probe(lambda http: http.bulk(*[("GET", "/_count")] * 25) == 400, False, True),
    "empty-bulk-refused": Probe(lambda http: http.bulk(), [], 400),
    "bulk-deletes": Probe(lambda http: http.bulk(("DELETE", f"/{http.new()}")) == 400, True, False),
    "nested-bulk-allowed": Probe(
        lambda http: [
            answer["code"]
            for answer in http.envelope(
                "POST",
                BULK,
                [{"request_method": "POST", "uri": BULK, "payload": [{"request_method": "GET", "uri": CUSTOMER}]}],
            )["response"]["_bulk"]
        ],
        [400],
        [200],
    ),
    "bulk-payload-is-lost": Probe(
        lambda http: last(http.new(), http.bulk(("PUT", "/1", {"company": "New"})), http.get()["company"]),
        "New",
        "Acme",
    ),
    "bulk-mixes-payloads": Probe(
        lambda http: last(
            http.many(2),
            http.bulk(("PUT", "/1", {"bill_city": "Rome"}), ("PUT", "/2", {"company": "New"})),
            http.get(2)["bill_city"],
        ),
        None,
        "Rome",
    ),
    "bulk-ignores-queries": Probe(
        lambda http: last(http.many(2), len(http.bulk(("GET", "?limit=1"))[0]["response"])), 1, 2
    ),
    "bulk-checks-no-fields": Probe(lambda http: http.codes(("POST", "", {"company": "A", "x": 1})), [400], [201]),
}

QUERIES = {
    "limit-is-ignored": Probe(lambda http: last(http.many(), len(http.found(limit=2))), 2, 10),
    "limit-off-by-one": Probe(lambda http: last(http.many(), len(http.found(limit=2))), 2, 3),
    "limit-501-allowed": Probe(lambda http: http.found(limit=501), 400, []),
    "limit-above-100-refused": Probe(lambda http: http.found(limit=500), [], 400),
    "limit-0-allowed": Probe(lambda http: http.found(limit=0), 400, []),
    "default-limit-is-100": Probe(lambda http: last(http.many(), len(http.found())), 10, 12),
    "offset-is-ignored": Probe(lambda http: last(http.many(4), http.found(offset=2, **PAGE)), [3, 4], [1, 2]),
    "offset-counts-from-one": Probe(lambda http: last(http.many(4), http.found(offset=2, **PAGE)), [3, 4], [2, 3]),
    "list-skips-one-at-page-border": Probe(
        lambda http: last(http.many(5), http.found(offset=2, **PAGE)), [3, 4], [4, 5]
    ),
    "full-page-lacks-last": Probe(lambda http: last(http.many(3), http.found(**PAGE)), [1, 2], [1]),
    "offset-past-end-starts-over": Probe(lambda http: last(http.many(3), http.found(offset=4, **PAGE)), [], [1, 2]),
    "list-hides-newest": Probe(lambda http: last(http.many(3), http.found()), [1, 2, 3], [1, 2]),
    "order-is-ignored": Probe(
        lambda http: last(http.new(company="b"), http.new(company="a"), http.found(order="company:ASC")), [2, 1], [1, 2]
    ),
    "descending-is-ascending": Probe(
        lambda http: last(http.many(2), http.found(order="customer_id:DESC")), [2, 1], [1, 2]
    ),
    "numbers-order-as-texts": Probe(
        lambda http: last(http.many(10), http.found(order="customer_id:ASC"))[:2], [1, 2], [1, 10]
    ),
    "where-is-ignored": Probe(lambda http: last(http.many(2), http.found(where="customer_id:EQUALS:2")), [2], [1, 2]),
    "where-first-term-only": Probe(
        lambda http: last(http.many(3), http.found(where="customer_id:GT:1,customer_id:LT:3")), [2], [2, 3]
    ),
    "where-or-instead-of-and": Probe(
        lambda http: last(http.many(3), http.found(where="customer_id:GT:1,customer_id:LT:3")), [2], [1, 2, 3]
    ),
    "wrong-where-finds-all": Probe(lambda http: last(http.new(), http.found(where="nothing:EQUALS:1")), 400, [1]),
    "equals-ignores-case": Probe(lambda http: last(http.new(), http.found(where="company:EQUALS:ACME")), [], [1]),
    "not-equals-fits-null": Probe(lambda http: last(http.new(), http.found(where="bill_state:NOTEQUALS:x")), [], [1]),
    "contains-is-prefix": Probe(lambda http: last(http.new(), http.found(where="company:CONTAINS:cme")), [1], []),
    "contains-takes-wildcards": Probe(lambda http: last(http.new(), http.found(where="company:CONTAINS:A_m")), [], [1]),
    "gt-is-gte": Probe(lambda http: last(http.many(2), http.found(where="customer_id:GT:1")), [2], [1, 2]),
    "lte-is-lt": Probe(lambda http: last(http.many(2), http.found(where="customer_id:LTE:2")), [1, 2], [1]),
    "numbers-compare-as-texts": Probe(lambda http: last(http.many(10), http.found(where="customer_id:GT:9")), [10], []),
    "time-zone-is-ignored": Probe(
        lambda http: last(http.new(), http.found(where=f"mod_datetime:LT:{in_an_hour(WEST)}")), [1], []
    ),
    "null-test-inverted": Probe(lambda http: last(http.new(), http.found(where="bill_state:IS:NULL")), [1], []),
    "null-test-takes-empty": Probe(
        lambda http: last(http.new(bill_state=""), http.found(where="bill_state:IS:NULL")), [], [1]
    ),
    "escaped-comma-splits": Probe(
        lambda http: last(http.new(company="A, B"), http.found(where="company:EQUALS:A\\, B")), [1], 400
    ),
    "escaped-colon-stays-escaped": Probe(
        lambda http: last(http.new(company="A: B"), http.found(where="company:EQUALS:A\\: B")), [1], []
    ),
    "escaped-backslash-stays-escaped": Probe(
        lambda http: last(http.new(company="A\\B"), http.found(where="company:EQUALS:A\\\\B")), [1], []
    ),
    "where-names-any-field": Probe(lambda http: http.found(where="bill_city:EQUALS:x"), 400, []),
    "plus-stays-plus": Probe(
        lambda http: last(
            http.new(company="A B"), len(http.envelope("GET", f"{CUSTOMER}?where=company:EQUALS:A+B")["response"])
        ),
        1,
        0,
    ),
    "unknown-parameter-refused": Probe(lambda http: http.found(nothing=1), [], 400),
    "count-off-by-one": Probe(lambda http: http.count(), 0, 1),
    "count-ignores-where": Probe(lambda http: last(http.new(), http.count(where="customer_id:GT:1")), 0, 1),
    "count-stops-at-10": Probe(lambda http: last(http.many(), http.count()), 12, 10),
}

LINKS = {
    "update-ignores-payment-rule": Probe(
        lambda http: last(http.family(), http.put(2, parent_customer_id=None)), 400, 202
    ),
    "update-by-key-ignores-payment-rule": Probe(
        lambda http: last(http.family(external_key="k"), http.put("external_key:k", parent_customer_id=3)), 400, 202
    ),
    "disconnect-ignores-payment-rule": Probe(
        lambda http: last(http.family(), http.status("POST", "2/_action/disconnectParent", {})), 400, 200
    ),
    "payment-rule-for-null-only": Probe(lambda http: last(http.family(), http.put(2, parent_customer_id=3)), 400, 202),
    "payment-freezes-customer": Probe(lambda http: last(http.family(), http.put(2, company="New")), 202, 400),
    "same-parent-refused": Probe(lambda http: last(http.family(), http.put(2, parent_customer_id=1)), 202, 400),
    "null-does-not-disconnect": Probe(
        lambda http: last(
            http.new(), http.new(parent_customer_id=1), http.put(2, parent_customer_id=None), http.get(2)
        )["parent_customer_id"],
        None,
        1,
    ),
    "disconnect-does-nothing": Probe(
        lambda http: last(
            http.new(), http.new(parent_customer_id=1), http.ask("POST", "2/_action/disconnectParent", {}), http.get(2)
        )["parent_customer_id"],
        None,
        1,
    ),
    "disconnect-needs-a-parent": Probe(
        lambda http: http.status("POST", f"{http.new()}/_action/disconnectParent", {}), 200, 400
    ),
    "own-parent-allowed": Probe(lambda http: http.updated(parent_customer_id=1), 400, 202),
    "parent-cycle-allowed": Probe(
        lambda http: last(http.new(), http.new(parent_customer_id=1), http.put(1, parent_customer_id=2)), 400, 202
    ),
    "unknown-parent-is-ignored": Probe(lambda http: http.updated(parent_customer_id=9), 400, 202),
    "crashes-on-unknown-parent": Probe(lambda http: http.new(parent_customer_id=9), 400, 500),
    "create-drops-parent": Probe(
        lambda http: last(http.new(), http.new(parent_customer_id=1), http.get(2)["parent_customer_id"]), 1, None
    ),
    "delete-orphans-children": Probe(
        lambda http: last(http.new(), http.new(parent_customer_id=1), http.ask("DELETE", 1), http.found()), [1, 2], [2]
    ),
    "delete-takes-children": Probe(
        lambda http: last(http.new(), http.new(parent_customer_id=1), http.ask("DELETE", 1), http.found()), [1, 2], []
    ),
    "external-key-not-unique": Probe(lambda http: last(http.new(external_key="k"), http.new(external_key="k")), 400, 2),
    "external-key-reusable-after-delete": Probe(
        lambda http: last(http.ask("DELETE", http.new(external_key="k")), http.new(external_key="k")), 400, 2
    ),
    "freed-external-key-stays-used": Probe(
        lambda http: last(http.new(external_key="k"), http.put(1, external_key="l"), http.new(external_key="k")), 2, 400
    ),
    "empty-external-key-is-unique": Probe(
        lambda http: last(http.new(external_key=""), http.new(external_key="")), 2, 400
    ),
    "own-external-key-refused": Probe(lambda http: http.put(http.new(external_key="k"), external_key="k"), 202, 400),
    "external-key-ignores-case": Probe(
        lambda http: last(http.new(external_key="k"), http.status("GET", "external_key:K")), 404, 200
    ),
    "external-key-prefix-is-enough": Probe(
        lambda http: last(http.new(external_key="key"), http.status("GET", "external_key:k")), 404, 200
    ),
    "encoded-slash-splits-path": Probe(
        lambda http: last(http.new(external_key="a/b"), http.status("GET", "external_key:a%2Fb")), 200, 400
    ),
    "token-is-not-found": Probe(
        lambda http: last(http.new(), http.status("GET", f"token:{http.get()['token']}")), 200, 404
    ),
    "update-by-key-creates": Probe(lambda http: http.put("external_key:k"), 404, 202),
}

PROTOCOL = {
    "accepts-wrong-content-type": Probe(lambda http: http.sent(b"{}", "text/plain"), 415, 202),
    "refuses-charset": Probe(lambda http: http.sent(b"{}", "application/json; charset=utf-8"), 202, 415),
    "accepts-duplicate-keys": Probe(lambda http: http.sent(b'{"company": "a", "company": "b"}'), 400, 202),
    "accepts-nan": Probe(lambda http: http.sent(b'{"parent_customer_id": NaN}'), 400, 202),
    "accepts-bad-utf-8": Probe(lambda http: http.sent(b'{"company": "\xff"}'), 400, 202),
    "accepts-lone-surrogates": Probe(lambda http: http.sent(b'{"company": "\\ud800"}'), 400, 202),
    "accepts-trailing-comma": Probe(lambda http: http.sent(b'{"company": "a",}'), 400, 202),
    "accepts-empty-body": Probe(lambda http: http.sent(b""), 400, 202),
    "ignores-what-follows": Probe(lambda http: http.sent(b"{} {}"), 400, 202),
    "crashes-on-emoji": Probe(lambda http: http.sent('{"company": "\N{PANDA FACE}"}'.encode()), 202, 500),
    "drops-large-bodies": Probe(lambda http: http.updated(company="x" * 70_000), 202, "broken"),
    "method-override-works": Probe(
        lambda http: last(
            http.new(), http.ask("PUT", 1, {}, headers={"X-HTTP-Method-Override": "DELETE"}), http.status("GET", 1)
        ),
        200,
        404,
    ),
    "trailing-slash-accepted": Probe(lambda http: http.status("GET", f"{http.new()}/"), 400, 200),
    "path-ignores-case": Probe(lambda http: http.status("GET", "/api/v3/Customer"), 400, 200),
    "html-error": Probe(lambda http: http.header("content-type", "GET", 9), "application/json", "text/html"),
    "content-type-is-html": Probe(lambda http: http.header("content-type", "GET"), "application/json", "text/html"),
    "answers-in-latin-1": Probe(
        lambda http: http.ask("GET", http.new(bill_city="K\xf6ln")).content.count("K\xf6ln".encode()) > 0, True, False
    ),
    "byte-order-mark-first": Probe(lambda http: http.ask("GET").content[:1], b"{", b"\xef"),
    "head-has-body": Probe(lambda http: http.wire("HEAD", CUSTOMER)[0][:6], b"HTTP/1", b'{"code'),
    "stray-bytes-after-error": Probe(lambda http: http.wire("GET", f"{CUSTOMER}/9")[1][:6], b"HTTP/1", b"null\nH"),
    "long-answer-is-cut": Probe(lambda http: last(http.many(), http.status("GET")), 200, "broken"),
    "closes-unannounced": Probe(lambda http: http.wire("GET", CUSTOMER)[1][:6], b"HTTP/1", b""),
}

PROBES = VALIDATION | ANSWERS | AUTHENTICATION | CUSTOMERS | VALUES | BULKS | QUERIES | LINKS | PROTOCOL
