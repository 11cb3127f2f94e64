"""Which column gives which field, and how."""

import difflib
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypedDict, cast

from chargeover._wire import CUSTOMER_CREATE, CUSTOMER_UPDATE, PARAMETERS, Rule

from . import conversion
from .errors import InputError, RefusedError, shown
from .transformations import TRANSFORMATIONS, Transformation

Key = Literal["external_key", "customer_id"]
"""How a row names its customer."""
ColumnMap = Mapping[str, str | Mapping[str, object]]
"""By field: the name of its column; or ``column`` and ``transform``, a name or a list of them; or ``constant``."""
REJECTED_LINE, REJECTED_REASON = "(line)", "(reason)"
"""The columns that a file of rejects has besides its own; they are left out when it is read."""
REST = "*"
"""In ``ignore``: every column that is neither mapped nor named as a field."""


class MappingFile(TypedDict):
    """What a mapping file says, as arguments of ``read``.

    Attributes:
        map: the columns of fields.
        ignore: the columns that are left out.
    """

    map: ColumnMap
    ignore: Sequence[str]


@dataclass(frozen=True, slots=True)
class Step:
    """One field of a row: where it comes from, and how it is made."""

    field: str
    column: str
    transformations: tuple[Transformation, ...]
    convert: conversion.Converter | None
    """None if a text stays as it is."""
    is_key: bool
    is_plain: bool
    """Whether an ASCII text is its own value."""
    can_be_cleared: bool
    """Whether an empty cell can empty the field: not the key, and not what only a new customer takes."""

    def value(self, cell: object) -> object:
        """The value of a cell that is not empty.

        Raises:
            RefusedError: the cell does not become a value of the field.
        """
        if isinstance(cell, str):
            for transformation in self.transformations:
                cell = transformation(cell)
        if self.convert:
            return self.convert(cell)
        found = cell if isinstance(cell, str) and cell.isascii() else conversion.text(cell)
        if self.is_key and not found.isprintable():
            raise RefusedError("it must be printable: it has a character that cannot be seen")
        return found


class Columns:
    """A mapping, checked.

    Args:
        key: the field that names the customer.
        given: the columns of fields that are not named as the field.
        ignore: the names of columns that are left out; ``*`` for all that would be unknown.
        create_missing: whether the fields that only a new customer takes are allowed too.

    Raises:
        InputError: a field, a transformation or a constant that is not allowed.
    """

    def __init__(self, key: Key, given: ColumnMap, ignore: Iterable[str], create_missing: bool) -> None:
        self.key = key
        self._rules = _rules(key, create_missing)
        self._ignored = frozenset([ignore] if isinstance(ignore, str) else ignore)
        self._steps: dict[str, Step] = {}
        self.mapped: frozenset[str] = frozenset()
        self.constants: dict[str, object] = {}
        for field, target in given.items():
            self._add(field, {"column": target} if isinstance(target, str) else target)
        self.mapped = frozenset(step.column for step in self._steps.values())
        if both := sorted(self.mapped & self._ignored):
            raise InputError(f"the column {shown(both[0])} is both mapped and ignored.")

    def knows(self, name: str) -> bool:
        """Whether a column of this name has a place, without ``*``."""
        return name in self.mapped or name in self._rules or name in self._ignored

    def steps(self, names: Sequence[str], fail: Callable[[str, str | None], InputError]) -> list[Step]:
        """The fields that columns of these names give, in their order.

        Args:
            names: of the columns.
            fail: makes the error of a reason and a column.

        Raises:
            InputError: a column is unknown, or is not used.
        """
        by_column: dict[str, list[Step]] = {}
        for step in self._steps.values():
            by_column.setdefault(step.column, []).append(step)
        steps: list[Step] = []
        for name in names:
            if name in by_column:
                steps += by_column[name]
            elif name in self._ignored:
                continue
            elif name in self._rules:
                if name in self._steps or name in self.constants:
                    origin = f"from {shown(self._steps[name].column)}" if name in self._steps else "from a constant"
                    raise fail(f"it is not used, since {name} comes {origin}: ignore it, or leave it out.", name)
                steps.append(self._step(name, name, ()))
            elif REST not in self._ignored:
                raise fail(f"it is neither a field nor mapped to one.{self._about(name)} Map it, or ignore it.", name)
        return steps

    def ignored(self, names: Sequence[str]) -> list[str]:
        """Those of the columns that are left out."""
        return [name for name in names if name not in self.mapped and (name in self._ignored or not self.knows(name))]

    def _add(self, field: str, target: Mapping[str, object]) -> None:
        if not isinstance(target, Mapping):  # pyright: ignore[reportUnnecessaryIsInstance]  what a caller really gives
            raise InputError(f"the mapping of {field} must be the name of a column, or have column or constant.")
        if field not in self._rules:
            raise InputError(f"the mapping has {shown(field)}, which is not a field.{self._about(field)}")
        if strange := sorted(set(target) - {"column", "transform", "constant"}):
            raise InputError(
                f"the mapping of {field} has {shown(str(strange[0]))}: it can have column, transform and constant."
            )
        if "constant" in target:
            self._add_constant(field, target)
            return
        column = target.get("column")
        if not isinstance(column, str) or not column.strip():
            raise InputError(f"the mapping of {field} needs the name of a column, as text, or a constant.")
        self._steps[field] = self._step(field, column.strip(), _transformations(field, target.get("transform", ())))

    def _add_constant(self, field: str, target: Mapping[str, object]) -> None:
        if len(target) > 1 or field == self.key:
            reason = (
                "is the key, so it needs a column" if field == self.key else "has a constant, and nothing besides it"
            )
            raise InputError(f"the mapping must say one thing: {field} {reason}.")
        step = self._step(field, field, ())
        value = conversion.plain(target["constant"])
        if value is None:
            raise InputError(f"the constant of {field} must be a value, not null.")
        try:
            self.constants[field] = step.value(value)
        except RefusedError as refused:
            raise InputError(f"the constant of {field} is not allowed: {refused}.") from None

    def _step(self, field: str, column: str, transformations: tuple[Transformation, ...]) -> Step:
        convert = conversion.converter(self._rules[field])
        is_key = field == self.key
        is_plain = not (convert or transformations or is_key)
        can_be_cleared = field in CUSTOMER_UPDATE and not is_key
        return Step(field, column, transformations, convert, is_key, is_plain, can_be_cleared)

    def _about(self, name: str) -> str:
        if name in CUSTOMER_CREATE:
            return " It is a field of new customers alone: create_missing allows it."
        if name == "customer_id":
            return " It can be the key, and cannot be changed."
        word = name.strip().casefold().replace(" ", "_")
        near = difflib.get_close_matches(word, [*self._rules, *self.mapped], n=1)
        return f" Did you mean {shown(near[0])}?" if near else ""


def _rules(key: Key, create_missing: bool) -> dict[str, Rule]:
    if key not in ("external_key", "customer_id"):
        raise InputError(f"the key must be 'external_key' or 'customer_id', not {key!r}.")
    return {**CUSTOMER_UPDATE, **(CUSTOMER_CREATE if create_missing else {}), key: PARAMETERS[key]}


def _transformations(field: str, given: object) -> tuple[Transformation, ...]:
    names = [given] if isinstance(given, str) else given
    if not isinstance(names, (list, tuple)):
        raise InputError(f"the transformations of {field} must be a name, or a list of names.")
    for name in cast("Sequence[object]", names):
        if not isinstance(name, str) or name not in TRANSFORMATIONS:
            raise InputError(
                f"the mapping of {field} has the transformation {shown(str(name))}: "
                f"there are {', '.join(TRANSFORMATIONS)}."
            )
    return tuple(TRANSFORMATIONS[name] for name in cast("Sequence[str]", names))


def read_mapping(path: str | os.PathLike[str]) -> MappingFile:
    """The mapping of a YAML file: ``fields``, as ``map`` of ``read``, and ``ignore``, a list of columns.

    Args:
        path: the file, in UTF-8.

    Raises:
        InputError: it cannot be read, or has another form; or PyYAML is not installed.
    """
    name = os.fspath(path)
    try:
        content = Path(path).read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8"
        raise InputError(f"the mapping cannot be read: {reason}.", name) from None
    found = _yaml(name, content)
    if not isinstance(found, dict) or not set(cast("dict[object, object]", found)) <= {"fields", "ignore"}:
        raise InputError("a mapping file has 'fields', by their names, and 'ignore', a list of columns.", name)
    parts = cast("dict[str, object]", found)
    return {"map": _fields(name, parts.get("fields")), "ignore": _ignored(name, parts.get("ignore"))}


def _fields(name: str, found: object) -> ColumnMap:
    if found is not None and not isinstance(found, dict):
        raise InputError("'fields' must have the column of each field, by the name of the field.", name)
    fields = cast("dict[object, object]", found or {})
    for field, target in fields.items():
        if not isinstance(field, str) or not isinstance(target, (str, dict)):
            reason = f"the column of {shown(str(field))} must be text: put it in quotes if it looks like a number."
            raise InputError(reason, name)
    return cast("ColumnMap", fields)


def _ignored(name: str, found: object) -> list[str]:
    columns = cast("list[object]", found if isinstance(found, list) else [found] if found is not None else [])
    if not all(isinstance(column, str) for column in columns):
        raise InputError("'ignore' must be a list of the names of columns, as text.", name)
    return cast("list[str]", columns)


def _yaml(name: str, content: str) -> object:
    try:
        import yaml
    except ImportError:
        raise InputError("a mapping file needs PyYAML, which the extra 'cli' installs.", name) from None

    class Loader(yaml.SafeLoader):
        """One that refuses a name that occurs twice; YAML forbids it, and PyYAML takes the last."""

        def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
            seen: set[object] = set()
            for key, _ in node.value:
                if not isinstance(key, yaml.ScalarNode):
                    continue
                if key.value in seen:
                    raise InputError(f"the name {shown(str(key.value))} occurs twice.", name, key.start_mark.line + 1)
                seen.add(key.value)
            return super().construct_mapping(node, deep)

    try:
        return yaml.load(content, Loader)  # noqa: S506  a SafeLoader
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        if isinstance(error, InputError):
            raise
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or "a value is not allowed"
        raise InputError(f"it is not valid YAML: {reason}.", name, mark.line + 1 if mark else None) from None
