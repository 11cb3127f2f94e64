"""The commands of ``chargeover customers``."""

from chargeover_cli.groups import Entry, Table

COMMANDS: Table = {
    "list": Entry("chargeover_cli.customers.reading:list_customers", "Show customers, all of them by default."),
    "get": Entry("chargeover_cli.customers.reading:get", "Show one customer."),
    "count": Entry("chargeover_cli.customers.reading:count", "Count customers."),
    "create": Entry("chargeover_cli.customers.changing:create", "Create a customer and print its ID."),
    "update": Entry("chargeover_cli.customers.changing:update", "Change fields of a customer, and no others."),
    "diff": Entry("chargeover_cli.customers.changing:diff", "Show what an update would change."),
    "delete": Entry("chargeover_cli.customers.removing:delete", "Delete a customer."),
    "disconnect-parent": Entry(
        "chargeover_cli.customers.removing:disconnect_parent", "Disconnect a customer from its parent."
    ),
    "export": Entry("chargeover_cli.customers.reading:export", "Write customers to a file, with all their fields."),
}
