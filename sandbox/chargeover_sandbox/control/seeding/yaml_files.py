"""Seed files in YAML, read so that a postcode such as 05401 and a country such as NO stay the texts that they are.

They are read event by event: PyYAML's own loader crashes the process if a file is nested too deeply.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

import yaml
from yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from .rows import Row, SeedError
from .typed import Kinds, typed

_LIST = "customers"
_NULLS = {"", "~", "null", "Null", "NULL"}
_FLAGS = {"yes": "true", "on": "true", "no": "false", "off": "false"}


def yaml_rows(name: str, text: str, kinds: Kinds) -> Iterator[Row]:
    """The customers of a YAML file: a list of mappings, alone or under ``customers``.

    An unquoted value gets the type of its field; a quoted one is a text.

    Raises:
        SeedError: it is something else; the message says in which line and column.
    """
    return _Reader(name, text, kinds).rows()


class _Value(NamedTuple):
    text: str
    is_plain: bool

    @property
    def is_null(self) -> bool:
        return self.is_plain and self.text in _NULLS


class _Reader:
    def __init__(self, name: str, text: str, kinds: Kinds) -> None:
        self._name = name
        self._kinds = kinds
        # The C parser is ten times as fast.
        loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        self._events: Iterator[Event] = yaml.parse(text, Loader=loader)

    def rows(self) -> Iterator[Row]:
        self._next()  # the stream
        if isinstance(self._next(), StreamEndEvent):  # or the document
            raise SeedError(self._name, "it has only comments")
        root = self._next()
        is_mapping = isinstance(root, MappingStartEvent)
        if is_mapping:
            name = self._next()
            if not (isinstance(name, ScalarEvent) and name.value == _LIST):
                raise self._error(root, f"the file must be a list, or a mapping with the only name {_LIST!r}")
            root = self._next()
        if not isinstance(root, SequenceStartEvent):
            raise self._error(root, "it must be a list of mappings")
        while not isinstance(item := self._next(), SequenceEndEvent):
            if not isinstance(item, MappingStartEvent):
                raise self._error(item, "it must be a mapping with the fields of a customer")
            yield self._row(item)
        if is_mapping and not isinstance(rest := self._next(), MappingEndEvent):
            raise self._error(rest, f"{_LIST!r} must be the only name")
        if not isinstance(end := self._next(), DocumentEndEvent) or not isinstance(end := self._next(), StreamEndEvent):
            raise self._error(end, "it must be one document")

    def _row(self, start: Event) -> Row:
        fields: dict[str, object] = {}
        places: dict[str, str] = {}
        while not isinstance(key := self._next(), MappingEndEvent):
            if not isinstance(key, ScalarEvent):
                raise self._error(key, "it must be the name of a field")
            field: str = key.value
            if field in fields:
                raise self._error(key, f"the name {field!r} is duplicated")
            places[field] = self._place(key)
            fields[field] = self._value(field)
        return Row(fields, self._place(start), places)

    def _value(self, field: str) -> object:
        event = self._next()
        if isinstance(event, SequenceStartEvent):
            items: list[str | None] = []
            while not isinstance(item := self._next(), SequenceEndEvent):
                value = self._scalar(item)
                items.append(None if value.is_null else value.text)
            return items
        value = self._scalar(event)
        if value.is_null or not value.is_plain:
            return None if value.is_null else value.text
        kind = self._kinds.get(field)
        is_flag = kind is not None and kind.json_type == "boolean"
        return typed(kind, _FLAGS.get(value.text.lower(), value.text) if is_flag else value.text)

    def _scalar(self, event: Event) -> _Value:
        if isinstance(event, AliasEvent):
            raise self._error(event, "an alias is not supported")
        if not isinstance(event, ScalarEvent):
            raise self._error(event, "it must be a single value")
        if event.tag is not None:
            raise self._error(event, f"the tag {event.tag!r} is not supported")
        return _Value(event.value, not event.style)  # the C parser has an empty text there, the other one None

    def _next(self) -> Event:
        try:
            return next(self._events)
        except yaml.MarkedYAMLError as error:
            raise SeedError(self._at(error.problem_mark), f"it is not valid YAML: {error.problem}") from None
        except yaml.YAMLError as error:
            raise SeedError(self._name, f"it is not valid YAML: {' '.join(str(error).split())}") from None

    def _error(self, event: Event, reason: str) -> SeedError:
        return SeedError(self._place(event), reason)

    def _place(self, event: Event) -> str:
        return self._at(event.start_mark)

    def _at(self, mark: Any) -> str:
        return f"{self._name}, line {mark.line + 1}, column {mark.column + 1}" if mark else self._name
