"""Lists and counts with the wrong customers."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs

from chargeover_sandbox.contract.document import Node, Operation
from chargeover_sandbox.contract.handlers import CheckedRequest, Handler
from chargeover_sandbox.contract.problems import Problem
from chargeover_sandbox.contract.responses import Refusal, Response, invalid, success
from chargeover_sandbox.customers.queries import EVERYTHING, Condition

from .bug import Category
from .patching import COUNT, LIST, PatchableSandbox, wrap, wrap_item

QUERIES = Category("Queries and pages")


def _parameter(document: Node, name: str) -> Node:
    schema: Node = document["components"]["parameters"][name]["schema"]
    return schema


@QUERIES.in_sandbox
def limit_is_ignored(sandbox: PatchableSandbox) -> None:
    """A page has ten customers, whatever the limit."""
    sandbox.change_parameters((LIST,), lambda parameters: parameters.update(limit=10))


@QUERIES.in_sandbox
def limit_off_by_one(sandbox: PatchableSandbox) -> None:
    """A page has one customer more than the limit."""
    sandbox.change_parameters((LIST,), lambda parameters: parameters.update(limit=parameters["limit"] + 1))


@QUERIES.in_document
def limit_501_allowed(document: Node) -> None:
    """A limit above 500 is accepted."""
    _parameter(document, "limit")["maximum"] = 100_000


@QUERIES.in_document
def limit_above_100_refused(document: Node) -> None:
    """A limit above 100 is refused."""
    _parameter(document, "limit")["maximum"] = 100


@QUERIES.in_document
def limit_0_allowed(document: Node) -> None:
    """A limit of 0 is accepted."""
    _parameter(document, "limit")["minimum"] = 0


@QUERIES.in_document
def default_limit_is_100(document: Node) -> None:
    """A page has up to 100 customers if no limit is sent."""
    _parameter(document, "limit")["default"] = 100


@QUERIES.in_sandbox
def offset_is_ignored(sandbox: PatchableSandbox) -> None:
    """Every page is the first page."""
    sandbox.change_parameters((LIST,), lambda parameters: parameters.update(offset=0))


@QUERIES.in_sandbox
def offset_counts_from_one(sandbox: PatchableSandbox) -> None:
    """A page begins one customer too early, with the last one of the previous page."""
    sandbox.change_parameters((LIST,), lambda parameters: parameters.update(offset=max(parameters["offset"] - 1, 0)))


@QUERIES.in_sandbox
def list_skips_one_at_page_border(sandbox: PatchableSandbox) -> None:
    """Every page except the first begins one customer too late."""
    sandbox.change_parameters(
        (LIST,), lambda parameters: parameters.update(offset=parameters["offset"] + (parameters["offset"] > 0))
    )


@QUERIES.in_sandbox
def full_page_lacks_last(sandbox: PatchableSandbox) -> None:
    """A full page lacks its last customer."""

    def handle(handler: Handler, request: CheckedRequest) -> Response:
        response = handler(request)
        customers = response.envelope["response"]
        return success(response.status, customers[: max(request.parameters["limit"] - 1, 1)])

    sandbox.change_handler((LIST,), handle)


@QUERIES.in_sandbox
def offset_past_end_starts_over(sandbox: PatchableSandbox) -> None:
    """The page after the last one is the first page again."""

    def handle(handler: Handler, request: CheckedRequest) -> Response:
        response = handler(request)
        if response.envelope["response"]:
            return response
        return handler(replace(request, parameters={**request.parameters, "offset": 0}))

    sandbox.change_handler((LIST,), handle)


@QUERIES.in_sandbox
def list_hides_newest(sandbox: PatchableSandbox) -> None:
    """The newest customer is missing from every list."""

    def hide(parameters: dict[str, Any]) -> None:
        sql, values = parameters.get("where", EVERYTHING)
        newest = "(SELECT max(customer_id) FROM customer)"
        parameters["where"] = Condition(f"({sql}) AND customer_id < {newest}", values)

    sandbox.change_parameters((LIST,), hide)


@QUERIES.in_sandbox
def order_is_ignored(sandbox: PatchableSandbox) -> None:
    """A list is in the order of the IDs, whatever the order parameter says."""
    sandbox.change_parameters((LIST,), lambda parameters: parameters.pop("order", None))


@QUERIES.in_sandbox
def descending_is_ascending(sandbox: PatchableSandbox) -> None:
    """DESC sorts like ASC."""
    sandbox.change_query("order", lambda text: text.replace(":DESC", ":ASC"))


@QUERIES.in_sandbox
def numbers_order_as_texts(sandbox: PatchableSandbox) -> None:
    """Numbers are sorted as strings: 10 comes before 9."""
    sandbox.change_order(lambda sql: re.sub(r'^("\w+")', r"CAST(\1 AS TEXT)", sql))


@QUERIES.in_sandbox
def where_is_ignored(sandbox: PatchableSandbox) -> None:
    """A list has every customer, whatever the where parameter says."""
    sandbox.change_parameters((LIST,), lambda parameters: parameters.pop("where", None))


@QUERIES.in_sandbox
def where_first_term_only(sandbox: PatchableSandbox) -> None:
    """Only the first term of a where is applied."""
    sandbox.change_query("where", lambda text: re.split(r"(?<!\\),", text)[0])


@QUERIES.in_sandbox
def where_or_instead_of_and(sandbox: PatchableSandbox) -> None:
    """A customer needs to match only one term of a where."""
    sandbox.change_condition(lambda sql: sql.replace(" AND ", " OR "))


@QUERIES.in_sandbox
def wrong_where_finds_all(sandbox: PatchableSandbox) -> None:
    """An invalid where matches every customer."""

    def read(real: Callable[[str], Condition], text: str) -> Condition:
        try:
            return real(text)
        except Refusal:
            return EVERYTHING

    wrap_item(sandbox.readers, "where", read)


@QUERIES.in_sandbox
def equals_ignores_case(sandbox: PatchableSandbox) -> None:
    """EQUALS ignores case."""
    sandbox.change_condition(lambda sql: re.sub(r'("\w+" = \?)', r"\1 COLLATE NOCASE", sql))


@QUERIES.in_sandbox
def not_equals_fits_null(sandbox: PatchableSandbox) -> None:
    """NOTEQUALS also matches customers without a value."""
    sandbox.change_condition(lambda sql: sql.replace(" <> ?", " IS NOT ?"))


@QUERIES.in_sandbox
def contains_is_prefix(sandbox: PatchableSandbox) -> None:
    """CONTAINS matches only the beginning of a value."""
    sandbox.change_condition(lambda sql: re.sub(r"(instr\(.*?\?\))", r"\1 = 1", sql))


@QUERIES.in_sandbox
def contains_takes_wildcards(sandbox: PatchableSandbox) -> None:
    """CONTAINS treats % and _ as wildcards."""
    sandbox.change_condition(
        lambda sql: re.sub(r'instr\((CAST\("\w+" AS TEXT\)), \?\)', r"\1 LIKE '%' || ? || '%'", sql)
    )


@QUERIES.in_sandbox
def gt_is_gte(sandbox: PatchableSandbox) -> None:
    """GT also matches equal values."""
    sandbox.change_query("where", lambda text: text.replace(":GT:", ":GTE:"))


@QUERIES.in_sandbox
def lte_is_lt(sandbox: PatchableSandbox) -> None:
    """LTE does not match equal values."""
    sandbox.change_query("where", lambda text: text.replace(":LTE:", ":LT:"))


@QUERIES.in_sandbox
def numbers_compare_as_texts(sandbox: PatchableSandbox) -> None:
    """Numbers in a where are compared as strings: 10 is less than 9."""
    compared = re.compile(r'("\w+") ([<>]=?) \?')
    sandbox.change_condition(lambda sql: compared.sub(r"CAST(\1 AS TEXT) \2 CAST(? AS TEXT)", sql))


@QUERIES.in_sandbox
def time_zone_is_ignored(sandbox: PatchableSandbox) -> None:
    """A time in a where is read in the account's time zone, whatever its offset."""
    zone = re.compile(r"(T[\d:.\\]+)[+-]\d\d\\?:\d\d")
    sandbox.change_query("where", lambda text: zone.sub(r"\1", text))


@QUERIES.in_sandbox
def null_test_inverted(sandbox: PatchableSandbox) -> None:
    """IS:NULL and ISNOT:NULL are swapped."""
    other = {":IS:NULL": ":ISNOT:NULL", ":ISNOT:NULL": ":IS:NULL"}
    sandbox.change_query("where", lambda text: re.sub(":IS(NOT)?:NULL", lambda found: other[found[0]], text))


@QUERIES.in_sandbox
def null_test_takes_empty(sandbox: PatchableSandbox) -> None:
    """IS:NULL also matches empty strings."""
    sandbox.change_condition(lambda sql: re.sub(r'("\w+") IS NULL', r"coalesce(\1, '') = ''", sql))


@QUERIES.in_sandbox
def escaped_comma_splits(sandbox: PatchableSandbox) -> None:
    """A comma separates terms even if it is escaped."""
    sandbox.change_query("where", lambda text: text.replace("\\,", ","))


@QUERIES.in_sandbox
def escaped_colon_stays_escaped(sandbox: PatchableSandbox) -> None:
    """The backslash before an escaped colon stays in the value."""
    sandbox.change_query("where", lambda text: text.replace("\\:", "\\\\:"))


@QUERIES.in_sandbox
def escaped_backslash_stays_escaped(sandbox: PatchableSandbox) -> None:
    """An escaped backslash stays two backslashes."""
    sandbox.change_query("where", lambda text: text.replace("\\\\", "\\\\\\\\"))


@QUERIES.in_document
def where_names_any_field(document: Node) -> None:
    """A where can name every field of a customer."""
    parameter = document["components"]["parameters"]["where"]
    parameter["x-fields"] = list(document["components"]["schemas"]["Customer"]["properties"])


@QUERIES.in_sandbox
def plus_stays_plus(sandbox: PatchableSandbox) -> None:
    """A plus sign in a query string does not mean a space."""

    def read(real: Callable[..., Any], operation: Operation, texts: Mapping[str, str], query: bytes) -> Any:
        return real(operation, texts, query.replace(b"+", b"%2B"))

    wrap(sandbox.reader, "parameters", read)


@QUERIES.in_sandbox
def unknown_parameter_refused(sandbox: PatchableSandbox) -> None:
    """An unknown query parameter gets a 400."""

    def read(real: Callable[..., Any], operation: Operation, texts: Mapping[str, str], query: bytes) -> Any:
        known = {parameter.name for parameter in operation.parameters}
        for name in parse_qs(query.decode("latin-1"), keep_blank_values=True):
            if name not in known:
                raise invalid(Problem(name, "there is no such parameter"))
        return real(operation, texts, query)

    wrap(sandbox.reader, "parameters", read)


@QUERIES.in_sandbox
def count_off_by_one(sandbox: PatchableSandbox) -> None:
    """A count is one too high."""
    _change_count(sandbox, lambda count: count + 1)


@QUERIES.in_sandbox
def count_ignores_where(sandbox: PatchableSandbox) -> None:
    """A count includes all customers, whatever the where parameter says."""
    sandbox.change_parameters((COUNT,), lambda parameters: parameters.pop("where", None))


@QUERIES.in_sandbox
def count_stops_at_10(sandbox: PatchableSandbox) -> None:
    """A count is never higher than 10."""
    _change_count(sandbox, lambda count: min(count, 10))


def _change_count(sandbox: PatchableSandbox, change: Callable[[int], int]) -> None:
    def count(real: Callable[..., int], *condition: object) -> int:
        return change(real(*condition))

    wrap(sandbox.store, "count", count)
