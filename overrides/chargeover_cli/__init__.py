"""The command ``chargeover``. ``chargeover --help`` lists what it does; docs/guides/command.md explains it."""
