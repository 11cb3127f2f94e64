"""JSON Lines: an object in each line."""

import pytest

from tests.support.rows import refusal_of, rows_of, values_of

FIRST = '{"external_key": "1", "company": "A"}\n'


def test_values_keep_their_types_and_their_text() -> None:
    content = (
        '{"external_key": 12, "terms_id": 3, "no_taxes": false, "tags": ["a;b", "c"], "custom_1": 1.50}\n'
        "\n"
        '{"external_key": "2", "terms_id": "4", "no_taxes": "yes", "tags": "a;b", "company": null}\n'
        '{"external_key": "3", "tags": [], "parent_customer_id": 1.0}'
    )
    rows, notices = rows_of(content)
    assert [(row.line, row.values) for row in rows] == [
        (1, {"external_key": "12", "terms_id": 3, "no_taxes": False, "tags": ["a;b", "c"], "custom_1": "1.50"}),
        (3, {"external_key": "2", "terms_id": 4, "no_taxes": True, "tags": ["a", "b"]}),
        (4, {"external_key": "3", "tags": [], "parent_customer_id": 1}),
    ]
    assert rows[0].columns == {
        "external_key": "12", "terms_id": "3", "no_taxes": "false", "tags": '["a;b", "c"]', "custom_1": "1.50",
    }  # fmt: skip
    assert len(notices) == 1


def test_a_name_that_is_missing_is_kept_and_null_is_an_empty_cell() -> None:
    content = '{"external_key": "1", "company": null, "bill_city": ""}\n{"external_key": "2"}\n'
    assert values_of(content, empty="clear") == [
        {"external_key": "1", "company": None, "bill_city": None},
        {"external_key": "2"},
    ]
    assert values_of(content) == [{"external_key": "1"}, {"external_key": "2"}]


@pytest.mark.parametrize(
    ("line", "column", "reason"),
    [
        ('{"external_key": "2",}', None, "it is not valid JSON"),
        ('{"external_key": "Ann"', None, "it is not valid JSON"),
        ('["2", "Ann"]', None, "each line must be a JSON object"),
        ('"Ann"', None, "each line must be a JSON object"),
        ('{"external_key": "2", "external_key": "3"}', "external_key", "twice in one object"),
        ('{"external_key": "2", "compny": "Ann"}', "compny", "Did you mean 'company'?"),
        ('{"external_key": "2", "terms_id": NaN}', None, "a number that JSON does not have"),
        ('{"external_key": "2", "terms_id": ' + "9" * 5000 + "}", None, "a number that JSON does not have"),
        ('{"external_key": ' + "[" * 100_000, None, "too many levels"),
    ],
)
def test_a_line_in_doubt_is_refused(line: str, column: str | None, reason: str) -> None:
    error = refusal_of(FIRST + line)
    assert (error.line, error.column) == (2, column)
    assert reason in str(error)
    assert "Ann" not in str(error)


def test_a_json_array_is_refused_with_the_way_out() -> None:
    assert "jq -c '.[]'" in str(refusal_of('[{"external_key": "1"}]'))


def test_a_value_that_is_not_allowed_is_a_problem_of_its_row() -> None:
    content = '{"external_key": "1", "company": {"name": "x"}, "terms_id": 1.5, "tags": ["a", 1]}\n{"company": "B"}\n'
    rows, _ = rows_of(content + '{"external_key": "x\\ud800"}\n{}\n')
    assert [[(problem.column, problem.reason) for problem in row.problems] for row in rows] == [
        [
            ("company", "it must be text, not an object."),
            ("terms_id", "it must be a whole number from 1 to 9223372036854775807, not a number."),
            ("tags", "its element 2 must be text, not a number."),
        ],
        [("external_key", "it is empty, and names the customer (external_key).")],
        [("external_key", "it must be valid Unicode text: it has half of a surrogate pair.")],
        [("external_key", "it is empty, and names the customer (external_key).")],
    ]
    for row in rows:
        assert row.values is None
        "".join(row.columns.values()).encode()  # a database can hold it


def test_a_mapping_that_no_row_has_is_said() -> None:
    rows, notices = rows_of('{"external_key": "1"}\n', map={"company": "Nme"})
    assert [row.values for row in rows] == [{"external_key": "1"}]
    assert str(notices[-1]) == "the mapping names the column 'Nme', which no row has."


def test_rows_of_many_shapes_do_not_fill_the_memory() -> None:
    fields = [f"custom_{number}" for number in range(1, 13)]
    lines = (
        "{"
        + ", ".join(
            ['"external_key": "1"', *(f'"{name}": "x"' for bit, name in enumerate(fields) if number >> bit & 1)]
        )
        for number in range(3000)
    )
    assert len(values_of("}\n".join(lines) + "}")) == 3000
