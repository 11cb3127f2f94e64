"""Who says what a row expects: the source of the reason, which the report shows and ``--skip-assumed`` goes by."""

import re

_NAMED = re.compile(
    r"(?P<first>seed|docs|client|recorded|RFC \d+|JSON Schema)\b.*|.*\((?P<last>assumed|client|recorded)\)"
)
_SOURCES = {
    # x-assumed of BadRequest, of the parameters and of CustomerUpdate in the document: what is out of range, of another
    # type or unknown is taken to be a 400; and what a path does not allow to be a 405.
    "0 to 2^63 - 1, in the document": "assumed",
    "1 to 500, in the document": "assumed",
    "field:ASC or field:DESC": "assumed",
    "the document has IDs from 1 to 2^63 - 1": "assumed",
    "the document has IDs from 1": "assumed",
    "the document has IDs to 2^63 - 1": "assumed",
    "it is greater than any ID": "assumed",
    "the document has a 405 with Allow for every path": "assumed",
    "the method is the one of the request line": "assumed",
    "the document takes application/json alone": "assumed",
    "the document refuses what it does not list": "assumed",
    "the document refuses unknown fields": "assumed",
    "an empty object, it says": "assumed",
    "at most 25, and no least number": "assumed",
    # What the pages show.
    "the document has another type for this field": "seed",
    "the document has an integer": "seed",
    "the document does not allow this value": "docs",
    "the document asks for an object": "seed",
    "the document asks for an array": "docs",
    "the document has this form": "docs",
    "every operation has a documented 401": "seed",
    "only Basic is documented": "docs",
    "the user name is the API key's": "docs",
    "the password is the API key's private key, and nothing else is": "docs",
    "unknown parameters are ignored": "client",
    "no customer can have this ID": "docs",
    "the pieces of TCP mean nothing": "RFC 9293",
    "five bytes of it are not JSON": "docs",
    "any response will do, except a fault of the server's own": "RFC 9110",
    "what matters is that it is answered in order": "RFC 9112",
}


def source_of_row(why: str) -> str:
    """The source of a reason: seed, docs, client, recorded, assumed, or an RFC.

    A reason of which nothing is published, such as that values come back unchanged, is that of any store of data; it is
    the document's as a whole.
    """
    found = _NAMED.fullmatch(why)
    if found:
        return str(found["first"] or found["last"])
    return _SOURCES.get(why, "openapi.yaml")
