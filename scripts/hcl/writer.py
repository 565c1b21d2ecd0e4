"""Write expressions and types back as HCL: for generated tables and for messages."""

from __future__ import annotations

from scripts.hcl import nodes
from scripts.hcl.functions import jsonencode
from scripts.hcl.nodes import Expression
from scripts.hcl.types import Collection, Object, Type, written


def text_of_expression(node: Expression) -> str:
    """*node* on one line; what no default or type holds comes back as three dots."""
    match node:
        case nodes.Literal(value=value):
            return jsonencode(value)
        case nodes.Name(name=name):
            return name
        case nodes.Attribute(of=of, name=name):
            return f"{text_of_expression(of)}.{name}"
        case nodes.Sequence(items=items):
            return f"[{', '.join(map(text_of_expression, items))}]"
        case nodes.Mapping(items=pairs):
            return _mapping(pairs)
        case nodes.Call(name=name, arguments=arguments):
            return f"{name}({', '.join(map(text_of_expression, arguments))})"
        case _:
            return "..."


def _mapping(pairs: tuple[nodes.Item, ...]) -> str:
    if not pairs:
        return "{}"
    inside = ", ".join(f"{_key(pair.key)} = {text_of_expression(pair.value)}" for pair in pairs)
    return f"{{ {inside} }}"


def _key(node: Expression) -> str:
    text = str(node.value) if isinstance(node, nodes.Literal) else text_of_expression(node)
    return text if text.replace("_", "").replace("-", "").isalnum() else jsonencode(text)


def outline(kind: Type) -> str:
    """A type without the insides of its objects."""
    match kind:
        case Object():
            return "object({...})"
        case Collection(kind=name, element=element):
            return f"{name}({outline(element)})"
        case _:
            return written(kind)


def lines_of_type(kind: Type, indent: str = "") -> str:
    """A type over several lines, one attribute a line, with the defaults."""
    match kind:
        case Object(fields=fields) if fields:
            inner = indent + "  "
            width = max(map(len, fields))
            rows: list[str] = []
            for name, field in fields.items():
                text = lines_of_type(field.type, inner)
                if field.optional:
                    default = "" if field.default is None else f", {text_of_expression(field.default)}"
                    text = f"optional({text}{default})"
                rows.append(f"{inner}{name.ljust(width)} = {text}")
            return "object({\n" + "\n".join(rows) + f"\n{indent}}})"
        case Collection(kind=name, element=element):
            return f"{name}({lines_of_type(element, indent)})"
        case _:
            return written(kind)
