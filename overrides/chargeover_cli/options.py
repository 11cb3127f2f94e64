"""Options that several commands have."""

from typing import Annotated, Literal

import typer

Format = Literal["table", "json", "jsonl", "csv"]
Output = Annotated[Format, typer.Option("--output", help="How results are written.", show_default=True)]
Wheres = Annotated[
    list[str] | None,
    typer.Option(
        "--where",
        metavar="CONDITION",
        help="Such as 'bill_state=MN', with = != < <= > >= or ~ (contains), 'token is null', or the API's own form, "
        "'bill_state:EQUALS:MN'. May be given more than once: all must match.",
    ),
]
OrderBy = Annotated[
    str | None, typer.Option("--order", metavar="FIELD", help="Such as 'company' or 'company:DESC'. Default: by ID.")
]
Limit = Annotated[int | None, typer.Option("--limit", metavar="N", help="The most to show. Default: all.")]
Fields = Annotated[
    list[str] | None,
    typer.Option("--fields", metavar="NAMES", help="Show these fields, separated by commas, and no others."),
]
Safe = Annotated[
    bool,
    typer.Option(
        "--spreadsheet-safe",
        help="In CSV, put ' before texts that a spreadsheet would take for a formula.",
    ),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show the request, and send nothing.")]
Nulls = Annotated[
    list[str] | None,
    typer.Option("--null", metavar="FIELD", help="Send null for this field, such as parent_customer_id."),
]
CustomerName = Annotated[
    str, typer.Argument(metavar="CUSTOMER", help="An ID, external_key:KEY or token:TOKEN.", show_default=False)
]
