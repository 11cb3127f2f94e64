"""The seed of an account: the customers that a reset goes back to."""

from http import HTTPStatus

from chargeover_sandbox.contract.handlers import CheckedRequest
from chargeover_sandbox.contract.problems import Problem
from chargeover_sandbox.contract.responses import Refusal, Response, errors, invalid, success
from chargeover_sandbox.requests.app import SandboxApp
from chargeover_sandbox.storage.copies import Copies

from .endpoints import Control
from .seeding.files import given_rows, read_rows
from .seeding.generated import generated_rows
from .seeding.image import Seeder
from .seeding.rows import SeedError

SEED = ""
"""The name of the copy that is the seed. No snapshot can have it."""


class Seed:
    """What an account goes back to: customers, or nothing.

    Args:
        app: the application of the account.
        seeder: makes databases of customers.
        copies: where the seed is kept.
        seed_value: what generated customers depend on.
    """

    def __init__(self, app: SandboxApp, seeder: Seeder, copies: Copies, seed_value: int | None) -> None:
        self._app = app
        self._seeder = seeder
        self._copies = copies
        self._seed_value = seed_value or 0

    def content_of_file(self, name: str, text: str) -> tuple[bytes, int]:
        """The content of ``plant`` for the customers of a seed file, and their number.

        Raises:
            SeedError: the file cannot be used.
        """
        return self._seeder.content(read_rows(name, text, self._seeder.checks.kinds))

    def generated(self, number: int) -> tuple[bytes, int]:
        """The content of ``plant`` for made-up customers, and their number."""
        return self._seeder.content(generated_rows(number, self._seed_value))

    def plant(self, content: bytes, *, sow: bool) -> None:
        """Make the content of a database the seed.

        Args:
            content: the database.
            sow: whether to go there at once; otherwise the next reset does.

        Raises:
            StoreError: a database cannot be used.
        """
        self._copies.keep(SEED, content, put_back=sow)
        if sow:
            self._app.forget()

    def sow(self) -> None:
        """Go back to the seed, or delete everything if there is none.

        Raises:
            StoreError: the database cannot be used.
        """
        if self._copies.put_back(SEED):
            self._app.forget()
        else:
            self._app.clear()

    def controls(self) -> dict[str, Control]:
        """The operations of the control."""
        return {"seed": self._seed}

    def _seed(self, request: CheckedRequest) -> Response:
        body = request.body
        if set(body) not in ({"customers"}, {"file", "content"}, {"generate"}):
            raise invalid(Problem("", "give customers, or file and content, or generate"))
        try:
            if "file" in body:
                content, number = self.content_of_file(body["file"], body["content"])
            elif "generate" in body:
                content, number = self.generated(body["generate"])
            else:
                content, number = self._seeder.content(given_rows(body["customers"]))
        except SeedError as error:
            details = errors([Problem(error.place, error.reason)])
            raise Refusal(HTTPStatus.BAD_REQUEST, f"The seed cannot be used: {error}", details) from None
        self.plant(content, sow=True)
        return success(HTTPStatus.OK, {"customers": number})
