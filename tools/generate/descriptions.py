"""Render chargeover_api/descriptions.py: what the contract says of each field, for programs that show it to people."""

from tools.contract import Contract
from tools.generate.bodies import Bodies
from tools.generate.words import snake

HEADER = '''"""What openapi.yaml says of each field, as text. Written by `make generate`; never edited by hand."""

from typing import Final
'''


def render_descriptions(contract: Contract) -> str:
    """The source text of descriptions.py for a document: a dict of texts by the name of the field, for each object."""
    bodies = Bodies(contract)
    parts = [HEADER]
    for name in [*bodies.sent(), *bodies.returned()]:
        lines = [f"\n{snake(name).upper()}: Final[dict[str, str]] = {{"]
        for field, schema in bodies.fields(name).items():
            lines.append(f"    {field!r}: {' '.join(str(schema.get('description', '')).split())!r},")
        parts.append("\n".join([*lines, "}\n"]))
    return "".join(parts)
