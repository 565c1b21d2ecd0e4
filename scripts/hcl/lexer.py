"""Cut HCL text into tokens with line numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from textwrap import dedent

Token = tuple[str, object, int]
"""Kind, value, line. The kind of an operator is the operator itself."""


class SyntaxProblem(Exception):
    """Raised for text that is not HCL; carries the line and a message that says what to do."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line
        self.message = message


@dataclass(slots=True)
class Tokens:
    """The tokens of a text and its comments by line."""

    tokens: list[Token] = field(default_factory=list)
    comments: dict[int, str] = field(default_factory=dict)


# ++ and *+ never give back what they took: a long string with an interpolation would take exponential time.
_PLAIN = r'[^"\\\n$%]++|\\.|\$\$\{|%%\{|[$%](?!\{)'
_TOKEN = re.compile(
    r"""
    (?P<space>[ \t\r]+)
  | (?P<nl>\n)
  | (?P<id>[^\W\d][\w-]*)
  | (?P<op>==|!=|<=|>=|&&|\|\||=>|\.\.\.|::|<<-?(?=[^\W\d])|[-+*%!<>=?:{}()\[\],.]|/(?![/*]))
  | (?P<str>"(?:PLAIN)*+")
  | (?P<num>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)
  | (?P<quote>")
  | (?P<comment>(?:\#|//)[^\n]*)
  | (?P<block>/\*(?:[^*]++|\*(?!/))*+\*/)
  """.replace("PLAIN", _PLAIN),
    re.VERBOSE,
)
_QUOTED_TEXT = re.compile(f"(?:{_PLAIN})*+")
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)|\$\$\{|%%\{", re.DOTALL)
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}
_HEREDOC = re.compile(r"(?P<mark>[^\W\d][\w-]*)[ \t\r]*\n")
_HEREDOC_TEXT = re.compile(r"(?:[^$%]++|\$\$\{|%%\{|[$%](?!\{))*+")
_FOR = re.compile(r"\{\s*for\s+[^\W\d]")
_CLOSES = {"{": "}", "(": ")", "[": "]"}


def tokenize(text: str) -> Tokens:
    """Cut *text* into tokens, or raise SyntaxProblem."""
    lexer = _Lexer(text)
    lexer.run(nested=False)
    return lexer.found


class _Lexer:
    def __init__(self, text: str, at: int = 0, line: int = 1, end: int | None = None) -> None:
        self.text = text
        self.at = at
        self.line = line
        self.end = len(text) if end is None else end
        self.found = Tokens()

    def run(self, nested: bool) -> None:
        """Read until the text ends or, when *nested*, the brace that closes an interpolation."""
        text, end, add = self.text, self.end, self.found.tokens.append
        opened: list[tuple[str, int, bool]] = []
        quiet = nested  # line ends mean nothing inside ( [ and ${
        match = _TOKEN.match
        while self.at < end:
            hit = match(text, self.at, end)
            if hit is None:
                raise SyntaxProblem(self.line, _unexpected(text, self.at))
            kind = hit.lastgroup
            self.at = hit.end()
            if kind == "space":
                continue
            if kind == "id":
                add(("id", hit.group(), self.line))
            elif kind == "op":
                value = hit.group()
                if value in _CLOSES:
                    opened.append((value, self.line, quiet))
                    quiet = value != "{" or _FOR.match(text, hit.start()) is not None
                elif value in "}])":
                    if not opened and nested and value == "}":
                        return
                    quiet = self._close(opened, value)
                elif value.startswith("<<"):
                    self._heredoc(value)
                    continue
                add((value, value, self.line))
            elif kind == "nl":
                if not quiet:
                    add(("nl", "\n", self.line))
                self.line += 1
            elif kind == "str":
                add(("str", unescape(hit.group()[1:-1], self.line), self.line))
            elif kind == "num":
                add(("num", _number(hit.group()), self.line))
            elif kind == "comment":
                self.found.comments[self.line] = hit.group()
            elif kind == "block":
                self.found.comments[self.line] = hit.group()
                self.line += hit.group().count("\n")
            else:
                self._quoted()
        if opened:
            sign, line, _ = opened[-1]
            raise SyntaxProblem(line, f'the "{sign}" on this line is never closed; add "{_CLOSES[sign]}".')
        if nested:
            raise SyntaxProblem(self.line, 'an interpolation "${" is never closed; add "}".')
        add(("nl", "\n", self.line))
        add(("eof", "", self.line))

    def _close(self, opened: list[tuple[str, int, bool]], sign: str) -> bool:
        if not opened:
            raise SyntaxProblem(
                self.line, f'"{sign}" closes nothing; delete it or add the sign that opens it.'
            )
        opener, line, quiet = opened.pop()
        if _CLOSES[opener] != sign:
            wanted = _CLOSES[opener]
            raise SyntaxProblem(
                self.line, f'"{sign}" cannot close the "{opener}" of line {line}; put "{wanted}" before it.'
            )
        return quiet

    def _quoted(self) -> None:
        """A string that holds interpolations; the plain ones are a single regular expression."""
        line, parts = self.line, list[object]()
        while True:
            hit = _QUOTED_TEXT.match(self.text, self.at, self.end)
            assert hit is not None
            if hit.group():
                parts.append(unescape(hit.group(), self.line))
            self.at = hit.end()
            rest = self.text[self.at : min(self.at + 2, self.end)]
            if rest[:1] == '"':
                self.at += 1
                break
            if rest not in ("${", "%{"):
                raise SyntaxProblem(line, 'a string is not closed on its line; add the missing quote ".')
            self._interpolation(parts, rest)
        self.found.tokens.append(("template", tuple(parts), line))

    def _interpolation(self, parts: list[object], opening: str) -> None:
        inner = _Lexer(self.text, self.at + 2, self.line, self.end)
        tokens = inner.found.tokens
        inner.run(nested=True)
        # The strip marker ~ is dropped before the expression is read.
        tokens.append(("eof", "", inner.line))
        parts.append((opening, tokens))
        self.at, self.line = inner.at, inner.line

    def _heredoc(self, opening: str) -> None:
        hit = _HEREDOC.match(self.text, self.at, self.end)
        if hit is None:
            raise SyntaxProblem(self.line, f'"{opening}" must be followed by a word and the end of the line.')
        line, mark = self.line, hit.group("mark")
        closing = re.compile(rf"^[ \t]*{re.escape(mark)}[ \t\r]*$", re.MULTILINE)
        last = closing.search(self.text, hit.end(), self.end)
        if last is None:
            raise SyntaxProblem(line, f"the heredoc is never closed; add a line with {mark} alone.")
        inner = _Lexer(self.text, hit.end(), line + 1, last.start())
        parts = inner.heredoc_parts()
        if opening == "<<-" and len(parts) == 1 and isinstance(parts[0], str):
            parts = (dedent(parts[0]),)
        self.at, self.line = last.end(), line + 1 + self.text.count("\n", hit.end(), last.end())
        self.found.tokens.append(("heredoc", parts, line))

    def heredoc_parts(self) -> tuple[object, ...]:
        """The text and the interpolations up to the end of this lexer's range."""
        parts: list[object] = []
        while self.at < self.end:
            hit = _HEREDOC_TEXT.match(self.text, self.at, self.end)
            assert hit is not None
            if hit.group():
                parts.append(hit.group().replace("$${", "${").replace("%%{", "%{"))
                self.line += hit.group().count("\n")
            self.at = hit.end()
            if self.at < self.end:
                self._interpolation(parts, self.text[self.at : self.at + 2])
        return tuple(parts)


def unescape(text: str, line: int) -> str:
    """Replace the escapes of a quoted string."""
    if "\\" not in text and "{" not in text:
        return text

    def one(hit: re.Match[str]) -> str:
        sign = hit.group(1)
        if sign is None:
            return hit.group()[1:]
        if len(sign) > 1:
            try:
                return chr(int(sign[1:], 16))
            except (ValueError, OverflowError):
                raise SyntaxProblem(line, f'"\\{sign}" is no Unicode character; check the number.') from None
        if sign not in _ESCAPES:
            raise SyntaxProblem(
                line,
                f'"\\{sign}" is no escape of HCL; write \\\\ for a backslash, or one of \\n \\r \\t \\" \\u.',
            )
        return _ESCAPES[sign]

    return _ESCAPE.sub(one, text)


def _number(text: str) -> int | float:
    return int(text) if text.isdecimal() and len(text) < 400 else float(text)


def _unexpected(text: str, at: int) -> str:
    if text.startswith("/*", at):
        return "this comment is never closed; add */."
    sign = text[at]
    shown = sign if sign.isprintable() and not sign.isspace() else f"U+{ord(sign):04X}"
    hint = 'quote strings with "' if sign in "'`\u2018\u2019\u201c\u201d" else "delete it"
    return f'the character "{shown}" has no meaning in HCL; {hint}.'
