"""The commands of ``chargeover profiles``."""

from chargeover_cli.groups import Entry, Table

COMMANDS: Table = {
    "list": Entry("chargeover_cli.profiles.commands:list_profiles", "Show the profiles, without passwords."),
    "add": Entry("chargeover_cli.profiles.commands:add_profile", "Add a profile; asks for what is not given."),
    "path": Entry("chargeover_cli.profiles.commands:show_path", "Show where the file is."),
}
