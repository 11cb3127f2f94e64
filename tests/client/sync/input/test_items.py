"""Rows of Python: mappings and DataFrames."""

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any

import pytest

from chargeover import DeliveryMethod
from chargeover.sync import InputError, InputNotice, Row, read_items


def values_of(items: object, **options: Any) -> list[Mapping[str, object] | None]:
    return [row.values for row in read_items(items, **options)]


def test_mappings_are_rows() -> None:
    items: Iterator[Mapping[str, object]] = iter(
        [
            {"external_key": "1", "company": "A", "terms_id": 3, "no_taxes": True, "tags": ("a", "b;c")},
            MappingProxyType({"external_key": 2, "company": None, "terms_id": "4", "no_taxes": "no", "tags": "a;b"}),
            {
                "external_key": "3",
                "invoice_delivery": DeliveryMethod.EMAIL,
                "custom_1": Decimal("1.50"),
                "custom_2": 0.1,
            },
            {"external_key": 4.0, "terms_id": 5.0, "no_taxes": 1, "custom_1": dt.date(2026, 1, 31)},
        ]
    )
    rows = list(read_items(items))
    assert [(row.line, row.values) for row in rows] == [
        (1, {"external_key": "1", "company": "A", "terms_id": 3, "no_taxes": True, "tags": ["a", "b;c"]}),
        (2, {"external_key": "2", "terms_id": 4, "no_taxes": False, "tags": ["a", "b"]}),
        (3, {"external_key": "3", "invoice_delivery": "email", "custom_1": "1.50", "custom_2": "0.1"}),
        (4, {"external_key": "4", "terms_id": 5, "no_taxes": True, "custom_1": "2026-01-31"}),
    ]
    assert rows[0].columns == {
        "external_key": "1", "company": "A", "terms_id": "3", "no_taxes": "true", "tags": '["a", "b;c"]',
    }  # fmt: skip
    assert all(type(text) is str for row in rows for text in row.columns.values())
    assert type((rows[2].values or {})["invoice_delivery"]) is str


def test_an_empty_value_keeps_or_clears_and_a_missing_name_keeps() -> None:
    items = [{"external_key": "1", "company": None, "terms_id": float("nan"), "bill_city": " "}, {"external_key": "2"}]
    assert values_of(items) == [{"external_key": "1"}, {"external_key": "2"}]
    cleared = {"external_key": "1", "company": None, "terms_id": None, "bill_city": None}
    assert values_of(items, empty="clear") == [cleared, {"external_key": "2"}]


def test_mappings_can_be_mapped() -> None:
    given = {"external_key": "Id", "company": {"column": "Name", "transform": "upper"}}
    assert values_of([{"Id": 1, "Name": "a", "X": 2}], map=given, ignore=["X"]) == [
        {"external_key": "1", "company": "A"}
    ]


def test_a_row_stays_as_it_is() -> None:
    row = Row(7, {"a": "b"}, {"external_key": "1"})
    assert [*read_items([row])] == [row]


@pytest.mark.parametrize(
    ("items", "reason"),
    [
        ({"external_key": "1"}, "the rows must be an iterable of mappings or a DataFrame, not a dict."),
        ("crm.csv", "not a str."),
        (b"crm.csv", "not a bytes."),
        (5, "not a int."),
        ([{"external_key": "1"}, ["2"]], "the rows, line 2: it must be a mapping of columns to values, not a list."),
        ([{1: "1"}], "the rows, line 1: the names of its columns must be text, and one is of the type int."),
        ([{"external_key": "1", "compny": 2}], "the rows, line 1, column 'compny': it is neither a field"),
    ],
)
def test_what_is_not_rows_is_refused(items: object, reason: str) -> None:
    with pytest.raises(InputError) as caught:
        values_of(items)
    assert reason in str(caught.value)


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (b"x", "it must be text, not of the type bytes."),
        (True, "it must be text, not true or false."),
        ({"a": 1}, "it must be text, not an object."),
        (["a"], "it must be text, not a list."),
    ],
)
def test_a_value_of_another_type_is_a_problem(value: object, reason: str) -> None:
    (row,) = read_items([{"external_key": "1", "company": value}])
    assert row.values is None
    assert [problem.reason for problem in row.problems] == [reason]


def test_a_data_frame_of_pandas_gives_rows() -> None:
    pd: Any = pytest.importorskip("pandas")
    np: Any = pytest.importorskip("numpy")
    frame = pd.DataFrame(
        {
            "external_key": [1, 2, None],  # floats, since one is missing
            "company": ["A", None, pd.NA],
            "terms_id": [3, np.nan, 4],
            "no_taxes": [True, False, None],
            "custom_1": [pd.Timestamp("2026-01-31"), pd.NaT, pd.Timestamp("2026-01-31 09:30")],
            "tags": [["a"], np.array(["b", "c"]), None],
            "language_id": pd.array([1, None, 2], dtype="Int64"),
        }
    )
    notices: list[InputNotice] = []
    rows = list(read_items(frame, on_notice=notices.append))
    assert [row.values for row in rows] == [
        {
            "external_key": "1", "company": "A", "terms_id": 3, "no_taxes": True, "custom_1": "2026-01-31",
            "tags": ["a"], "language_id": 1,
        },
        {"external_key": "2", "no_taxes": False, "tags": ["b", "c"]},
        None,
    ]  # fmt: skip
    assert rows[2].columns["external_key"] == rows[2].columns["company"] == ""
    assert [problem.column for problem in rows[2].problems] == ["external_key"]
    assert notices == []
    assert values_of([frame.iloc[0].to_dict()]) == [rows[0].values]
    scalars = {"external_key": np.int64(5), "terms_id": np.float32(2), "no_dunning": np.bool_(False)}
    moment = {
        "custom_1": np.datetime64("2026-01-31T09:30", "ns"),
        "custom_2": np.datetime64("NaT"),
        "company": np.str_("x"),
    }
    assert values_of([{**scalars, **moment}]) == [
        {
            "external_key": "5", "terms_id": 2, "no_dunning": False, "custom_1": "2026-01-31 09:30:00", "company": "x",
        }
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("columns", "reason"),
    [
        (["external_key", "external_key"], "column 'external_key': it occurs twice"),
        (["company", "bill_city"], "no column gives the key"),
        ([0, 1], "the names of its columns must be text, and one is of the type int"),
        (["external_key", "compny"], "Did you mean 'company'?"),
    ],
)
def test_a_data_frame_in_doubt_is_refused(columns: list[Any], reason: str) -> None:
    pd: Any = pytest.importorskip("pandas")
    with pytest.raises(InputError) as caught:
        values_of(pd.DataFrame([["a", "b"]], columns=columns))
    assert reason in str(caught.value)
    assert str(caught.value).startswith("the DataFrame")


def test_a_data_frame_of_polars_gives_rows() -> None:
    class Frame:
        """What polars has of a DataFrame."""

        columns = ("external_key", "terms_id")

        def iter_rows(self) -> Iterator[tuple[object, ...]]:
            yield from [("1", 2), ("2", None)]

    assert values_of(Frame()) == [{"external_key": "1", "terms_id": 2}, {"external_key": "2"}]
