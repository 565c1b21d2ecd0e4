"""Which variables can change an output is read off the module: never too few, and as few as its files allow."""

from __future__ import annotations

import pytest

from scripts.checks.validate import Library
from scripts.hcl.parser import parse
from scripts.hcl.references import KEYS, references, same
from scripts.live.reach import Reach

QUEUES = """\
variable "name" { type = string }
variable "days" { type = number }
variable "queues" { type = map(object({ delay = number })) }
resource "aws_sqs_queue" "this" {
  for_each                  = var.queues
  name                      = "${var.name}-${each.key}"
  delay_seconds             = each.value.delay
  message_retention_seconds = var.days
}
"""


def expression(text: str):
    body, _ = parse(f"x = {text}\n")
    return body.assignments["x"].value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("var.a", {("var", "a")}, id="a name"),
        pytest.param(
            'dependency.iam.outputs.arns["x"]', {("dependency", "iam", "outputs", "arns", "[x]")}, id="a key"
        ),
        pytest.param(
            "local.a[var.b].c", {("local", "a", "[]", "c"), ("var", "b")}, id="an index that is computed"
        ),
        pytest.param("aws_x.y[*].arn", {("aws_x", "y", "[]", "arn")}, id="a splat"),
        pytest.param('"${var.a}-${local.b}"', {("var", "a"), ("local", "b")}, id="a template"),
        pytest.param(
            "{ for key, one in module.m : key => one.arn }",
            {("module", "m", KEYS), ("module", "m", "[]", "arn")},
            id="a for expression over instances",
        ),
        pytest.param(
            "[for one in var.list : one]", {("var", "list", KEYS), ("var", "list", "[]")}, id="whole entries"
        ),
        pytest.param(
            "[for one in concat(var.a, var.b) : one.c]",
            {("var", "a"), ("var", "b"), ("one", "c")},
            id="over what is computed: all of it",
        ),
    ],
)
def test_references_are_found_as_they_are_written(text, expected):
    assert set(references(expression(text))) == expected


@pytest.mark.parametrize(
    ("one", "two", "equal"),
    [
        pytest.param('"a"', '\n\n"a"', True, id="other lines"),
        pytest.param("{ a = 1, b = [2] }", "{ a = 1, b = [3] }", False, id="another number"),
        pytest.param("true", "1", False, id="a bool is no number"),
        pytest.param("var.a", "var.b", False, id="another name"),
    ],
)
def test_expressions_say_the_same_or_not(one, two, equal):
    assert same([expression(one.strip())], [expression(two.strip())]) is equal


@pytest.mark.parametrize(
    ("value", "reached"),
    [
        pytest.param(
            "aws_sqs_queue.this", {("name", ""), ("days", ""), ("queues", "")}, id="a whole resource"
        ),
        pytest.param(
            "{ for key, queue in aws_sqs_queue.this : key => queue.arn }",
            {("name", ""), ("days", ""), ("queues", "")},
            id="what AWS decides may come of anything",
        ),
        pytest.param(
            "{ for key, queue in aws_sqs_queue.this : key => queue.name }",
            {("name", ""), ("queues", KEYS)},
            id="what is set comes of what it is set to, and of the keys",
        ),
        pytest.param(
            "{ for key, queue in aws_sqs_queue.this : key => queue.delay_seconds }",
            {("queues", "")},
            id="of the values",
        ),
        pytest.param("keys(var.queues)", {("queues", "")}, id="a function of all"),
        pytest.param(
            'aws_sqs_queue.this["a"].message_retention_seconds',
            {("days", ""), ("queues", KEYS)},
            id="of whether it exists at all",
        ),
        pytest.param('"fixed"', set(), id="nothing"),
    ],
)
def test_an_output_comes_of_these_variables(tmp_path, value, reached):
    path = tmp_path / "modules/messaging/queue"
    path.mkdir(parents=True)
    (path / "main.tf").write_text(f'{QUEUES}output "out" {{ value = {value} }}\n')
    assert Reach(Library(tmp_path).read).outputs("modules/messaging/queue")["out"] == reached


PATTERN = """\
variable "name" { type = string }
variable "tags" { type = map(string) }
variable "functions" { type = map(object({ delay = number, role = string })) }
locals { names = { for key, one in var.functions : key => "${var.name}-${key}" } }
module "queues" {
  source = "../../messaging/queue"

  name   = var.name
  days   = length(var.tags)
  queues = { for key, one in var.functions : "${key}-dlq" => { delay = one.delay } }
}
output "names" { value = { for key in keys(var.functions) : key => module.queues.names["${key}-dlq"] } }
output "only_names" { value = module.queues.names }
output "delays" { value = module.queues.delays }
output "arns" { value = module.queues.arns }
output "listed" { value = { for key, name in local.names : key => name } }
"""


@pytest.mark.parametrize(
    ("output", "reached"),
    [
        pytest.param("only_names", {("name", ""), ("functions", KEYS)}, id="keys through a call"),
        pytest.param("delays", {("functions", "delay"), ("functions", KEYS)}, id="one field through a call"),
        pytest.param(
            "arns",
            {("name", ""), ("tags", ""), ("functions", KEYS), ("functions", "delay")},
            id="all of a call",
        ),
        pytest.param(
            "names", {("name", ""), ("functions", "")}, id="a function of all weighs more than keys"
        ),
        pytest.param("listed", {("name", ""), ("functions", KEYS)}, id="through a local"),
    ],
)
def test_an_output_of_a_pattern_comes_of_what_it_hands_down(tmp_path, output, reached):
    outputs = {
        "names": "{ for key, queue in aws_sqs_queue.this : key => queue.name }",
        "delays": "{ for key, queue in var.queues : key => queue.delay }",
        "arns": "[for queue in aws_sqs_queue.this : queue.arn]",
    }
    for path, text in (
        (
            "messaging/queue",
            QUEUES + "".join(f'output "{name}" {{ value = {made} }}\n' for name, made in outputs.items()),
        ),
        ("patterns/shop", PATTERN),
    ):
        (tmp_path / "modules" / path).mkdir(parents=True)
        (tmp_path / "modules" / path / "main.tf").write_text(text)
    assert Reach(Library(tmp_path).read).outputs("modules/patterns/shop")[output] == reached


def test_a_module_that_calls_itself_ends(tmp_path):
    path = tmp_path / "modules/patterns/loop"
    path.mkdir(parents=True)
    (path / "main.tf").write_text(
        'module "self" { source = "../loop" }\noutput "out" { value = module.self.out }\n'
    )
    assert Reach(Library(tmp_path).read).outputs("modules/patterns/loop")["out"] == frozenset()
