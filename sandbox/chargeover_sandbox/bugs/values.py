"""Values that are stored or shown otherwise than they were sent."""

import html
import re
import unicodedata

from chargeover_sandbox.answers import Reply
from chargeover_sandbox.store import Fields

from .bug import Category
from .parts import LIST, Parts

VALUES = Category("Values")


@VALUES.in_sandbox
def forgets_custom_20(parts: Parts) -> None:
    """The field custom_20 is not stored."""
    parts.change_stored(lambda fields: {name: value for name, value in fields.items() if name != "custom_20"})


@VALUES.in_sandbox
def shipping_shows_billing(parts: Parts) -> None:
    """The shipping address is shown as that of the bills."""

    def show(customer: Fields) -> None:
        customer.update({name: customer["bill_" + name[5:]] for name in customer if name.startswith("ship_")})

    parts.change_customers(show)


@VALUES.in_sandbox
def truncates_long_texts(parts: Parts) -> None:
    """Texts are cut at 255 characters."""
    parts.change_texts(lambda text: text[:255])


@VALUES.in_sandbox
def trims_texts(parts: Parts) -> None:
    """Spaces at the ends of texts are dropped."""
    parts.change_texts(str.strip)


@VALUES.in_sandbox
def lowercases_email(parts: Parts) -> None:
    """E-mail addresses are stored in small letters."""
    name = "superuser_email"
    parts.change_stored(lambda fields: {**fields, name: fields[name].lower()} if fields.get(name) else fields)


@VALUES.in_sandbox
def drops_empty_texts(parts: Parts) -> None:
    """An empty text leaves the field as it was."""
    parts.change_stored(lambda fields: {name: value for name, value in fields.items() if value != ""})


@VALUES.in_sandbox
def empty_text_is_null(parts: Parts) -> None:
    """An empty text is stored as null."""
    parts.change_stored(lambda fields: {name: None if value == "" else value for name, value in fields.items()})


@VALUES.in_sandbox
def encodes_twice(parts: Parts) -> None:
    """Letters that are not ASCII are encoded twice."""
    parts.change_texts(lambda text: text.encode().decode("latin-1"))


@VALUES.in_sandbox
def drops_emoji(parts: Parts) -> None:
    """Characters beyond U+FFFF become question marks."""
    parts.change_texts(lambda text: re.sub("[\U00010000-\U0010ffff]", "?", text))


@VALUES.in_sandbox
def composes_letters(parts: Parts) -> None:
    """Letters with a combining mark are stored as one character (NFC)."""
    parts.change_texts(lambda text: unicodedata.normalize("NFC", text))


@VALUES.in_sandbox
def escapes_html(parts: Parts) -> None:
    """The characters &, <, > and quotes are stored as HTML has them."""
    parts.change_texts(html.escape)


@VALUES.in_sandbox
def joins_lines(parts: Parts) -> None:
    """Line breaks become spaces."""
    parts.change_texts(lambda text: " ".join(text.splitlines()) if "\n" in text else text)


@VALUES.in_sandbox
def stops_at_null_character(parts: Parts) -> None:
    """Texts end at the character U+0000."""
    parts.change_texts(lambda text: text.partition("\0")[0])


@VALUES.in_sandbox
def postcode_is_a_number(parts: Parts) -> None:
    """A postcode loses its leading zeros."""
    name = "bill_postcode"
    parts.change_stored(lambda fields: {**fields, name: fields[name].lstrip("0")} if fields.get(name) else fields)


@VALUES.in_sandbox
def false_is_dropped(parts: Parts) -> None:
    """A flag can be set but not taken back."""
    parts.change_stored(lambda fields: {name: value for name, value in fields.items() if value is not False})


@VALUES.in_sandbox
def tags_are_sorted(parts: Parts) -> None:
    """Tags are stored in the order of the alphabet."""
    parts.change_stored(lambda fields: {**fields, "tags": sorted(fields["tags"])} if "tags" in fields else fields)


@VALUES.in_sandbox
def tags_are_deduplicated(parts: Parts) -> None:
    """A tag that is there twice is stored once."""
    parts.change_stored(
        lambda fields: {**fields, "tags": list(dict.fromkeys(fields["tags"]))} if "tags" in fields else fields
    )


@VALUES.in_sandbox
def tags_split_at_commas(parts: Parts) -> None:
    """A tag with a comma becomes two."""
    parts.change_stored(
        lambda fields: {**fields, "tags": ",".join(fields["tags"]).split(",")} if fields.get("tags") else fields
    )


@VALUES.in_sandbox
def tags_are_added(parts: Parts) -> None:
    """An update adds tags to those that are there."""

    def add(customer_id: int, fields: Fields) -> Fields:
        if "tags" not in fields:
            return fields
        (customer,) = parts.store.find("customer_id = ?", (customer_id,))
        return {**fields, "tags": [*(customer["tags"] or ()), *fields["tags"]]}

    parts.change_update(add)


@VALUES.in_sandbox
def empty_tags_are_dropped(parts: Parts) -> None:
    """An empty list of tags leaves them as they were."""
    parts.change_stored(lambda fields: {name: value for name, value in fields.items() if value != []})


@VALUES.in_sandbox
def flags_are_numbers(parts: Parts) -> None:
    """Flags are shown as 0 and 1."""

    def show(customer: Fields) -> None:
        customer.update({name: int(value) for name, value in customer.items() if isinstance(value, bool)})

    parts.change_customers(show)


@VALUES.in_sandbox
def ids_are_texts(parts: Parts) -> None:
    """IDs are shown as texts."""

    def show(customer: Fields) -> None:
        customer.update({name: str(value) for name, value in customer.items() if type(value) is int})

    parts.change_customers(show)


@VALUES.in_sandbox
def large_ids_are_rounded(parts: Parts) -> None:
    """IDs above 2^53 are shown rounded, as JavaScript does."""

    def show(customer: Fields) -> None:
        customer.update({name: int(float(value)) for name, value in customer.items() if type(value) is int})

    parts.change_customers(show)


@VALUES.in_sandbox
def list_shows_no_tags(parts: Parts) -> None:
    """A list shows every customer without tags."""

    def show(reply: Reply) -> Reply:
        for customer in reply.envelope["response"]:
            customer["tags"] = []
        return reply

    parts.change_answer((LIST,), show)
