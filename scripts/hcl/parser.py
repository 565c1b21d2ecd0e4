"""Turn tokens into the syntax tree."""

from __future__ import annotations

from typing import cast

from scripts.hcl.lexer import SyntaxProblem, Token, Tokens, tokenize
from scripts.hcl.nodes import (
    Assignment,
    Attribute,
    Binary,
    Block,
    Body,
    Call,
    Conditional,
    Directive,
    Expression,
    For,
    Index,
    Item,
    Literal,
    Mapping,
    Name,
    Sequence,
    Splat,
    Template,
    Unary,
)

_PRECEDENCE = {
    "||": 1, "&&": 2, "==": 3, "!=": 3, "<": 4, ">": 4, "<=": 4, ">=": 4, "+": 5, "-": 5,
    "*": 6, "/": 6, "%": 6,
}  # fmt: skip
_CONSTANTS: dict[str, bool | None] = {"true": True, "false": False, "null": None}
_DEEPEST = 40
"""Nesting nobody writes by hand; a bound keeps a hostile file from exhausting the interpreter's stack."""


def parse(text: str) -> tuple[Body, dict[int, str]]:
    """Parse a file into its body and its comments by line, or raise SyntaxProblem."""
    found: Tokens = tokenize(text)
    return _Parser(found.tokens).file(), found.comments


def parse_expression(text: str) -> Expression:
    """Parse one expression, as in the default of a variable."""
    return _Parser(tokenize(f"({text})").tokens).expression()


class _Parser:
    def __init__(self, tokens: list[Token], depth: int = 0) -> None:
        self.tokens = tokens
        self.at = 0
        self.depth = depth

    def file(self) -> Body:
        return self.body("eof")

    def body(self, end: str) -> Body:
        """Assignments and blocks up to the token *end*."""
        self._deeper()
        body, tokens = Body(), self.tokens
        while True:
            kind, value, line = tokens[self.at]
            if kind == "nl":
                self.at += 1
                continue
            if kind == end:
                self.at += 1
                self.depth -= 1
                return body
            if kind != "id":
                raise SyntaxProblem(
                    line, f"a name must stand here, found {_shown(tokens[self.at])}; check this line."
                )
            self.at += 1
            name = cast(str, value)
            if tokens[self.at][0] == "=":
                self.at += 1
                self._add(body, Assignment(line, name, self.expression()))
                self._line_end(name)
            else:
                body.blocks.append(self._block(name, line))

    def _add(self, body: Body, new: Assignment) -> None:
        old = body.assignments.setdefault(new.name, new)
        if old is not new:
            raise SyntaxProblem(
                new.line, f'"{new.name}" is already set on line {old.line}; keep one of the two.'
            )

    def _line_end(self, name: str) -> None:
        kind, _, line = self.tokens[self.at]
        if kind == "nl":
            self.at += 1
        else:
            found = _shown(self.tokens[self.at])
            raise SyntaxProblem(
                line, f'the value of "{name}" must end with the line, found {found}; start a new line.'
            )

    def _block(self, name: str, line: int) -> Block:
        labels: list[str] = []
        while True:
            kind, value, here = self.tokens[self.at]
            if kind in ("id", "str"):
                labels.append(cast(str, value))
                self.at += 1
            elif kind == "{":
                self.at += 1
                break
            else:
                found = _shown(self.tokens[self.at])
                raise SyntaxProblem(here, f'"{name}" must be followed by "=" or by a block, found {found}.')
        body = self.body("}") if self.tokens[self.at][0] == "nl" else self._one_line(name)
        end = self.tokens[self.at - 1][2]
        after = self.tokens[self.at]
        if after[0] != "nl":
            raise SyntaxProblem(
                after[2], f"a block must end with the line, found {_shown(after)}; start a new line."
            )
        return Block(line, end, name, tuple(labels), body)

    def _one_line(self, name: str) -> Body:
        """``name { }`` or ``name { a = 1 }``: HCL allows one assignment, and nothing else, on the line."""
        body = Body()
        if self.tokens[self.at][0] != "}":
            _, word, line = self._take("id")
            self._take("=")
            self._add(body, Assignment(line, cast(str, word), self.expression()))
        kind, _, line = self.tokens[self.at]
        if kind != "}":
            message = f'a "{name}" block on one line holds one assignment; start a new line after "{{".'
            raise SyntaxProblem(line, message)
        self.at += 1
        return body

    def expression(self) -> Expression:
        """A whole expression, the conditional included."""
        self._deeper()
        test = self._binary(self._unary(), 1)
        if self.tokens[self.at][0] == "?":
            self.at += 1
            yes = self.expression()
            self._take(":")
            test = Conditional(test.line, test, yes, self.expression())
        self.depth -= 1
        return test

    def _lines(self) -> None:
        while self.tokens[self.at][0] == "nl":
            self.at += 1

    def _binary(self, left: Expression, lowest: int) -> Expression:
        while True:
            operator = self.tokens[self.at][0]
            strength = _PRECEDENCE.get(operator, 0)
            if strength < lowest:
                return left
            self.at += 1
            right = self._unary()
            while _PRECEDENCE.get(self.tokens[self.at][0], 0) > strength:
                right = self._binary(right, strength + 1)
            left = Binary(left.line, operator, left, right)

    def _unary(self) -> Expression:
        kind, _, line = self.tokens[self.at]
        if kind in ("-", "!"):
            self.at += 1
            self._deeper()
            operand = self._unary()
            self.depth -= 1
            if kind == "-" and isinstance(operand, Literal) and type(operand.value) in (int, float):
                return Literal(line, -cast(float, operand.value))
            return Unary(line, kind, operand)
        return self._postfix(self._primary())

    def _postfix(self, node: Expression) -> Expression:
        tokens = self.tokens
        while True:
            kind = tokens[self.at][0]
            if kind == ".":
                self.at += 1
                after, value, line = tokens[self.at]
                self.at += 1
                if after == "id":
                    node = Attribute(line, node, cast(str, value))
                elif after == "*":
                    return Splat(line, node, self._postfix(Name(line, "*")))
                elif after == "num":
                    for step in str(value).split("."):
                        node = Index(line, node, Literal(line, int(step) if step.isdecimal() else step))
                else:
                    raise SyntaxProblem(line, f'a name must follow ".", found {_shown(tokens[self.at - 1])}.')
            elif kind == "[":
                line = tokens[self.at][2]
                self.at += 1
                if tokens[self.at][0] == "*" and tokens[self.at + 1][0] == "]":
                    self.at += 2
                    return Splat(line, node, self._postfix(Name(line, "*")))
                key = self.expression()
                self._take("]")
                node = Index(line, node, key)
            else:
                return node

    def _primary(self) -> Expression:
        kind, value, line = self.tokens[self.at]
        self.at += 1
        if kind == "id":
            name = cast(str, value)
            while self.tokens[self.at][0] == "::":
                self.at += 1
                name += "::" + cast(str, self._take("id")[1])
            if self.tokens[self.at][0] == "(":
                return self._call(name, line)
            return Literal(line, _CONSTANTS[name]) if name in _CONSTANTS else Name(line, name)
        if kind in ("str", "num"):
            return Literal(line, cast(str, value))
        if kind in ("template", "heredoc"):
            return Template(line, self._parts(cast(tuple[object, ...], value), line), kind == "heredoc")
        if kind == "(":
            inside = self.expression()
            self._take(")")
            return inside
        if kind == "[":
            return self._sequence(line)
        if kind == "{":
            return self._mapping(line)
        raise SyntaxProblem(
            line, f"a value must stand here, found {_shown((kind, value, line))}; check this line."
        )

    def _parts(self, parts: tuple[object, ...], line: int) -> tuple[Expression, ...]:
        made: list[Expression] = []
        for part in parts:
            if isinstance(part, str):
                made.append(Literal(line, part))
                continue
            opening, tokens = cast(tuple[str, list[Token]], part)
            if opening == "%{":
                made.append(Directive(line))
                continue
            inner = _Parser(tokens, self.depth)
            made.append(inner.expression())
            inner._take("eof")
        return tuple(made)

    def _call(self, name: str, line: int) -> Call:
        self.at += 1
        arguments: list[Expression] = []
        expand = False
        while self.tokens[self.at][0] != ")":
            arguments.append(self.expression())
            if self.tokens[self.at][0] == "...":
                self.at += 1
                expand = True
                break
            if self.tokens[self.at][0] != ",":
                break
            self.at += 1
        self._take(")")
        return Call(line, name, tuple(arguments), expand)

    def _sequence(self, line: int) -> Expression:
        if self._is_for():
            return self._for(line, "]")
        items: list[Expression] = []
        while self.tokens[self.at][0] != "]":
            items.append(self.expression())
            if self.tokens[self.at][0] != ",":
                break
            self.at += 1
        self._take("]")
        return Sequence(line, tuple(items))

    def _mapping(self, line: int) -> Expression:
        if self._is_for():
            return self._for(line, "}")
        items: list[Item] = []
        while True:
            self._lines()
            kind, value, here = self.tokens[self.at]
            if kind == "}":
                self.at += 1
                return Mapping(line, tuple(items))
            if kind == "id" and self.tokens[self.at + 1][0] in ("=", ":"):
                self.at += 1
                key: Expression = Literal(here, cast(str, value))
            else:
                key = self.expression()
            if self.tokens[self.at][0] not in ("=", ":"):
                found = _shown(self.tokens[self.at])
                raise SyntaxProblem(
                    self.tokens[self.at][2], f'"=" must follow a key of an object, found {found}.'
                )
            self.at += 1
            items.append(Item(here, key, self.expression()))
            kind, _, here = self.tokens[self.at]
            if kind == ",":
                self.at += 1
            elif kind not in ("nl", "}"):
                found = _shown(self.tokens[self.at])
                raise SyntaxProblem(
                    here, f"a line end or a comma must follow a value of an object, found {found}."
                )

    def _is_for(self) -> bool:
        return self.tokens[self.at][:2] == ("id", "for") and self.tokens[self.at + 1][0] == "id"

    def _for(self, line: int, end: str) -> For:
        self.at += 1
        names = [cast(str, self._take("id")[1])]
        if self.tokens[self.at][0] == ",":
            self.at += 1
            names.append(cast(str, self._take("id")[1]))
        word = self._take("id")
        if word[1] != "in":
            raise SyntaxProblem(word[2], f'"in" must follow the names of a for, found {_shown(word)}.')
        collection = self.expression()
        self._take(":")
        key, value, grouped = None, self.expression(), False
        if end == "}":
            self._take("=>")
            key, value = value, self.expression()
            if self.tokens[self.at][0] == "...":
                self.at += 1
                grouped = True
        condition = None
        if self.tokens[self.at][:2] == ("id", "if"):
            self.at += 1
            condition = self.expression()
        self._take(end)
        return For(line, tuple(names), collection, key, value, condition, grouped)

    def _take(self, kind: str) -> Token:
        token = self.tokens[self.at]
        if token[0] != kind:
            wanted = {"eof": '"}"', "id": "a name"}.get(kind, f'"{kind}"')
            raise SyntaxProblem(
                token[2], f"{wanted} must stand here, found {_shown(token)}; check this line."
            )
        self.at += 1
        return token

    def _deeper(self) -> None:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise SyntaxProblem(self.tokens[self.at][2], f"nested deeper than {_DEEPEST} levels; flatten it.")


def _shown(token: Token) -> str:
    kind, value, _ = token
    if kind in ("nl", "eof"):
        return "the end of the line" if kind == "nl" else "the end of the text"
    text = "text" if kind in ("template", "heredoc") else str(value)
    return f'"{text if len(text) <= 40 else text[:37] + "..."}"'
