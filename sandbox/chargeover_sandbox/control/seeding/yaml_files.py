"""Seed files in YAML, read so that a postcode such as 05401 and a country such as NO stay the texts that they are."""

from collections.abc import Iterator
from typing import Any, cast

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from .rows import Row, SeedError
from .typed import Kinds, typed

_LIST = "customers"
_PLAIN = "tag:yaml.org,2002:"
_FLAGS = {"yes": "true", "on": "true", "no": "false", "off": "false"}


def yaml_rows(name: str, text: str, kinds: Kinds) -> Iterator[Row]:
    """The customers of a YAML file: a list of mappings, alone or under ``customers``.

    An unquoted value gets the type of its field; a quoted one is a text.

    Raises:
        SeedError: it is something else; the message says in which line and column.
    """
    root = _root(name, text)
    if isinstance(root, MappingNode):
        members = dict(_members(root, name))
        if set(members) != {_LIST}:
            reason = f"the file must be a list, or a mapping with the only name {_LIST!r}"
            raise SeedError(_place(name, root), reason)
        (root, _) = members[_LIST]
    if not isinstance(root, SequenceNode):
        raise SeedError(_place(name, root), "it must be a list of mappings")
    for node in cast("list[Node]", root.value):
        if not isinstance(node, MappingNode):
            raise SeedError(_place(name, node), "it must be a mapping with the fields of a customer")
        members = dict(_members(node, name))
        fields = {field: _value(one, name, field, kinds) for field, (one, _) in members.items()}
        yield Row(fields, _place(name, node), {field: place for field, (_, place) in members.items()})


def _root(name: str, text: str) -> Node:
    # The C parser is ten times as fast.
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        node: Node | None = yaml.compose(text, Loader=loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = f"{name}, line {mark.line + 1}, column {mark.column + 1}" if mark else name
        raise SeedError(place, f"it is not valid YAML: {error.problem}") from None
    except yaml.YAMLError as error:
        raise SeedError(name, f"it is not valid YAML: {' '.join(str(error).split())}") from None
    except RecursionError:
        raise SeedError(name, "it is nested too deeply") from None
    if node is None:
        raise SeedError(name, "it has only comments")
    return node


def _members(node: MappingNode, name: str) -> Iterator[tuple[str, tuple[Node, str]]]:
    seen: set[str] = set()
    for key, value in cast("list[tuple[Node, Node]]", node.value):
        if not isinstance(key, ScalarNode):
            raise SeedError(_place(name, key), "it must be the name of a field")
        if key.value in seen:
            raise SeedError(_place(name, key), f"the name {key.value!r} is duplicated")
        seen.add(key.value)
        yield key.value, (value, _place(name, key))


def _value(node: Node, name: str, field: str, kinds: Kinds) -> object:
    if isinstance(node, SequenceNode):
        return [_text(item, name) for item in cast("list[Node]", node.value)]
    text = _text(node, name)
    if text is None or cast("ScalarNode", node).style:
        return text
    kind = kinds.get(field)
    is_flag = kind is not None and kind.json_type == "boolean"
    return typed(kind, _FLAGS.get(text.lower(), text) if is_flag else text)


def _text(node: Node, name: str) -> str | None:
    if not isinstance(node, ScalarNode):
        raise SeedError(_place(name, node), "it must be a single value")
    if not node.tag.startswith(_PLAIN):
        raise SeedError(_place(name, node), f"the tag {node.tag!r} is not supported")
    is_null = not node.style and node.tag == f"{_PLAIN}null"
    return None if is_null else cast("str", node.value)


def _place(name: str, node: Node) -> str:
    return f"{name}, line {node.start_mark.line + 1}, column {node.start_mark.column + 1}"
