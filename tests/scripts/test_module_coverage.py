"""What a module's tests left unshown is named: settings down to fields, rules by place, outputs, repetitions."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.docs import refusals
from scripts.live.modules import Module, read_module
from scripts.machine import REPOSITORY
from scripts.module_coverage.bounds import NEVER_NONE, Bounds, bounds
from scripts.module_coverage.gaps import compare, repeated
from scripts.module_coverage.seen import Seen, counted, rules_in
from scripts.module_coverage.settings import changed, settings
from tests.modules.refusals import variables_alone

PATH = "modules/storage/box"
VARIABLES = """\
variable "name" {
  type = string

  validation {
    condition     = length(var.name) < local.longest
    error_message = "at most ${local.longest}."
  }
}

variable "doors" {
  type = map(object({
    width  = number
    locked = optional(bool, true)
    keys   = optional(object({ copies = optional(number, 1) }), {})
  }))
  default = {}
}
"""
MAIN = """\
locals {
  longest = 5
  unused  = aws_box.this.id
}

resource "aws_box" "this" {
  name = var.name

  lifecycle {
    precondition {
      condition     = var.name != "x"
      error_message = "not x."
    }
  }
}

resource "aws_door" "this" {
  for_each = var.doors
  width    = each.value.width
}

resource "aws_lid" "this" {
  count = var.name == "open" ? 0 : 1
}

output "id" { value = aws_box.this.id }
output "name" { value = var.name }
"""
NEEDED = """
variable "needed" {
  type = map(string)

  validation {
    condition     = length(var.needed) > 0 && !contains(keys(var.needed), "x")
    error_message = "one at least."
  }
}

locals {
  pair = { a = 1, b = 2 }
}

data "aws_box" "none" {
  count = var.name == "x" ? 1 : 0
}
"""
MOCKED = """\
run "applied" {
  assert {
    condition     = output.id == aws_box.this.id
    error_message = "no"
  }
}
"""
RULE = "variables.tf:4"
ERROR = """\
Error: Invalid value for variable
at most 5; got "longer".

This was checked by the validation rule at variables.tf:4,3-13.

Error: Resource precondition failed (main.tf:11)
not x."""


@pytest.fixture
def module(tmp_path: Path) -> Module:
    folder = tmp_path / PATH
    folder.mkdir(parents=True)
    (folder / "variables.tf").write_text(VARIABLES)
    (folder / "main.tf").write_text(MAIN)
    return read_module(tmp_path, PATH)


def test_a_setting_is_a_variable_or_a_field_at_any_depth(module: Module) -> None:
    assert list(settings(module)) == [
        "name",
        "doors",
        "doors.*.width",
        "doors.*.locked",
        "doors.*.keys",
        "doors.*.keys.copies",
    ]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        pytest.param({"name": "a"}, {"name"}, id="a required one, by being set"),
        pytest.param({"doors": {}}, set(), id="the default, written down"),
        pytest.param(
            {"doors": {"a": {"width": 1}}}, {"doors", "doors.*.width"}, id="an entry, its field required"
        ),
        pytest.param(
            {"doors": {"a": {"width": 1, "locked": True, "keys": {"copies": 1}}}},
            {"doors", "doors.*.width"},
            id="defaults of fields, written down",
        ),
        pytest.param(
            {"doors": {"a": {"width": 1, "locked": False, "keys": {"copies": 2}}}},
            {"doors", "doors.*.width", "doors.*.locked", "doors.*.keys", "doors.*.keys.copies"},
            id="fields away from their defaults",
        ),
    ],
)
def test_only_what_differs_from_the_default_counts_as_set(
    module: Module, values: dict[str, object], expected: set[str]
) -> None:
    assert set(changed(module, values)) == expected  # type: ignore[arg-type]


def test_the_error_tells_which_rules_were_broken() -> None:
    assert rules_in(ERROR) == {RULE: 'at most 5; got "longer".', "main.tf:11": "not x."}


def test_an_error_of_another_kind_breaks_no_rule() -> None:
    assert rules_in("Error: Missing required argument\nThe rule at variables.tf:4 is not meant.") == {}


def test_instances_are_counted_by_block_and_other_addresses_are_not() -> None:
    addresses = ['aws_door.this["a"]', 'aws_door.this["b"]', "aws_box.this"]
    assert counted(["aws_door.this", "aws_lid.this"], addresses) == {"aws_door.this": 2, "aws_lid.this": 0}


def test_everything_is_missing_before_the_first_test(module: Module) -> None:
    found = compare(module, Seen())
    assert (found.variables.shown, found.variables.total) == (0, 6)
    assert found.rules.missing == ("variables.tf:4 (var.name)", "main.tf:11 (aws_box.this)")
    assert (found.outputs.missing, found.complete) == (("id", "name"), False)
    assert found.repetitions.missing == (
        "aws_door.this: never none",
        "aws_door.this: never several",
        "aws_lid.this: never none",
        "aws_lid.this: never one",
    )


def test_a_module_is_complete_when_settings_rules_outputs_and_repetitions_were_shown(module: Module) -> None:
    counts = {"aws_door.this": {0, 2}, "aws_lid.this": {0, 1}}
    seen = Seen(set(settings(module)), {RULE: {"a"}, "main.tf:11": {"b"}}, {"name", "id"}, counts)
    assert compare(module, seen).complete
    assert compare(module, seen).repetitions.total == 4


@pytest.mark.parametrize(
    ("counts", "missing"),
    [
        pytest.param({0, 1}, ("aws_door.this: never several",), id="one is not several"),
        pytest.param({1, 3}, ("aws_door.this: never none",), id="never without"),
    ],
)
def test_a_repetition_that_was_not_shown_keeps_a_module_incomplete(
    module: Module, counts: set[int], missing: tuple[str, ...]
) -> None:
    counted = {"aws_door.this": counts, "aws_lid.this": {0, 1}}
    seen = Seen(set(settings(module)), {RULE: {"a"}, "main.tf:11": {"b"}}, {"name", "id"}, counted)
    found = compare(module, seen)
    assert (found.repetitions.missing, found.complete) == (missing, False)


@pytest.mark.parametrize(
    ("written", "possible"),
    [
        pytest.param("count = var.name == null ? 0 : 1", Bounds(0, 1), id="a switch"),
        pytest.param("count = var.a ? 0 : var.b ? 0 : 1", Bounds(0, 1), id="a switch of two"),
        pytest.param("count = length(var.doors)", Bounds(0, None), id="as many as the caller says"),
        pytest.param("count = length(data.aws_box.none)", Bounds(0, 1), id="as many as of a data source"),
        pytest.param("for_each = var.doors", Bounds(0, None), id="the caller's entries"),
        pytest.param(
            "for_each = var.needed", Bounds(1, None), id="the caller's entries, of which there are some"
        ),
        pytest.param('for_each = toset(["a", "b"])', Bounds(2, 2), id="two names"),
        pytest.param('for_each = var.name == null ? [] : toset(["a"])', Bounds(0, 1), id="one name or none"),
        pytest.param("for_each = local.pair", Bounds(2, 2), id="two entries of a local"),
        pytest.param(
            "for_each = { for k, v in local.pair : k => v if v != null }",
            Bounds(0, 2),
            id="some of two entries",
        ),
        pytest.param(
            "for_each = { for k, v in local.pair : k => v }", Bounds(2, 2), id="two entries, turned"
        ),
        pytest.param("for_each = merge(local.pair, var.doors)", Bounds(2, None), id="two entries and more"),
        pytest.param("for_each = merge(local.pair, { c = 1 })", Bounds(2, 3), id="two entries and a third"),
        pytest.param("for_each = { (var.name) = 1, b = 2 }", Bounds(1, 2), id="names that may be the same"),
        pytest.param("for_each = merge([for d in var.doors : d]...)", Bounds(0, None), id="anything else"),
    ],
)
def test_how_many_there_can_be_is_read_from_what_is_written(
    tmp_path: Path, written: str, possible: Bounds
) -> None:
    folder = tmp_path / PATH
    folder.mkdir(parents=True)
    (folder / "variables.tf").write_text(VARIABLES + NEEDED)
    (folder / "main.tf").write_text(f'resource "aws_try" "this" {{\n  {written}\n}}\n')
    assert repeated(read_module(tmp_path, PATH)) == {"aws_try.this": possible}


@pytest.mark.parametrize(("path", "labels"), NEVER_NONE)
def test_what_is_said_never_to_be_none_is_a_resource_that_reads_as_if_it_could(
    path: str, labels: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    module = read_module(REPOSITORY, path)
    (block,) = [
        block
        for source in module.sources
        for block in source.body.of_type("resource")
        if block.labels == labels
    ]
    assert not bounds(module, block).can_be_none
    monkeypatch.delitem(NEVER_NONE, (path, labels))
    assert bounds(module, block).can_be_none


def test_an_output_that_a_mocked_apply_asserts_was_shown(module: Module) -> None:
    tests = module.sources[0].path.parent / "tests"
    tests.mkdir()
    (tests / "applied.tftest.hcl").write_text(MOCKED)
    assert compare(module, Seen()).outputs.missing == ("name",)


def test_what_two_workers_saw_is_one() -> None:
    one, other = Seen({"a"}, {RULE: {"x"}}, {"id"}, {"b": {0}}), Seen({"c"}, {RULE: {"y"}}, set(), {"b": {2}})
    one.add(other.to_json())
    assert one == Seen({"a", "c"}, {RULE: {"x", "y"}}, {"id"}, {"b": {0, 2}})


def test_the_copy_that_is_asked_for_refusals_holds_variables_what_they_need_and_every_line_in_its_place(
    module: Module,
) -> None:
    texts = variables_alone(module.sources[0].path.parent)
    assert texts["variables.tf"].split("\n")[:10] == VARIABLES.split("\n")[:10]
    kept = [line for line in texts["main.tf"].splitlines() if line]
    assert kept == ["locals {", "  longest = 5", "}"]
    assert len(texts["main.tf"].splitlines()) == len(MAIN.splitlines())


def test_a_page_shows_the_shortest_refusal_of_each_rule(module: Module, tmp_path: Path) -> None:
    made = refusals.pages([module], {"storage/box": {RULE: {"longer | text", "a|b"}}})
    assert "| `var.name` | a\\|b |" in made["storage.md"]
    assert "| `aws_box.this` | (no test provokes this) |" in made["storage.md"]
    assert "| [storage](storage.md) | 1 | 2 |" in made["README.md"]


def test_a_page_that_says_something_else_is_named_until_it_is_written_anew(
    module: Module, tmp_path: Path
) -> None:
    made = refusals.pages([module], {})
    assert refusals.outdated(tmp_path, made) == ["docs/refusals/README.md", "docs/refusals/storage.md"]
    refusals.write(tmp_path, made)
    (tmp_path / "docs/refusals/gone.md").write_text("of a domain that is no more")
    assert refusals.outdated(tmp_path, made) == ["docs/refusals/gone.md"]
    refusals.write(tmp_path, made)
    assert refusals.outdated(tmp_path, made) == []
