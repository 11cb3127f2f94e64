"""Bodies under a status that says yes: no envelope, one that says no, and values in other forms than the documented."""

from .calls import COUNT, CREATE, DELETE, GET, LIST, UPDATE, FaultCall, showing
from .fault import CUSTOMER, DONE, HTML, Kind, answer, keeping

LOOSE = (
    b'{"status":"OK","response":{"customer_id":"1","no_taxes":1,"terms_id":"12","mod_datetime":"2014-03-05 10:11:12"}}'
)
STRANGE = b'{"status":"OK","response":{"customer_id":1,"invoice_delivery":"pigeon","company":["Acme"],"mood":"good"}}'


def _update(name: str, does: str, body: bytes) -> Kind:
    return Kind(name, does, (keeping(answer(202, body)),), UPDATE)


def _other(name: str, does: str, call: FaultCall, response: bytes) -> Kind:
    return Kind(name, does, (keeping(answer(200, b'{"status":"OK","response":%s}' % response)),), call)


BODY = (
    _update("empty", "sends no body", b""),
    _update("page", "sends HTML", HTML),
    Kind("page, create", "sends HTML", (keeping(answer(201, HTML)),), CREATE),
    Kind("page, get", "sends HTML", (keeping(answer(200, HTML)),), GET),
    _update("list", "sends a JSON list", b"[]"),
    _update("number", "sends a JSON number", b"7"),
    _update("text", "sends a JSON string", b'"OK"'),
    _update("null", "sends a JSON null", b"null"),
    _update("other object", "sends a JSON object that is not an envelope", b'{"hello":1}'),
    _update("deep", "sends 100,000 lists in one another", b"[" * 100_000),
    _update(
        "deep within",
        "sends an envelope with 100,000 lists in one another",
        b'{"status":"OK","details":' + b"[" * 100_000,
    ),
    _update("half an envelope", "sends JSON that ends too early, with the right length", DONE[:-5]),
    _update("huge number", "sends an ID of 4,301 digits", b'{"status":"OK","response":{"id":%s}}' % (b"9" * 4_301)),
    Kind(
        "huge number, get",
        "sends a field with 4,301 digits",
        (keeping(answer(200, CUSTOMER.replace(b'"Acme"', b'"Acme","terms_id":' + b"9" * 4_301))),),
        showing("company", "terms_id"),
    ),
    _update(
        "two members of one name",
        "sends “response” twice, the second one false",
        b'{"status":"OK","response":{"id":1},"response":false}',
    ),
    _other(
        "NaN",
        "sends NaN and Infinity",
        showing("company", "paid", "balance"),
        b'{"company":"Acme","paid":NaN,"balance":Infinity}',
    ),
    _update("not UTF-8", "sends Latin-1", DONE.replace(b'""', b'"M\xfcller"')),
    _update("byte order mark", "sends a byte order mark first", b"\xef\xbb\xbf" + DONE),
    _update("UTF-16", "sends UTF-16", DONE.decode().encode("utf-16")),
    _update(
        "half of a surrogate pair",
        "sends a message with half a character, and says no",
        b'{"status":"Error","message":"\\ud83d"}',
    ),
    _update(
        "Error under 202",
        "says “Error” in the envelope",
        b'{"code":400,"status":"Error","message":"No.","details":{},"response":false}',
    ),
    _update("false under 202", "says no by “response” alone", b'{"message":"No.","response":false}'),
    Kind(
        "Error under 200, get",
        "says “Error” in the envelope",
        (keeping(answer(200, b'{"status":"Error","message":"No."}')),),
        GET,
    ),
    Kind(
        "Error under 200, delete",
        "says “Error” in the envelope",
        (keeping(answer(200, b'{"status":"Error","message":"No."}')),),
        DELETE,
    ),
    _update("400 in an envelope that says OK", "sends a code that is not the status", DONE.replace(b"201", b"400")),
    _update("details as a list", "sends “details” as an empty list", DONE.replace(b'"details":{}', b'"details":[]')),
    _update("details as null", "sends “details” as null", DONE.replace(b'"details":{}', b'"details":null')),
    _update("message as null", "sends “message” as null", DONE.replace(b'"message":""', b'"message":null')),
    _update("nothing but a status", "sends “status” alone", b'{"status":"OK"}'),
    _update("no ID", "sends “response” as null", b'{"status":"OK","response":null}'),
    _update("another ID", "says that customer 999 was changed", DONE.replace(b'"id":1', b'"id":999')),
    _update("ID as text", "sends the ID as a string", DONE.replace(b'"id":1', b'"id":"1"')),
    Kind(
        "no ID, create",
        "creates, and does not say whom",
        (keeping(answer(201, b'{"status":"OK","response":null}')),),
        CREATE,
    ),
    Kind(
        "no ID but an address, create",
        "says in Location alone who was created",
        (keeping(answer(201, b'{"status":"OK","response":null}', "Location: /api/v3/customer/7")),),
        CREATE,
    ),
    _other("null, get", "sends null for a customer", GET, b"null"),
    _other("empty list, get", "sends an empty list for a customer", GET, b"[]"),
    _other("full list, get", "sends a list with a customer for a customer", GET, b'[{"customer_id":1}]'),
    _other("another customer, get", "sends customer 999", GET, b'{"customer_id":999,"company":"Other"}'),
    _other("text, get", "sends a string for a customer", GET, b'"Acme"'),
    _other("null, list", "sends null for a list", LIST, b"null"),
    _other("object, list", "sends a list as an object with numbers for names", LIST, b'{"0":{"customer_id":1}}'),
    _other("null in a list", "sends a list with a null", LIST, b"[null]"),
    _other("text in a list", "sends a list with a string", LIST, b'["Acme"]'),
    _other("number for a list", "sends a number for a list", LIST, b"7"),
    _other("one page for ever", "sends the same page again and again", LIST, b'[{"customer_id":1},{"customer_id":2}]'),
    _other("text, count", "sends the number as a string", COUNT, b'"7"'),
    _other("null, count", "sends null for the number", COUNT, b"null"),
    _other("below zero, count", "sends a number below zero", COUNT, b"-1"),
    Kind(
        "other forms",
        "sends flags as numbers, numbers as strings, dates as they were once",
        (keeping(answer(200, LOOSE)),),
        showing("customer_id", "no_taxes", "terms_id", "mod_datetime"),
    ),
    Kind(
        "unknown values",
        "sends an unknown enum value, a list for a text and an unknown field",
        (keeping(answer(200, STRANGE)),),
        showing("customer_id", "invoice_delivery", "company"),
    ),
)
