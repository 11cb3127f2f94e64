"""The commands of ``chargeover sync``."""

from chargeover_cli.groups import Entry, Table

COMMANDS: Table = {
    "plan": Entry("chargeover_cli.sync.planning:plan", "Compare a file with the account and write what would change."),
    "show": Entry("chargeover_cli.sync.looking:show", "Show what a plan changes: each field, old and new."),
    "apply": Entry("chargeover_cli.sync.applying:apply", "Change what a plan says; after a crash, the rest."),
    "rejects": Entry("chargeover_cli.sync.rejecting:rejects", "Write the rows that need a person, to be corrected."),
    "undo": Entry("chargeover_cli.sync.deriving:undo", "Make the plan that puts the old values back."),
    "status": Entry("chargeover_cli.sync.looking:status", "Show how far plans have come, added up."),
    "split": Entry("chargeover_cli.sync.deriving:split", "Make several plans of one, for several machines."),
}
