"""The fields of a customer's contact: what they make of one another."""

from typing import Any

import httpx2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chargeover_sandbox import LocalSandbox
from tests.support.http import CUSTOMER, connect, create, read

pytestmark = pytest.mark.usefixtures("sandbox")

NAMES = ("superuser_name", "superuser_first_name", "superuser_last_name")


def names(http: httpx2.Client, customer_id: int) -> tuple[str, str, str]:
    shown = read(http, customer_id)
    return shown["superuser_name"], shown["superuser_first_name"], shown["superuser_last_name"]


def test_contact_fields_in_a_creation_make_a_contact(http: httpx2.Client) -> None:
    first = create(http, superuser_first_name="Ann", superuser_last_name="Lee", superuser_email="ann@acme.example")
    second = create(http, superuser_phone="555")
    one, other = read(http, first), read(http, second)
    assert (one["superuser_name"], one["superuser_phone"], one["superuser_email"]) == (
        "Ann Lee",
        "",
        "ann@acme.example",
    )
    assert isinstance(one["superuser_id"], int)
    assert one["superuser_id"] != other["superuser_id"]
    assert one["superuser_username"]
    assert one["superuser_username"] != other["superuser_username"]
    assert (other["superuser_name"], other["superuser_email"], other["superuser_phone"]) == ("", "", "555")


def test_names_follow_one_another(http: httpx2.Client) -> None:
    customer_id = create(http, superuser_first_name="Ann", superuser_last_name="Lee")
    path = f"{CUSTOMER}/{customer_id}"
    contact = read(http, customer_id)["superuser_id"]
    for sent, expected in (
        ({"superuser_first_name": "Bo"}, ("Bo Lee", "Bo", "Lee")),
        ({"superuser_last_name": "Ray"}, ("Bo Ray", "Bo", "Ray")),
        ({"superuser_name": "Cleo Van Webb"}, ("Cleo Van Webb", "Cleo", "Van Webb")),
        ({"superuser_name": "Cher"}, ("Cher", "Cher", "")),
        # A customer that was fetched, with one of its names changed.
        ({"superuser_name": "Dan Roy", "superuser_first_name": "Cher", "superuser_last_name": ""},
         ("Dan Roy", "Dan", "Roy")),
        ({"superuser_name": "Dan Roy", "superuser_first_name": "Eve", "superuser_last_name": "Roy"},
         ("Eve Roy", "Eve", "Roy")),
    ):  # fmt: skip
        assert http.put(path, json=sent).status_code == 202
        assert names(http, customer_id) == expected, sent
    assert read(http, customer_id)["superuser_id"] == contact


def test_an_update_makes_a_contact_where_there_is_none(http: httpx2.Client) -> None:
    customer_id = create(http)
    http.put(f"{CUSTOMER}/{customer_id}", json={"superuser_name": "Ann Lee"})
    shown = read(http, customer_id)
    assert names(http, customer_id) == ("Ann Lee", "Ann", "Lee")
    assert (isinstance(shown["superuser_id"], int), bool(shown["superuser_username"])) == (True, True)


def test_a_contact_that_is_named_stays_the_contact(http: httpx2.Client) -> None:
    customer_id = create(http, superuser_id=7, superuser_email="ann@acme.example", superuser_username="ann")
    shown = read(http, customer_id)
    assert (shown["superuser_id"], shown["superuser_username"]) == (7, "ann")


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


WHOLE, PARTS, OTHERS = ("superuser_name",), NAMES[1:], ("superuser_email", "superuser_phone")


@settings(deadline=None, max_examples=60)
@given(
    sent=st.sampled_from([WHOLE, PARTS]).flatmap(
        lambda names: st.fixed_dictionaries({}, optional=dict.fromkeys((*names, *OTHERS), TEXTS))
    )
)
def test_whatever_is_sent_comes_back(chargeover_session_sandbox: LocalSandbox, sent: dict[str, Any]) -> None:
    with connect(chargeover_session_sandbox.url) as http:
        shown = read(http, create(http, **sent))
        assert {name: shown[name] for name in sent} == sent
        assert (shown["superuser_id"] is not None) == any(sent.values())
        http.put(f"{CUSTOMER}/{shown['customer_id']}", json=sent)
        again = read(http, shown["customer_id"])
    own = {"mod_datetime", "mod_ipaddr"}
    assert {name: again[name] for name in again.keys() - own} == {name: shown[name] for name in shown.keys() - own}
