"""The HCL reader agrees with Terraform on what is HCL, keeps lines, and never falls over."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts import processes, toolchain
from scripts.hcl.evaluate import evaluate
from scripts.hcl.lexer import SyntaxProblem
from scripts.hcl.nodes import Literal, Template
from scripts.hcl.parser import parse, parse_expression
from scripts.hcl.writer import text_of_expression

REPOSITORY = Path(__file__).resolve().parents[2]
SNIPPETS = (
    *(
        "{",
        "}",
        "[",
        "]",
        "(",
        ")",
        '"',
        "${",
        "%{",
        "=",
        "==",
        "\n",
        ",",
        ".",
        "*",
        "?",
        ":",
        '"a"',
        "a",
        "1",
    ),
    *(
        "-",
        "!",
        "=>",
        "...",
        "for",
        "if",
        "<<E\n",
        "#",
        "/*",
        "\\",
        "$",
        "%",
        "é",
        "\t",
        "null",
        "~",
        '${"a"}',
    ),
    *("a.b[*].c", "a.0", "{a=1}", "[for x in y : x]", "&&", "|", "'", ";", "@", "true ?\n", "= \n"),
)


def is_hcl(text: str) -> bool:
    """Whether our reader takes *text*."""
    try:
        parse(text)
    except SyntaxProblem:
        return False
    return True


def mutated(chance: random.Random, text: str) -> str:
    """*text* with something put in, taken out or doubled at one place."""
    at = chance.randrange(len(text))
    length = chance.randint(1, 5)
    return chance.choice(
        (
            text[:at] + chance.choice(SNIPPETS) + text[at:],
            text[:at] + text[at + length :],
            text[:at] + text[at - length : at] + text[at:],
        )
    )


def test_what_terraform_refuses_as_hcl_is_refused_here_and_nothing_else(tmp_path):
    chance = random.Random(20261121)
    sources = sorted(REPOSITORY.glob("modules/*/*/*.tf")) + sorted(REPOSITORY.glob("live/**/*.hcl"))
    texts = [mutated(chance, chance.choice(sources).read_text()) for _ in range(400)]
    for number, text in enumerate(texts):
        (tmp_path / f"{number}.tf").write_text(text)
    words = [toolchain.terraform(), "fmt", "-list=false", "-write=false", "-no-color", tmp_path]
    said = processes.run(words, check=False, timeout=300).err
    refused = {int(number) for number in re.findall(r"(\d+)\.tf line", said)}
    assert 50 < len(refused) < 350
    assert {number for number, text in enumerate(texts) if not is_hcl(text)} == refused


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused_with_a_line_of_it(text):
    try:
        parse(text)
    except SyntaxProblem as problem:
        assert 1 <= problem.line <= text.count("\n") + 1
        assert problem.message.endswith((".", '"'))


@given(st.text(alphabet='{}[]()"$%\\=,:.?\n ab1#/*<E-!', max_size=80))
def test_any_pile_of_signs_is_read_or_refused_with_a_line_of_it(text):
    try:
        parse(text)
    except SyntaxProblem as problem:
        assert 1 <= problem.line <= text.count("\n") + 1


def quoted(text: str) -> str:
    """*text* as an HCL string."""
    escapes = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
    plain = "".join(escapes.get(sign, sign) for sign in text)
    return '"' + plain.replace("${", "$${").replace("%{", "%%{") + '"'


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_any_string_comes_back_as_it_was_quoted(text):
    assert evaluate(parse_expression(quoted(text))) == text


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.text(alphabet='abc ${}%"\\\né', max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("abc_", min_size=1), inner, max_size=3)
    ),
    max_leaves=12,
)


def as_hcl(value: object) -> str:
    """A value written as HCL."""
    match value:
        case None:
            return "null"
        case bool():
            return str(value).lower()
        case str():
            return quoted(value)
        case list():
            return f"[{', '.join(map(as_hcl, value))}]"
        case dict():
            return "{" + ", ".join(f"{quoted(key)} = {as_hcl(inner)}" for key, inner in value.items()) + "}"
        case _:
            return str(value)


@given(VALUES)
def test_any_value_comes_back_as_it_was_written(value):
    assert evaluate(parse_expression(as_hcl(value))) == value


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('optional(string, "a")', id="a call"),
        pytest.param('["a", 1, true, null]', id="a list"),
        pytest.param("{ a = 1, b-c = [] }", id="an object"),
        pytest.param("{}", id="an empty object"),
        pytest.param("var.a.b", id="a reference"),
    ],
)
def test_an_expression_is_written_as_it_was_read(text):
    assert text_of_expression(parse_expression(text)) == text


def test_every_assignment_and_block_knows_its_line():
    body, comments = parse(
        '# one\na = 1 # two\n\nb = [\n  1,\n  <<-EOT\n    x\n  EOT\n]\nblock "x" {\n  c = 3\n}\n'
    )
    assert {name: found.line for name, found in body.assignments.items()} == {"a": 2, "b": 4}
    assert [(block.line, block.end, block.labels) for block in body.blocks] == [(10, 12, ("x",))]
    assert body.blocks[0].body.assignments["c"].line == 11
    assert comments == {1: "# one", 2: "# two"}


def test_an_indented_heredoc_loses_its_indent_and_keeps_its_lines():
    body, _ = parse("a = <<-EOT\n    one\n      two\n  EOT\n")
    value = body.assignments["a"].value
    assert isinstance(value, Template)
    assert [part.value for part in value.parts if isinstance(part, Literal)] == ["one\n  two\n"]


def test_a_long_string_with_an_interpolation_is_read_in_linear_time():
    text = 'a = "' + "x y-z " * 20_000 + '${var.b}"\n'
    body, _ = parse(text)
    assert isinstance(body.assignments["a"].value, Template)
