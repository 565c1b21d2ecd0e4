"""Say what is wrong with a request body, in the words API Gateway uses.

ministack 1.5.33 says only that the body is invalid; API Gateway fills
``$context.error.validationErrorString`` with the violations, and gateway responses show it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

Schema = dict[str, Any]


def describe(schema: Schema, value: object, root: Schema) -> str:
    """All violations, in brackets, as API Gateway writes them."""
    return f"[{', '.join(_violations(schema, value, root))}]"


def _violations(schema: Schema, value: object, root: Schema) -> Iterator[str]:
    if "$ref" in schema:
        schema = _resolve(str(schema["$ref"]), root)
    expected = schema.get("type")
    if expected and not _is(value, expected):
        allowed = json.dumps([expected] if isinstance(expected, str) else expected, separators=(",", ":"))
        yield f"instance type ({_kind(value)}) does not match any allowed primitive type (allowed: {allowed})"
        return
    if "enum" in schema and value not in schema["enum"]:
        allowed = json.dumps(schema["enum"], separators=(",", ":"))
        yield f"instance value ({json.dumps(value)}) not found in enum (possible values: {allowed})"
    if isinstance(value, dict):
        yield from _in_object(schema, value, root)
    elif isinstance(value, list):
        yield from _in_array(schema, value, root)
    elif isinstance(value, str):
        yield from _in_string(schema, value)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield from _in_number(schema, value)


def _resolve(reference: str, root: Schema) -> Schema:
    target: Any = root
    for part in reference.removeprefix("#/").split("/"):
        target = target.get(part, {})
    return dict(target)


def _kind(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    names = {dict: "object", list: "array", str: "string", int: "integer", float: "number"}
    return names[type(value)]


def _is(value: object, expected: str | list[str]) -> bool:
    kinds = [expected] if isinstance(expected, str) else expected
    found = _kind(value)
    return found in kinds or (found == "integer" and "number" in kinds)


def _in_object(schema: Schema, value: Schema, root: Schema) -> Iterator[str]:
    missing = [name for name in schema.get("required", []) if name not in value]
    if missing:
        yield f"object has missing required properties ({json.dumps(sorted(missing), separators=(',', ':'))})"
    known = schema.get("properties", {})
    unknown = [name for name in value if name not in known]
    if schema.get("additionalProperties") is False and unknown:
        names = json.dumps(sorted(unknown), separators=(",", ":"))
        yield f"object instance has properties which are not allowed by the schema: {names}"
    if len(value) < schema.get("minProperties", 0):
        yield f"object has too few properties (found {len(value)} but schema requires at least {schema['minProperties']})"
    for name, inner in known.items():
        if name in value:
            yield from _violations(inner, value[name], root)


def _in_array(schema: Schema, value: list[object], root: Schema) -> Iterator[str]:
    if len(value) < schema.get("minItems", 0):
        yield f"array is too short: must have at least {schema['minItems']} elements but instance has {len(value)} elements"
    if len(value) > schema.get("maxItems", len(value)):
        yield f"array is too long: must have at most {schema['maxItems']} elements but instance has {len(value)} elements"
    for item in value:
        yield from _violations(schema.get("items", {}), item, root)


def _in_string(schema: Schema, value: str) -> Iterator[str]:
    shown = json.dumps(value)
    if len(value) < schema.get("minLength", 0):
        yield f"string {shown} is too short (length: {len(value)}, required minimum: {schema['minLength']})"
    if len(value) > schema.get("maxLength", len(value)):
        yield f"string {shown} is too long (length: {len(value)}, maximum allowed: {schema['maxLength']})"
    if "pattern" in schema and not re.search(schema["pattern"], value):
        yield f"ECMA 262 regex {json.dumps(schema['pattern'])} does not match input string {shown}"


def _in_number(schema: Schema, value: float) -> Iterator[str]:
    low, high = schema.get("minimum"), schema.get("maximum")
    if low is not None and value < low:
        yield f"numeric instance is lower than the required minimum (minimum: {low}, found: {value})"
    if high is not None and value > high:
        yield f"numeric instance is greater than the required maximum (maximum: {high}, found: {value})"
