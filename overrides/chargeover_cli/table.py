"""The commands of ``chargeover``. A group of commands is one entry here and one module; nothing else knows it."""

from .groups import Entry, Table

COMMANDS: Table = {
    "customers": Entry(
        "chargeover_cli.customers.table:COMMANDS", "Find, create, change, compare and delete customers."
    ),
    "sync": Entry(
        "chargeover_cli.sync.table:COMMANDS", "Bring an account in line with a file: plan, look, apply, undo."
    ),
    "check": Entry("chargeover_cli.check:check", "Check the address, the credentials and the clock."),
    "api": Entry("chargeover_cli.api:api", "Send any request of the API."),
    "profiles": Entry("chargeover_cli.profiles.table:COMMANDS", "Keep the accounts that you use, by name."),
    "contract": Entry(
        "chargeover_contract.command:main", "Test whether a server keeps the contract.", extra="contract"
    ),
    "drift": Entry("chargeover_contract.drift.command:main", "Compare recordings with the contract.", extra="contract"),
    "sandbox": Entry("chargeover_sandbox.__main__:main", "Run a sandbox on this machine.", extra="sandbox"),
}
