"""What the options that every command has say, and how a stopped command goes on."""

from dataclasses import dataclass, field


@dataclass
class State:
    """One run of the command.

    Attributes:
        profile: the name of a profile.
        instance: the account, by the first label of its host name.
        base_url: the account, by its whole address.
        username: the API key's user name.
        password: the API key's private key.
        record: a file for what is sent and received.
        record_values: whether it keeps the values.
        yes: whether all questions are answered with yes.
        debug: whether a failure shows its traceback.
        password_noted: whether the warning of a password on the command line has been given.
        fields: the fields of an object that were given, by name.
        going_on: says how to go on after Ctrl-C.
    """

    profile: str | None = None
    instance: str | None = None
    base_url: str | None = None
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    record: str | None = None
    record_values: bool = False
    yes: bool = False
    debug: bool = False
    password_noted: bool = False
    fields: dict[str, object] = field(default_factory=dict[str, object])
    going_on: str = "Nothing was sent that changes anything. Run the command again."
