"""Values that are stored or shown incorrectly."""

import html
import re
import unicodedata

from chargeover_sandbox.contract.responses import Response
from chargeover_sandbox.customers.store import Fields

from .bug import Category
from .patching import LIST, PatchableSandbox

VALUES = Category("Values")


@VALUES.in_sandbox
def forgets_custom_20(sandbox: PatchableSandbox) -> None:
    """The field custom_20 is not stored."""
    sandbox.change_stored(lambda fields: {name: value for name, value in fields.items() if name != "custom_20"})


@VALUES.in_sandbox
def shipping_shows_billing(sandbox: PatchableSandbox) -> None:
    """The shipping address shows the billing address."""

    def show(customer: Fields) -> None:
        customer.update({name: customer["bill_" + name[5:]] for name in customer if name.startswith("ship_")})

    sandbox.change_customers(show)


@VALUES.in_sandbox
def truncates_long_texts(sandbox: PatchableSandbox) -> None:
    """Strings are cut at 255 characters."""
    sandbox.change_texts(lambda text: text[:255])


@VALUES.in_sandbox
def trims_texts(sandbox: PatchableSandbox) -> None:
    """Leading and trailing spaces are dropped."""
    sandbox.change_texts(str.strip)


@VALUES.in_sandbox
def lowercases_email(sandbox: PatchableSandbox) -> None:
    """E-mail addresses are stored in lower case."""
    name = "superuser_email"
    sandbox.change_stored(lambda fields: {**fields, name: fields[name].lower()} if fields.get(name) else fields)


@VALUES.in_sandbox
def drops_empty_texts(sandbox: PatchableSandbox) -> None:
    """An empty string leaves the field unchanged."""
    sandbox.change_stored(lambda fields: {name: value for name, value in fields.items() if value != ""})


@VALUES.in_sandbox
def empty_text_is_null(sandbox: PatchableSandbox) -> None:
    """An empty string is stored as null."""
    sandbox.change_stored(lambda fields: {name: None if value == "" else value for name, value in fields.items()})


@VALUES.in_sandbox
def encodes_twice(sandbox: PatchableSandbox) -> None:
    """Non-ASCII letters are encoded twice."""
    sandbox.change_texts(lambda text: text.encode().decode("latin-1"))


@VALUES.in_sandbox
def drops_emoji(sandbox: PatchableSandbox) -> None:
    """Characters beyond U+FFFF become question marks."""
    sandbox.change_texts(lambda text: re.sub("[\U00010000-\U0010ffff]", "?", text))


@VALUES.in_sandbox
def composes_letters(sandbox: PatchableSandbox) -> None:
    """Letters with a combining mark are stored as one character (NFC)."""
    sandbox.change_texts(lambda text: unicodedata.normalize("NFC", text))


@VALUES.in_sandbox
def escapes_html(sandbox: PatchableSandbox) -> None:
    """The characters &, <, > and quotes are stored as HTML entities."""
    sandbox.change_texts(html.escape)


@VALUES.in_sandbox
def joins_lines(sandbox: PatchableSandbox) -> None:
    """Line breaks become spaces."""
    sandbox.change_texts(lambda text: " ".join(text.splitlines()) if "\n" in text else text)


@VALUES.in_sandbox
def stops_at_null_character(sandbox: PatchableSandbox) -> None:
    """Strings end at the character U+0000."""
    sandbox.change_texts(lambda text: text.partition("\0")[0])


@VALUES.in_sandbox
def postcode_is_a_number(sandbox: PatchableSandbox) -> None:
    """A postcode loses its leading zeros."""
    name = "bill_postcode"
    sandbox.change_stored(lambda fields: {**fields, name: fields[name].lstrip("0")} if fields.get(name) else fields)


@VALUES.in_sandbox
def false_is_dropped(sandbox: PatchableSandbox) -> None:
    """A boolean can be set to true but not to false."""
    sandbox.change_stored(lambda fields: {name: value for name, value in fields.items() if value is not False})


@VALUES.in_sandbox
def tags_are_sorted(sandbox: PatchableSandbox) -> None:
    """Tags are stored in alphabetical order."""
    sandbox.change_stored(lambda fields: {**fields, "tags": sorted(fields["tags"])} if "tags" in fields else fields)


@VALUES.in_sandbox
def tags_are_deduplicated(sandbox: PatchableSandbox) -> None:
    """Duplicate tags are stored once."""
    sandbox.change_stored(
        lambda fields: {**fields, "tags": list(dict.fromkeys(fields["tags"]))} if "tags" in fields else fields
    )


@VALUES.in_sandbox
def tags_split_at_commas(sandbox: PatchableSandbox) -> None:
    """A tag with a comma becomes two tags."""
    sandbox.change_stored(
        lambda fields: {**fields, "tags": ",".join(fields["tags"]).split(",")} if fields.get("tags") else fields
    )


@VALUES.in_sandbox
def tags_are_added(sandbox: PatchableSandbox) -> None:
    """An update adds its tags to the existing ones."""

    def add(customer_id: int, fields: Fields) -> Fields:
        if "tags" not in fields:
            return fields
        (customer,) = sandbox.store.find("customer_id = ?", (customer_id,))
        return {**fields, "tags": [*(customer["tags"] or ()), *fields["tags"]]}

    sandbox.change_update(add)


@VALUES.in_sandbox
def empty_tags_are_dropped(sandbox: PatchableSandbox) -> None:
    """An empty list of tags leaves the tags unchanged."""
    sandbox.change_stored(lambda fields: {name: value for name, value in fields.items() if value != []})


@VALUES.in_sandbox
def flags_are_numbers(sandbox: PatchableSandbox) -> None:
    """Booleans are shown as 0 and 1."""

    def show(customer: Fields) -> None:
        customer.update({name: int(value) for name, value in customer.items() if isinstance(value, bool)})

    sandbox.change_customers(show)


@VALUES.in_sandbox
def ids_are_texts(sandbox: PatchableSandbox) -> None:
    """IDs are shown as strings."""

    def show(customer: Fields) -> None:
        customer.update({name: str(value) for name, value in customer.items() if type(value) is int})

    sandbox.change_customers(show)


@VALUES.in_sandbox
def large_ids_are_rounded(sandbox: PatchableSandbox) -> None:
    """IDs above 2^53 are rounded, as in JavaScript."""

    def show(customer: Fields) -> None:
        customer.update({name: int(float(value)) for name, value in customer.items() if type(value) is int})

    sandbox.change_customers(show)


@VALUES.in_sandbox
def list_shows_no_tags(sandbox: PatchableSandbox) -> None:
    """The rows of a list have tags, but no row has any."""

    def show(response: Response) -> Response:
        for customer in response.envelope["response"]:
            customer["tags"] = []
        return response

    sandbox.change_success((LIST,), show)
