"""What is done to many customers, and what is only shown: methods of ``client.customers`` of an AsyncChargeOver."""

from collections.abc import AsyncIterable, Callable, Iterable
from typing import TYPE_CHECKING, Unpack

from chargeover._bulk.results import BulkProgress
from chargeover._bulk.runs import AsyncBulkResults, Errors, RunOptions
from chargeover._calls.fields import NO_FIELDS, given_fields
from chargeover._exchange import SentRequest
from chargeover._settings.options import RequestOptions
from chargeover._wire import CustomerUpdateFields

from . import operations
from .changes import Change, Diff, diff_of, update_of
from .customer import Customer
from .upserts import KeyedChange, Upserted, upsert_of

if TYPE_CHECKING:
    from chargeover._http.transport import AsyncTransport


class AsyncBulkCustomers:
    """Methods of AsyncCustomers."""

    def __init__(self, transport: "AsyncTransport") -> None:
        self._transport = transport

    def preview(
        self,
        customer_id: int | Customer,
        fields: CustomerUpdateFields = NO_FIELDS,
        *,
        options: RequestOptions | None = None,
        **others: Unpack[CustomerUpdateFields],
    ) -> SentRequest:
        """The request that ``update`` would send, without secrets. Nothing is sent.

        Args:
            customer_id: as for ``update``.
            fields: as for ``update``.
            **others: as for ``update``.

        Raises:
            UnknownFieldError: a name that the contract does not have.
            InvalidFieldError: no field at all, or a value that the contract does not allow.
        """
        return self._transport.preview(operations.update_customer(customer_id, given_fields(fields, others)), options)

    def preview_by_external_key(
        self,
        customer_key: str,
        /,
        fields: CustomerUpdateFields = NO_FIELDS,
        *,
        options: RequestOptions | None = None,
        **others: Unpack[CustomerUpdateFields],
    ) -> SentRequest:
        """The request that ``update_by_external_key`` would send, without secrets. See ``preview``.

        Args:
            customer_key: as for ``update_by_external_key``.
            fields: as for ``update``.
            **others: as for ``update``.

        Raises:
            UnknownFieldError, InvalidFieldError: as for ``preview``.
        """
        return self._transport.preview(
            operations.update_customer_by_external_key(customer_key, given_fields(fields, others)), options
        )

    def bulk_update(
        self,
        changes: Iterable[Change] | AsyncIterable[Change],
        *,
        in_flight: int = 8,
        errors: Errors = "raise",
        on_progress: Callable[[BulkProgress], object] | None = None,
        options: RequestOptions | None = None,
    ) -> AsyncBulkResults[Change, int | None]:
        """Change many customers, 25 in each request (docs). Nothing is sent before iteration starts.

        An update that fails does not undo the others (assumed). An invalid change, such as one with a misspelled field,
        is not sent; its result has the error. If the input raises, the changes before are completed first, and then the
        exception is raised, as the cause of the BulkError if an update failed too. Wrong credentials (401) and a closed
        client end the run in the same way, since no later update can succeed.

        Args:
            changes: pairs of a customer and its new fields: ``(1234, {"company": "Acme Ltd"})``. An int is a customer's
                ID, a string its external key; a Customer that was read works too. Taken lazily, any number of them.
            in_flight: bulk requests in flight at once, at most. They overtake one another: put two changes of one
                customer into one pair, or use ``in_flight=1``.
            errors: ``"raise"`` raises a BulkError after the last result if some failed; ``"return"`` only returns the
                results, and keeps nothing in memory.
            on_progress: called after each bulk request, in order, with the progress so far.

        Returns:
            An async iterator of one result for each change, in the order of the input.

        Raises:
            InvalidFieldError: an option that is not allowed; nothing was sent.
        """
        return AsyncBulkResults(
            self._transport.with_options(options), changes, update_of, RunOptions(in_flight, errors, on_progress)
        )

    def bulk_upsert(
        self,
        changes: Iterable[KeyedChange] | AsyncIterable[KeyedChange],
        *,
        in_flight: int = 8,
        errors: Errors = "raise",
        on_progress: Callable[[BulkProgress], object] | None = None,
        options: RequestOptions | None = None,
    ) -> AsyncBulkResults[KeyedChange, Upserted]:
        """Change or create many customers by their external keys, up to 25 in each request. See ``upsert``.

        A bulk request changes all its customers; those that do not exist are created by a second one. Takes and raises
        the same as ``bulk_update``. Put two changes of one customer into one pair.

        Args:
            changes: pairs of an external key and fields: ``("crm-1", {"company": "Acme Ltd"})``.
            in_flight: as for ``bulk_update``.
            errors: as for ``bulk_update``.
            on_progress: as for ``bulk_update``.

        Returns:
            An async iterator of one result for each pair, in order; its value is that of ``upsert``. After a retry, a
            customer that an attempt before it has created counts as changed.
        """
        run = RunOptions(in_flight, errors, on_progress)
        return AsyncBulkResults(self._transport.with_options(options), changes, upsert_of, run)

    def bulk_diff(
        self,
        changes: Iterable[Change] | AsyncIterable[Change],
        *,
        in_flight: int = 8,
        errors: Errors = "raise",
        on_progress: Callable[[BulkProgress], object] | None = None,
        options: RequestOptions | None = None,
    ) -> AsyncBulkResults[Change, Diff]:
        """The fields that ``bulk_update`` would change: the customers are read, 25 in each request.

        Takes and raises the same as ``bulk_update``; the value of each result is that of ``diff``.
        """
        run = RunOptions(in_flight, errors, on_progress)
        return AsyncBulkResults(self._transport.with_options(options), changes, diff_of, run)
