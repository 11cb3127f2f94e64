"""What the contract suite may write to: its own customers, whichever customer a request names."""

import pytest

from chargeover_contract.ownership import OwnCustomers, was_created_with


@pytest.fixture
def own() -> OwnCustomers:
    own = OwnCustomers(parent=7, subject=8)
    own.ids.add(9)
    own.keys.add("our key")
    return own


def test_an_id_of_ours_is_left_and_any_other_becomes_one(own: OwnCustomers) -> None:
    assert [own.piece(text) for text in ("7", "8", "9", "%39")] == ["7", "8", "9", "%39"]
    assert [own.piece(text) for text in ("1", "%31", "01", "9223372036854775807")] == ["8", "8", "8", "8"]


def test_a_deletion_needs_one_to_spare_also_instead_of_those_that_the_run_needs(own: OwnCustomers) -> None:
    assert [own.piece(text, lambda: 10) for text in ("9", "7", "8", "1")] == ["9", "10", "10", "10"]


@pytest.mark.parametrize("text", ["0", "-1", "x", "", "1.5", "9223372036854775808", "9" * 40, "%00", "1 "])
def test_what_is_to_be_refused_is_left_as_it_is(own: OwnCustomers, text: str) -> None:
    assert own.piece(text) == text


def test_a_key_of_ours_is_left_and_any_other_becomes_one_without_a_customer(own: OwnCustomers) -> None:
    assert own.piece("external_key:our key") == "external_key:our key"
    assert own.piece("external_key:our%20key") == "external_key:our%20key"
    for text in ("external_key:crm-1", "external_key:", "external_key:%FF", "external_key:Our key"):
        assert own.piece(text).startswith(text)
        assert len(own.piece(text)) == len(text) + 32


def test_no_token_is_written_to(own: OwnCustomers) -> None:
    assert own.piece("token:1a2b") not in {"token:1a2b", own.piece("token:1a2b")}


@pytest.mark.parametrize(
    ("uri", "right"),
    [
        ("/api/v3/customer/1", "/api/v3/customer/8"),
        ("/api/v3/customer/9/_action/disconnectParent", "/api/v3/customer/9/_action/disconnectParent"),
        ("/api/v3/customer/2?x=/customer/3", "/api/v3/customer/8?x=/customer/3"),
        ("https://acme.example/API/V3/CUSTOMER/2", "https://acme.example/API/V3/CUSTOMER/8"),
        ("/api/v3/customer", "/api/v3/customer"),
    ],
)
def test_a_uri_of_a_bulk_request_names_ours(own: OwnCustomers, uri: str, right: str) -> None:
    assert own.uri(uri) == right


def test_a_parent_is_ours_wherever_a_customer_can_be_meant(own: OwnCustomers) -> None:
    assert [own.parent_of(value, 9) for value in (1, 57.0, 7, "1", " 12 ")] == [7, 7, 7, "7", "7"]
    assert own.parent_of(1, "7") is None
    refused: list[object] = [0, -1, 1.5, 2**63, True, None, [], "x", "", float("inf"), float("nan")]
    for value in refused:
        assert own.parent_of(value, 9) is value


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        ({"customer_id": 5, "custom_20": "m"}, True),
        ({"customer_id": "5", "custom_20": "m"}, True),
        ({"customer_id": 5, "external_key": "k", "custom_20": "lost"}, True),
        ({"customer_id": 5, "custom_20": "n", "external_key": "l"}, False),
        ({"customer_id": 6, "custom_20": "m"}, False),
        ({"customer_id": 5}, False),
        (None, False),
        ([], False),
    ],
)
def test_a_customer_is_known_by_what_it_was_made_with(shown: object, expected: bool) -> None:
    assert was_created_with(shown, 5, {"company": "x", "custom_20": "m", "external_key": "k"}) is expected


def test_without_a_mark_no_customer_is_ours() -> None:
    assert not was_created_with({"customer_id": 5, "custom_20": None}, 5, {"company": "x", "custom_20": None})
