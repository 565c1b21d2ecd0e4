"""Each house rule of lint catches the one thing it is for, where it stands, and leaves good code alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.docs.module_readme import BEGIN, END, filled, main, outdated, write
from scripts.lint import lint
from scripts.lint.files import wrong_files
from scripts.lint.formatting import unformatted
from scripts.lint.module_rules import wrong_module
from scripts.live.modules import read_module, with_calls
from tests.scripts.scratch import build

PATH = "modules/messaging/topic"
GOOD = """\
variable "name" {
  description = "Name of the topic."
  type        = string
}

variable "quiet" {
  description = "Whether nobody is told."
  type        = bool
  default     = false
}

locals {
  shown = var.quiet ? "" : var.name
}

resource "aws_sns_topic" "this" {
  name         = var.name
  display_name = local.shown
}

data "aws_iam_policy_document" "this" {}

output "arn" {
  description = "ARN of the topic."
  value       = aws_sns_topic.this.arn
}
"""


def module_in(root: Path, text: str, path: str = PATH):
    """A module with this one file."""
    (root / path).mkdir(parents=True)
    (root / path / "main.tf").write_text(text)
    return read_module(root, path)


def test_a_good_module_has_no_finding(tmp_path):
    assert list(wrong_module(tmp_path, module_in(tmp_path, GOOD))) == []


@pytest.mark.parametrize(
    ("old", "new", "rule", "says"),
    [
        pytest.param(
            '  description = "Name of the topic."\n', "", "description", '"name" has no', id="a variable"
        ),
        pytest.param(
            '"Name of the topic."', '" "', "description", '"name" has no', id="an empty description"
        ),
        pytest.param(
            '  description = "ARN of the topic."\n', "", "description", 'output "arn"', id="an output"
        ),
        pytest.param("type        = string", "type        = any", "any", "every typo", id="any"),
        pytest.param("type        = string", "type        = map(any)", "any", "every typo", id="any inside"),
        pytest.param("  type        = string\n", "", "type", "has no type", id="no type"),
        pytest.param('"this" {\n  name', '"this" {\n  other', "unused", "", id="used elsewhere is used"),
        pytest.param("local.shown", '"x"', "unused", 'the local "shown" is not used', id="an unused local"),
        pytest.param(
            'var.quiet ? "" : var.name', '""', "unused", '"quiet" reaches nothing', id="an unused variable"
        ),
        pytest.param(
            "locals {", 'provider "aws" {}\nlocals {', "provider", "no provider block", id="a provider"
        ),
        pytest.param(
            "locals {",
            'terraform {\n  backend "s3" {}\n}\nlocals {',
            "backend",
            "no backend block",
            id="a backend",
        ),
        pytest.param(
            "locals {",
            "terraform {\n  cloud {}\n}\nlocals {",
            "backend",
            "no cloud block",
            id="Terraform Cloud",
        ),
        pytest.param(
            "locals {",
            "terraform {\n  required_providers {\n    random = {}\n  }\n}\nlocals {",
            "provider",
            'no module needs the provider "random"',
            id="another provider",
        ),
        pytest.param(
            "locals {",
            'module "x" {\n  source = "../y"\n}\nlocals {',
            "module-call",
            "only a pattern",
            id="a call",
        ),
        pytest.param(
            '"aws_iam_policy_document"',
            '"aws_caller_identity"',
            "data-source",
            "asks AWS",
            id="an online data source",
        ),
        pytest.param(
            '"aws_sns_topic" "this" {',
            '"aws_security_group" "this" {\n  ingress {}',
            "inline-rule",
            '"ingress" inside aws_security_group',
            id="an in-line rule",
        ),
        pytest.param(
            '"aws_sns_topic" "this" {',
            '"aws_network_acl" "this" {\n  dynamic "egress" {}',
            "inline-rule",
            '"egress" inside',
            id="a dynamic in-line rule",
        ),
        pytest.param(
            '"aws_sns_topic" "this" {',
            '"aws_iam_role" "this" {\n  managed_policy_arns = []',
            "inline-rule",
            "managed_policy_arns",
            id="an in-line list",
        ),
        pytest.param(
            'var.quiet ? "" : var.name',
            'var.environment == "prod" ? "" : var.name',
            "environment-switch",
            "decides by the environment's name",
            id="a branch on the environment",
        ),
        pytest.param(
            "  display_name",
            "  lifecycle {\n    ignore_changes = [tags]\n  }\n  display_name",
            "ignore-changes",
            "say why",
            id="ignored changes",
        ),
    ],
)
def test_a_broken_rule_is_told_with_its_file(tmp_path, old, new, rule, says):
    assert old in GOOD
    found = list(wrong_module(tmp_path, module_in(tmp_path, GOOD.replace(old, new, 1))))
    ours = [finding for finding in found if finding.rule == rule]
    assert bool(ours) == bool(says)
    assert all(says in finding.message and finding.path == f"{PATH}/main.tf" for finding in ours)
    assert all(finding.line > 0 for finding in ours)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "  # The pipeline sets it.\n  lifecycle {\n    ignore_changes = [tags]\n  }\n",
            id="above the block",
        ),
        pytest.param(
            "  lifecycle {\n    # The pipeline sets it.\n    ignore_changes = [tags]\n  }\n",
            id="above the line",
        ),
        pytest.param(
            "  lifecycle {\n    ignore_changes = [tags] # The pipeline sets it.\n  }\n", id="on the line"
        ),
    ],
)
def test_ignored_changes_with_a_reason_are_left_alone(tmp_path, text):
    changed = GOOD.replace("  display_name", text + "  display_name", 1)
    assert list(wrong_module(tmp_path, module_in(tmp_path, changed))) == []


def test_a_variable_that_only_its_own_rule_reads_reaches_nothing(tmp_path):
    rule = '  validation {\n    condition     = var.quiet\n    error_message = "x"\n  }\n}\n\nlocals {'
    text = GOOD.replace("}\n\nlocals {", rule, 1).replace('var.quiet ? "" : var.name', "var.name", 1)
    assert [finding.rule for finding in wrong_module(tmp_path, module_in(tmp_path, text))] == ["unused"]


def test_a_variable_that_a_rule_compares_with_another_is_used(tmp_path):
    rule = '  validation {\n    condition     = var.quiet || var.name != ""\n    error_message = "x"\n  }\n}\n\nlocals {'
    text = GOOD.replace("}\n\nlocals {", rule, 1).replace('var.quiet ? "" : var.name', "var.name", 1)
    assert list(wrong_module(tmp_path, module_in(tmp_path, text))) == []


def test_a_module_with_too_many_variables_is_told_to_be_two(tmp_path):
    more = "".join(
        f'variable "v{n}" {{\n  description = "x"\n  type = string\n}}\noutput "o{n}" {{\n  description = "x"\n'
        f"  value = var.v{n}\n}}\n"
        for n in range(24)
    )
    found = list(wrong_module(tmp_path, module_in(tmp_path, GOOD + more)))
    assert [finding.message for finding in found] == ["26 variables; more than 25 mean two modules."]


@pytest.mark.parametrize(
    ("name", "text", "rule", "line"),
    [
        pytest.param("a.py", "x = 1\n# TO" + "DO later\n", "unfinished", 2, id="unfinished work"),
        pytest.param("a.tf", "# FIX" + "ME\n", "unfinished", 1, id="unfinished HCL"),
        pytest.param("a.md", "see /ho" + "me/jo/project\n", "machine-path", 1, id="a home folder"),
        pytest.param("a.md", "see /Us" + "ers/jo/project\n", "machine-path", 1, id="a home folder of a Mac"),
        pytest.param("a.txt", "--index" + "-url x\n", "index-address", 1, id="a package index"),
        pytest.param("test_a.py", "\n@pytest.mark.sk" + "ip\n", "skipped-test", 2, id="a skipped test"),
        pytest.param("a.py", "x = 1\n" * 401, "file-length", 401, id="a long file"),
        pytest.param(".github/a.yml", "# TO" + "DO\n", "unfinished", 1, id="a workflow"),
    ],
)
def test_a_file_that_breaks_a_rule_is_told_with_its_line(tmp_path, name, text, rule, line):
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text(text)
    assert [(found.path, found.rule, found.line) for found in wrong_files(tmp_path)] == [(name, rule, line)]


def test_the_folder_of_the_checkout_is_named_nowhere(tmp_path):
    (tmp_path / "a.py").write_text(f'x = "{tmp_path}/a"\n')
    assert [found.rule for found in wrong_files(tmp_path)] == ["machine-path"]


@pytest.mark.parametrize("name", [".cache/a.py", "artifacts/a.py", "__pycache__/a.py", "a.png"])
def test_what_a_run_makes_is_not_looked_at(tmp_path, name):
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text("# TO" + "DO\n")
    assert list(wrong_files(tmp_path)) == []


def test_a_file_that_terraform_would_format_is_told(tmp_path):
    build(tmp_path, {"live/dev/env.hcl": 'locals {\n  a = "x"\n  long = "y"\n}\n'})
    (tmp_path / PATH).mkdir(parents=True)
    (tmp_path / PATH / "main.tf").write_text("locals {\na = 1\n}\n")
    told = {finding.path for finding in unformatted(tmp_path)}
    assert {"live/dev/env.hcl", f"{PATH}/main.tf"} <= told
    assert "terragrunt.hcl" not in told


README = f"# topic\n\n{BEGIN}\nold\n{END}\nafter\n"


def test_the_tables_say_what_the_module_takes_and_gives(tmp_path):
    text = filled(README, module_in(tmp_path, GOOD))
    assert text is not None
    assert "| `name` | Name of the topic. | `string` | required |" in text
    assert "| `quiet` | Whether nobody is told. | `bool` | `false` |" in text
    assert "| `arn` | ARN of the topic. |" in text
    assert text.index("`name`") < text.index("`quiet`")
    assert text.startswith("# topic\n") and text.endswith(f"{END}\nafter\n")
    assert "\nold\n" not in text


def test_a_long_type_stands_below_the_table_with_its_defaults(tmp_path):
    kind = 'map(object({ first = string, second = optional(number, 3), third = optional(list(string), ["a|b"]) }))'
    text = filled(README, module_in(tmp_path, GOOD.replace("= string", f"= {kind}", 1)))
    assert text is not None
    assert "| `map(object({...}))` | required |" in text
    assert '  third  = optional(list(string), ["a|b"])\n}))\n```' in text


def test_a_sign_that_would_break_the_table_is_escaped(tmp_path):
    text = filled(README, module_in(tmp_path, GOOD.replace("Name of the topic.", "One of a|b, <name>.", 1)))
    assert text is not None
    assert "One of a\\|b, \\<name>." in text


def test_a_readme_that_is_not_current_is_told_and_mended_once(tmp_path):
    module_in(tmp_path, GOOD)
    readme = tmp_path / PATH / "README.md"
    assert [finding.rule for finding in outdated(tmp_path, [PATH])] == ["readme-markers"]
    readme.write_text(README)
    assert [(finding.rule, finding.line) for finding in outdated(tmp_path, [PATH])] == [
        ("readme-outdated", 3)
    ]
    assert write(tmp_path, [PATH]) == (f"{PATH}/README.md",)
    assert list(outdated(tmp_path, [PATH])) == []
    assert write(tmp_path, [PATH]) == ()


def test_the_command_ends_with_2_when_a_readme_is_not_current(capsys):
    assert main(["--check", "modules/none/none"]) == 2
    assert "README is missing" in capsys.readouterr().out


def test_lint_tells_findings_of_every_kind_in_one_list(tmp_path):
    build(tmp_path, {"live/dev/env.hcl": "locals {\na = 1\n}\n", "notes.md": "TO" + "DO\n"})
    rules = {finding.rule for finding in lint(tmp_path)}
    assert {"format", "unfinished", "description", "readme-markers"} <= rules


def test_a_pattern_is_read_with_the_modules_it_calls(tmp_path):
    build(tmp_path)
    found = with_calls(tmp_path, "modules/patterns/shop")
    assert [module.path for module in found] == ["modules/messaging/queue", "modules/patterns/shop"]
