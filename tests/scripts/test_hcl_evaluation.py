"""What is evaluated here gives Terraform's answer; what cannot be known stays open."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.hcl.evaluate import MISSING, Failed, Scope, Unknown, evaluate
from scripts.hcl.fitting import Fitting
from scripts.hcl.functions import TERRAFORM
from scripts.hcl.parser import parse_expression
from scripts.hcl.types import described, type_of, written

SCOPE = Scope(
    {
        "var": {
            "a": 5,
            "list": ["x", "y"],
            "map": {"k": {"n": 1}, "l": {"n": 2}},
            "none": None,
            "later": MISSING,
        }
    },
    TERRAFORM,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 + 2 * 3", 7),
        ("(1 + 2) * 3", 9),
        ("10 - 4 - 3", 3),
        ("7 % 4", 3),
        ("-var.a", -5),
        ("var.a > 4 && var.a < 6", True),
        ("!(var.a == 5)", False),
        ('"5" == 5', False),
        ("true == 1", False),
        ("var.none == null", True),
        ('var.a > 4 ? "big" : "small"', "big"),
        ('"${var.a}-${var.list[1]}"', "5-y"),
        ("var.map.k.n", 1),
        ('var.map["l"].n', 2),
        ('contains(var.list, "x")', True),
        ("length(var.map)", 2),
        ("alltrue([for one in var.map : one.n >= 1])", True),
        ("anytrue([for key, one in var.map : one.n > 2])", False),
        ("[for key, one in var.map : key if one.n > 1]", ["l"]),
        ("{ for key, one in var.map : key => one.n }", {"k": 1, "l": 2}),
        ("{ for one in var.list : length(one) => one... }", {"1": ["x", "y"]}),
        ('can(regex("^[a-z]+$", "abc"))', True),
        ('can(regex("^[a-z]+$", "abc\\n"))', False),
        ('regexall("[0-9]", "a1b2")', ["1", "2"]),
        ('can(cidrhost("10.0.0.0/33", 0))', False),
        ('cidrsubnet("10.0.0.0/16", 8, 2)', "10.0.2.0/24"),
        ('cidrsubnet("10.0.1.7/24", 0, 0)', "10.0.1.0/24"),
        ("try(var.map.zzz, 3)", 3),
        ('setsubtract(["a", "b"], ["b"])', ["a"]),
        ('merge({ a = 1 }, null, { a = 2, b = 3 })', {"a": 2, "b": 3}),
        ('format("%s of %d: %q", "a", 2, "b")', 'a of 2: "b"'),
        ('jsonencode({ b = [1, 2.0], a = "é" })', '{"a":"é","b":[1,2]}'),
        ('jsonencode("a<b")', '"a\\u003cb"'),
        ('split("/", "10.0.0.0/16")[1] >= 16', True),
        ('join("-", ["a", 1])', "a-1"),
        ('coalesce("", null, "c")', "c"),
        ("var.later == 1 || true", True),
        ("false && var.later == 1", False),
        ("var.none == null || var.none.x > 1", True),
        ("var.list[*]", ["x", "y"]),
        ("values(var.map)[*].n", [1, 2]),
        ("var.none[*].n", []),
        ("one(var.map.k[*].n)", 1),
        ("values(var.map).*.n", [1, 2]),
        ("alltrue([false, var.later])", False),
        ("anytrue([true, var.later])", True),
        ("alltrue([])", True),
        ("anytrue([])", False),
        ("alltrue([true, null])", False),
        ('keys(jsondecode("{\\"a\\":1}"))', ["a"]),
        ('strcontains("abc", "b")', True),
        ("tostring(null) == null", True),
        ("flatten([[1, [2]], 3])", [1, 2, 3]),
        ("tonumber(\"4\") + 1", 5),
    ],
)  # fmt: skip
def test_an_expression_has_terraforms_answer(text, expected):
    assert evaluate(parse_expression(text), SCOPE) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("var.later", id="a value known after apply"),
        pytest.param("aws_sqs_queue.this.arn", id="a resource"),
        pytest.param("data.aws_region.current.name", id="a data source"),
        pytest.param('templatefile("x", {})', id="a function that reads files"),
        pytest.param("timestamp()", id="the clock"),
        pytest.param('regex("[[:alpha:]]", "a")', id="a regular expression of Go alone"),
        pytest.param("jsonencode([var.later])", id="a function of something unknown"),
        pytest.param("var.later && true", id="a side that would decide"),
        pytest.param("length(flatten([var.list, [var.later]]))", id="a length that may grow"),
        pytest.param("alltrue([true, var.later])", id="a rule that one value decides"),
        pytest.param('"%{ if true }a%{ endif }"', id="a template directive"),
    ],
)
def test_what_only_terraform_can_know_stays_open(text):
    with pytest.raises(Unknown):
        evaluate(parse_expression(text), SCOPE)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("var.map.zzz", id="no such attribute"),
        pytest.param("var.list[9]", id="no such index"),
        pytest.param('"a" + 1', id="text plus number"),
        pytest.param("1 / 0", id="a division by zero"),
        pytest.param('regex("b", "a")', id="no match"),
        pytest.param('tonumber("x")', id="no number"),
        pytest.param("length(5)", id="the length of a number"),
        pytest.param("lower([])", id="a list in capitals"),
        pytest.param('"a${[]}"', id="a list in a text"),
    ],
)
def test_what_would_stop_terraform_fails_here(text):
    with pytest.raises(Failed):
        evaluate(parse_expression(text), SCOPE)


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("string", "5", "5"),
        ("string", "true", "true"),
        ("number", '"5"', 5),
        ("bool", '"true"', True),
        ("set(string)", '["b", "a", "b"]', ["a", "b"]),
        ("list(number)", '["1", 2]', [1, 2]),
        ("map(string)", "{ a = 1 }", {"a": "1"}),
        ("object({ a = optional(number, 3) })", "{}", {"a": 3}),
        ("object({ a = optional(number, 3) })", "{ a = null }", {"a": 3}),
        ("object({ a = optional(number) })", "{}", {"a": None}),
        ("object({ a = optional(object({ b = optional(bool, true) }), {}) })", "{}", {"a": {"b": True}}),
        ("tuple([string, number])", '[1, "2"]', ["1", 2]),
        ("any", "[1, {}]", [1, {}]),
    ],
)
def test_a_value_is_converted_as_terraform_does_it(kind, text, expected):
    fitting = Fitting(Scope({}, TERRAFORM))
    assert fitting.fit(parse_expression(text), type_of(parse_expression(kind)), "it") == expected
    assert fitting.mismatches == []


TYPES = st.recursive(
    st.sampled_from(["string", "number", "bool", "any"]),
    lambda inner: st.one_of(
        st.tuples(st.sampled_from(["list", "set", "map"]), inner).map(lambda pair: f"{pair[0]}({pair[1]})"),
        st.lists(inner, max_size=3).map(lambda items: f"tuple([{', '.join(items)}])"),
        st.dictionaries(st.sampled_from("abc"), inner, max_size=3).map(
            lambda fields: (
                "object({" + ", ".join(f"{key} = optional({kind})" for key, kind in fields.items()) + "})"
            )
        ),
    ),
    max_leaves=8,
)


@given(TYPES)
def test_any_type_comes_back_as_it_was_written(text):
    kind = type_of(parse_expression(text))
    assert type_of(parse_expression(written(kind))) == kind
    assert described(kind)


@given(
    TYPES, st.sampled_from(["1", '"a"', "true", "null", "[]", "{}", '[1, "a"]', "{ a = [] }", "{ z = 1 }"])
)
def test_any_value_fits_any_type_or_is_told_apart_with_its_place(kind, text):
    fitting = Fitting(Scope({}, TERRAFORM))
    fitting.fit(parse_expression(text), type_of(parse_expression(kind)), "it")
    assert all(wrong.place.startswith("it") and wrong.line == 1 for wrong in fitting.mismatches)
