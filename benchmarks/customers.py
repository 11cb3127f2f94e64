"""Many customers: made in an account that has none, listed and changed with the client."""

from collections.abc import Iterator

from account import PASSWORD, USERNAME
from updates import next_fields

from chargeover import BulkRequest, ChargeOver, CustomerUpdateFields


def connected(url: str) -> ChargeOver:
    """A client of the account."""
    return ChargeOver(base_url=url, username=USERNAME, password=PASSWORD)


def fill(url: str, number: int) -> None:
    """Make the first customers of an account; their IDs are 1 to ``number``."""
    with connected(url) as client:
        for _ in client.bulk(BulkRequest.create_customer(**next_fields()) for _ in range(number)):
            pass


def changes(number: int) -> Iterator[tuple[int, CustomerUpdateFields]]:
    """A change of each of the first customers, with ten fields, made when it is asked for."""
    return ((customer_id, next_fields()) for customer_id in range(1, number + 1))


def read(client: ChargeOver, number: int) -> int:
    """List customers and look at two fields of each; the result is how many there were."""
    return sum(1 for one in client.customers.list(limit=number) if one.company and one.customer_id)
