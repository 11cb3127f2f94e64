"""Faults of an attempt after another one that may have been carried out; and of bulk answers."""

from .calls import BULK, BULK_UPDATE, CREATE, CREATE_WITH_KEY, DELETE, UPDATE
from .fault import CUSTOMER, LOST, Kind, answer, keeping, no
from .server import Step

TAKEN = keeping(no(400, "The key is in use."))
SAME = keeping(answer(200, CUSTOMER.replace(b'"Acme"', b'"Acme","external_key":"crm-1"')))
OTHER = keeping(answer(200, CUSTOMER.replace(b'"Acme"', b'"Other","external_key":"crm-1"')))
GONE = keeping(no(404))
FAILED = keeping(no(500))
DELETED = keeping(answer(200, b'{"status":"OK","response":true}'))


def _bulk(*parts: str) -> Step:
    body = f'{{"code":200,"status":"OK","message":"","details":{{}},"response":{{"_bulk":[{",".join(parts)}]}}}}'
    return keeping(answer(200, body.encode()))


def _item(code: int, status: str, response: str) -> str:
    return f'{{"code":{code},"status":"{status}","message":"","response":{response}}}'


ONE, TWO = _item(202, "OK", '{"id":1}'), _item(202, "OK", '{"id":2}')
BUSY = _item(429, "Error", "false")

REPEATED = (
    Kind(
        "created, response lost",
        "creates, loses the response, calls the key taken",
        (LOST, TAKEN, SAME),
        CREATE_WITH_KEY,
    ),
    Kind("created by 500", "creates, says 500, calls the key taken", (FAILED, TAKEN, SAME), CREATE_WITH_KEY),
    Kind(
        "key of another",
        "loses the response, then gives the key to another customer",
        (LOST, TAKEN, OTHER),
        CREATE_WITH_KEY,
    ),
    Kind(
        "key of no customer",
        "loses the response, calls the key taken, and finds no customer",
        (LOST, TAKEN, GONE),
        CREATE_WITH_KEY,
    ),
    Kind(
        "created, first look fails",
        "creates, loses the response, calls the key taken, fails at the first look",
        (LOST, TAKEN, FAILED, SAME),
        CREATE_WITH_KEY,
    ),
    Kind(
        "created, every look fails",
        "creates, loses the response, calls the key taken, fails at every look",
        (LOST, TAKEN, FAILED),
        CREATE_WITH_KEY,
    ),
    Kind("key taken at once", "calls the key taken at the first attempt", (TAKEN, SAME), CREATE_WITH_KEY),
    Kind("key taken after 429", "refuses the first attempt with 429", (keeping(no(429)), TAKEN, SAME), CREATE_WITH_KEY),
    Kind("key taken after a refusal", "refuses the first connection", (TAKEN, SAME), CREATE_WITH_KEY, refused=1),
    Kind("lost once, create", "loses the first response, would work then", (LOST, keeping(answer(201))), CREATE),
    Kind(
        "lost once, create with a key",
        "loses the first response, then works",
        (LOST, keeping(answer(201))),
        CREATE_WITH_KEY,
    ),
    Kind("deleted, response lost", "deletes, loses the response, finds no customer", (LOST, GONE), DELETE),
    Kind("deleted by 500", "deletes, says 500, finds no customer", (FAILED, GONE), DELETE),
    Kind(
        "nothing to delete after 429",
        "refuses the first attempt with 429, finds no customer",
        (keeping(no(429)), GONE),
        DELETE,
    ),
    Kind("nothing to delete", "finds no customer", (GONE,), DELETE),
    Kind("lost once, delete", "loses the first response, then works", (LOST, DELETED), DELETE),
    Kind(
        "fails in many ways",
        "loses a response, says 500, says 429, then 404",
        (LOST, FAILED, keeping(no(429)), GONE),
        UPDATE,
    ),
    Kind("bulk", "responds to both", (_bulk(ONE, TWO),), BULK_UPDATE),
    Kind("bulk, lost once", "loses the first response, then works", (LOST, _bulk(ONE, TWO)), BULK_UPDATE),
    Kind("bulk, lost", "loses every response", (LOST,), BULK_UPDATE),
    Kind("bulk with a create, lost", "loses the first response, would work then", (LOST, _bulk(ONE, TWO)), BULK),
    Kind("bulk with a create, 500", "fails, would work then", (FAILED, _bulk(ONE, TWO)), BULK),
    Kind("bulk, one missing", "responds to one of two", (_bulk(ONE),), BULK_UPDATE),
    Kind("bulk, one too many", "responds to two of two, and once more", (_bulk(ONE, TWO, TWO),), BULK_UPDATE),
    Kind("bulk, no list", "responds with a customer", (keeping(answer(200, CUSTOMER)),), BULK_UPDATE),
    Kind("bulk, one null", "responds to one with null", (_bulk(ONE, "null"),), BULK_UPDATE),
    Kind("bulk, one no", "responds to one with 404", (_bulk(ONE, _item(404, "Error", "false")),), BULK_UPDATE),
    Kind("bulk with a create, one no", "responds to one with 404", (_bulk(ONE, _item(404, "Error", "false")),), BULK),
    Kind(
        "bulk, 404 that says nothing",
        "responds to one with a code alone",
        (_bulk(ONE, '{"code":404,"response":null}'),),
        BULK_UPDATE,
    ),
    Kind(
        "bulk, 404 that says OK",
        "responds to one with a code of 404 and OK",
        (_bulk(ONE, _item(404, "OK", "null")),),
        BULK_UPDATE,
    ),
    Kind("bulk, one too often", "responds to one with 429", (_bulk(ONE, BUSY), _bulk(TWO)), BULK_UPDATE),
    Kind(
        "bulk, strange code",
        "responds to one with a code that is not a number, and Error",
        (_bulk(ONE, '{"code":"x","status":"Error"}'),),
        BULK_UPDATE,
    ),
)
