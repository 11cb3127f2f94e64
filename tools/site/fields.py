"""The page of all fields: each with an anchor of its own."""

import json
from collections.abc import Iterator

from tools.contract import SOURCES, Contract, Node
from tools.generate.bodies import Bodies
from tools.site.words import Property, is_nullable, one_line, properties, type_text

_INTRO = """# Fields

Every field of every operation, from `openapi.yaml`. Each has an anchor: `fields.html#parent_customer_id`. One word says
where a fact comes from; [Fidelity](../fidelity.md) explains the words and lists what is assumed.

A field that is left out of an update stays as it is. Names that are not listed are refused in a request; a
response may have more.

## Of a customer
"""
# Other schemas with fields: the heading, and the prefix of each anchor.
OTHERS = (
    ("Envelope", "Of every response", "response"),
    ("Identified", "Of the response to a creation or an update", "identified"),
    ("WebhookSubscription", "Of a subscription to webhooks", "webhook-subscription"),
    ("BulkRequest", "Of a request in a bulk request", "bulk-request"),
    ("BulkAnswers", "Of the response to a bulk request", "bulk-answers"),
    ("BulkAnswer", "Of one response within a bulk response", "bulk-answer"),
)
# Of a field that several bodies have, the words of the first are shown.
_SENT = ("CustomerUpdate", "CustomerCreate")


def anchor_prefix(schema: str) -> str:
    """What the anchor of a field begins with, by the name of its schema; empty for those of a customer."""
    return next((f"{prefix}." for name, _, prefix in OTHERS if name == schema), "")


def fields_page(document: Contract) -> str:
    """The page as Markdown."""
    return "\n".join([_INTRO, *_of_a_customer(document), *_of_others(document)])


def _of_a_customer(document: Contract) -> Iterator[str]:
    bodies = Bodies(document)
    taken = {schema: {one.name: one for one in properties(document, document.schemas[schema])} for schema in _SENT}
    takers = {schema: [one.id for one in bodies.operations if bodies.body(one) == schema] for schema in _SENT}
    returners = [one.id for one in bodies.operations if bodies.returned_by(one) == "Customer"]
    for shown in properties(document, document.schemas["Customer"]):
        sent = [fields[shown.name] for fields in taken.values() if shown.name in fields]
        operations = [name for schema, names in takers.items() if shown.name in taken[schema] for name in names]
        facts = [
            *_facts_of_a_customers_field(shown, sent, operations),
            ("Returned by", _operations(returners)),
            ("In Python", _python(shown.name, operations)),
        ]
        meaning = (sent[0] if sent else shown).node["description"]
        deprecated = " **Deprecated.**" if any(field.node.get("deprecated") for field in sent) else ""
        yield _entry(shown.name, shown.name, one_line(meaning) + deprecated, facts)


def _facts_of_a_customers_field(shown: Property, sent: list[Property], operations: list[str]) -> list[tuple[str, str]]:
    facts: list[tuple[str, str]] = []
    if sent:
        (field, *_) = sent
        null = "yes" if is_nullable(field.node) else "no"
        required = ", required in a creation" if any(one.is_required for one in sent) else ""
        facts += [
            ("Type in a request", type_text(field.node) + required),
            ("Null in a request", null),
            ("Type in a response", type_text(shown.node)),
            ("Null in a response", "yes, and it may be absent"),
            ("Example", _example(field.node)),
            ("Source, request", _source(field)),
            ("Source, response", _source(shown)),
            ("Sent by", _operations(operations)),
        ]
    else:
        facts += [
            ("Type", f"{type_text(shown.node)}; in responses only"),
            ("Null", "yes, and it may be absent"),
            ("Example", _example(shown.node)),
            ("Source", _source(shown)),
        ]
    return facts


def _python(name: str, operations: list[str]) -> str:
    python = [f"`customer.{name}`", f"`Field.{name}`"]
    if "create_customer" in operations:
        python.insert(0, f"`create({name}=…)`")
    if "update_customer" in operations:
        python.insert(0, f"`update(…, {name}=…)`")
    return ", ".join(python)


def _of_others(document: Contract) -> Iterator[str]:
    for schema, heading, prefix in OTHERS:
        node = document.schemas[schema]
        yield f"## {heading}\n\n{one_line(node['description'])}\n"
        for field in properties(document, node):
            facts = [
                ("Type", type_text(field.node)),
                ("Null", "yes" if is_nullable(field.node) else "no"),
                ("Required", "yes" if field.is_required else "no"),
                ("Example", _example(field.node)),
                ("Source", _source(field)),
            ]
            yield _entry(field.name, f"{prefix}.{field.name}", one_line(field.node["description"]), facts)


def _entry(name: str, anchor: str, meaning: str, facts: list[tuple[str, str]]) -> str:
    lines = "\n\n".join(f"{term}\n:   {text}" for term, text in facts)
    return f'### `{name}` {{ #{anchor} }}\n\n{meaning}\n\n<div class="facts" markdown>\n\n{lines}\n\n</div>\n'


def _example(node: Node) -> str:
    example = node.get("examples", [node["enum"][0]] if "enum" in node else [])
    if not example:
        raise ValueError(f"openapi.yaml: a field without an example: {node}")
    return f"`{json.dumps(example[0], ensure_ascii=False)}`"


def _source(field: Property) -> str:
    # A colon at the start of a line would begin another definition.
    return SOURCES[field.source] + (f". Assumed: {one_line(field.assumed)}" if field.assumed else "")


def _operations(names: list[str]) -> str:
    return ", ".join(f"[`{name}`](operations.md#{name})" for name in names)
