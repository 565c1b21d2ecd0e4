"""Filter patterns of CloudWatch Logs, for metric filters, subscriptions and searches.

ministack 1.5.33 takes every JSON pattern for "all messages".
"""

from __future__ import annotations

import fnmatch
import json
import re
from collections.abc import Callable
from typing import Any

Matcher = Callable[[str], bool]
_TOKEN = re.compile(
    r'\s*(?:(?P<sign>\(|\)|&&|\|\||!=|>=|<=|=|>|<)|"(?P<text>(?:[^"\\]|\\.)*)"|(?P<word>[^\s()=<>!&|]+))'
)


def compile_pattern(pattern: str) -> Matcher:
    """A test for one message; an unreadable pattern matches nothing."""
    text = (pattern or "").strip()
    if not text:
        return lambda _message: True
    return _Json(text[1:-1]).matcher() if text.startswith("{") else _terms(text)


def _terms(text: str) -> Matcher:
    words = [found[0] or found[1] for found in re.findall(r'(-?"[^"]*")|(\S+)', text)]
    wanted = [word.lstrip("?+").strip('"') for word in words if not word.startswith(("-", "?"))]
    unwanted = [word[1:].strip('"') for word in words if word.startswith("-")]
    any_of = [word[1:].strip('"') for word in words if word.startswith("?")]

    def matches(message: str) -> bool:
        return (
            all(word in message for word in wanted)
            and not any(word in message for word in unwanted)
            and (not any_of or any(word in message for word in any_of))
        )

    return matches


class _Json:
    """``{ ($.level = "ERROR") && ($.retries > 2) }``, read from left to right, && before ||."""

    def __init__(self, text: str) -> None:
        self._tokens = [found.groupdict() for found in _TOKEN.finditer(text)]
        self._next = 0

    def matcher(self) -> Matcher:
        try:
            test = self._either()
        except (IndexError, KeyError, TypeError):
            return lambda _message: False

        def matches(message: str) -> bool:
            try:
                document = json.loads(message)
            except ValueError:
                return False
            return isinstance(document, dict) and test(document)

        return matches

    def _sign(self) -> str | None:
        return self._tokens[self._next]["sign"] if self._next < len(self._tokens) else None

    def _take(self) -> dict[str, str | None]:
        self._next += 1
        return self._tokens[self._next - 1]

    def _either(self) -> Callable[[Any], bool]:
        tests = [self._both()]
        while self._sign() == "||":
            self._take()
            tests.append(self._both())
        return lambda document: any(test(document) for test in tests)

    def _both(self) -> Callable[[Any], bool]:
        tests = [self._one()]
        while self._sign() == "&&":
            self._take()
            tests.append(self._one())
        return lambda document: all(test(document) for test in tests)

    def _one(self) -> Callable[[Any], bool]:
        if self._sign() == "(":
            self._take()
            inner = self._either()
            self._take()
            return inner
        path = str(self._take()["word"])
        operator = self._take()
        if operator["sign"] is None:  # "$.x IS NULL", "$.x NOT EXISTS"
            words = f"{operator['word']} {self._take()['word']}".upper()
            return lambda document: _is(words, *find_field(document, path))
        token = self._take()
        sign, wanted = str(operator["sign"]), token["text"] if token["text"] is not None else token["word"]
        return lambda document: _compare(find_field(document, path)[1], sign, str(wanted))


def find_field(document: Any, path: str) -> tuple[bool, Any]:
    """Whether the field is there, and its value."""
    for part in re.findall(r"[^.\[\]]+", path.removeprefix("$")):
        if isinstance(document, list) and part.isdigit() and int(part) < len(document):
            document = document[int(part)]
        elif isinstance(document, dict) and part in document:
            document = document[part]
        else:
            return False, None
    return True, document


def _is(words: str, exists: bool, value: Any) -> bool:
    return {
        "IS NULL": exists and value is None,
        "IS TRUE": value is True,
        "IS FALSE": value is False,
        "NOT EXISTS": not exists,
    }.get(words, False)


def _compare(value: Any, sign: str, wanted: str) -> bool:
    if isinstance(value, bool) or value is None:
        return sign == "!=" and value is not None
    if isinstance(value, int | float):
        try:
            number = float(wanted)
        except ValueError:
            return sign == "!="
        return {
            "=": value == number,
            "!=": value != number,
            ">": value > number,
            ">=": value >= number,
            "<": value < number,
            "<=": value <= number,
        }[sign]
    same = fnmatch.fnmatchcase(str(value), wanted)
    return same if sign == "=" else sign == "!=" and not same
