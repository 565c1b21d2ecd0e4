"""Terraform's functions, as far as tfvars checks and validation conditions need them."""

from __future__ import annotations

import hashlib
import ipaddress
import json
import math
import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from scripts.hcl.evaluate import MISSING, Failed, Function, Unknown, Value, text_of


def _fail_unless(condition: bool, reason: str) -> None:
    if not condition:
        raise Failed(reason)


@cache
def pattern(text: str) -> re.Pattern[str]:
    """A Go regular expression as Python's, or Unknown where the two languages differ."""
    if "[[:" in text or "\\p" in text or "\\Q" in text:
        raise Unknown("regular expression")
    # Go's $ is the end of the text; Python's would also accept a line end before it.
    strict = re.sub(r"(?<!\\)((?:\\\\)*)\$(?![^\[]*\])", r"\1\\Z", text.replace("\\z", "\\Z"))
    try:
        return re.compile(strict, re.ASCII)
    except re.error as error:
        raise Unknown("regular expression") from error


def _regex(wanted: str, text: Value) -> Value:
    found = pattern(wanted).search(text_of(text))
    if found is None:
        raise Failed("no match")
    return _groups(found)


def _groups(found: re.Match[str]) -> Value:
    if found.groupdict():
        return dict(found.groupdict())
    return list(found.groups()) if found.groups() else found.group()


def _regexall(wanted: str, text: Value) -> Value:
    return [_groups(found) for found in pattern(wanted).finditer(text_of(text))]


def _length(value: Value) -> int:
    _fail_unless(isinstance(value, (str, list, dict)), "no length")
    if isinstance(value, list) and MISSING in value:
        raise Unknown("length")  # what is not known may have been a list, before flatten()
    return len(value)  # type: ignore[arg-type]


def _decided(values: list[Value], by: bool) -> bool:
    """Whether one of *values* is *by*; Unknown when it could still be one that is not known."""
    if any(value in (by, str(by).lower()) for value in values if value is not None):
        return True
    if MISSING in values:
        raise Unknown("alltrue")
    return not by and None in values


def _values(value: dict[str, Value]) -> list[Value]:
    return [value[key] for key in sorted(value)]


def _unique(values: list[Value]) -> list[Value]:
    return [value for at, value in enumerate(values) if value not in values[:at]]


def _flatten(values: list[Value]) -> list[Value]:
    return [inner for value in values for inner in (_flatten(value) if isinstance(value, list) else [value])]


def _network(text: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network:
    _fail_unless("/" in text, "no prefix")
    return ipaddress.ip_network(text, strict=False)


def _cidrhost(text: str, number: int) -> str:
    network = _network(text)
    _fail_unless(-network.num_addresses <= number < network.num_addresses, "no such host")
    return str(network[number])


def _cidrsubnet(text: str, bits: int, number: int) -> str:
    network = _network(text)
    size = 2 ** (network.max_prefixlen - network.prefixlen - bits)
    _fail_unless(size >= 1 and 0 <= number < 2**bits, "no such subnet")
    base = int(network.network_address) + number * int(size)
    return f"{type(network.network_address)(base)}/{network.prefixlen + bits}"


def _substr(text: str, start: int, length: int) -> str:
    tail = text[start:]
    return tail if length < 0 else tail[:length]


def _tonumber(value: Value) -> Value:
    if not isinstance(value, str):
        _fail_unless(value is None or isinstance(value, (int, float)), "not a number")
        return value
    number = float(value)
    return int(number) if number.is_integer() else number


def _lookup(owner: dict[str, Value], key: str, *fallback: Value) -> Value:
    return owner[key] if key in owner or not fallback else fallback[0]


def _coalesce(*values: Value) -> Value:
    found = [value for value in values if value not in (None, "")]
    _fail_unless(bool(found), "all empty")
    return found[0]


def _merge(*values: Mapping[str, Value] | None) -> dict[str, Value]:
    return {key: inner for value in values if value is not None for key, inner in value.items()}


def _replace(text: str, old: str, new: str) -> str:
    if len(old) > 1 and old[0] == old[-1] == "/":
        raise Unknown("regular expression")
    return text.replace(old, new)


def _format(text: str, *values: Value) -> str:
    """Only %s, %d, %q, %v and %%: what our messages use."""
    rest = list(values)

    def one(found: re.Match[str]) -> str:
        verb = found.group(1)
        if verb == "%":
            return "%"
        if verb not in "sdvq":
            raise Unknown("format")
        value = rest.pop(0)
        return json.dumps(text_of(value)) if verb == "q" else _shown(value)

    return re.sub(r"%(.)", one, text)


def _shown(value: Value) -> str:
    return text_of(value) if isinstance(value, (str, int, float)) else jsonencode(value)


def jsonencode(value: Value) -> str:
    """As Terraform's: no spaces, keys sorted."""
    return json.dumps(_plain(value), separators=(",", ":"), sort_keys=True, ensure_ascii=False)


def _terraform_json(value: Value) -> str:
    """As Terraform writes it, with the signs that could end an HTML script escaped."""
    return jsonencode(value).translate({ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&"})


def _plain(value: Any) -> Any:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    return [_plain(inner) for inner in value] if isinstance(value, list) else value


def _contains(values: list[Value], wanted: Value) -> bool:
    _fail_unless(isinstance(values, list), "not a list")
    return wanted in values


TERRAFORM: dict[str, Function] = {
    "abs": abs,
    "alltrue": lambda values: not _decided(values, False),
    "anytrue": lambda values: _decided(values, True),
    "ceil": math.ceil,
    "cidrhost": _cidrhost,
    "cidrnetmask": lambda text: str(_network(text).netmask),
    "cidrsubnet": _cidrsubnet,
    "coalesce": _coalesce,
    "compact": lambda values: [value for value in values if value not in (None, "")],
    "concat": lambda *lists: [value for values in lists for value in values],
    "contains": _contains,
    "distinct": _unique,
    "element": lambda values, at: values[at % len(values)],
    "endswith": lambda text, end: text.endswith(end),
    "flatten": _flatten,
    "floor": math.floor,
    "format": _format,
    "index": lambda values, wanted: values.index(wanted),
    "jsondecode": lambda text: json.loads(text),
    "join": lambda sign, values: sign.join(text_of(value) for value in values),
    "jsonencode": _terraform_json,
    "keys": sorted,
    "length": _length,
    "lookup": _lookup,
    "lower": lambda text: text.lower(),
    "max": max,
    "md5": lambda text: hashlib.md5(text.encode(), usedforsecurity=False).hexdigest(),
    "merge": _merge,
    "min": min,
    "parseint": int,
    "pow": pow,
    "one": lambda values: values[0] if values else None,
    "range": lambda *limits: list(range(*limits)),
    "regex": _regex,
    "regexall": _regexall,
    "replace": _replace,
    "reverse": lambda values: values[::-1],
    "setintersection": lambda first, *more: [
        value for value in first if all(value in other for other in more)
    ],
    "setsubtract": lambda left, right: [value for value in left if value not in right],
    "setunion": lambda *lists: _unique([value for values in lists for value in values]),
    "sha1": lambda text: hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest(),
    "sha256": lambda text: hashlib.sha256(text.encode()).hexdigest(),
    "slice": lambda values, start, end: values[start:end],
    "sort": sorted,
    "split": lambda sign, text: text.split(sign),
    "startswith": lambda text, start: text.startswith(start),
    "strcontains": lambda text, part: part in text,
    "substr": _substr,
    "sum": sum,
    "tobool": lambda value: {"true": True, "false": False}[value] if isinstance(value, str) else value,
    "tolist": list,
    "tomap": dict,
    "tonumber": _tonumber,
    "toset": _unique,
    "tostring": lambda value: None if value is None else text_of(value),
    "trim": lambda text, signs: text.strip(signs),
    "trimprefix": lambda text, start: text.removeprefix(start),
    "trimspace": lambda text: text.strip(),
    "trimsuffix": lambda text, end: text.removesuffix(end),
    "upper": lambda text: text.upper(),
    "values": _values,
    "zipmap": lambda keys, values: dict(zip(keys, values, strict=True)),
}
