"""Many mutants are planned as calls of one example, and each is judged by what its own call makes."""

from __future__ import annotations

import pytest

from scripts.mutation.examples import blamed, called, inventory_of

MODULE = "storage/box"
TEXT = """\
module "parts" {
  source = "./modules/storage/box"

  name = "parts"
}
"""


TWO = """\
module "keys" {
  source = "./modules/security/keys"
}

module "parts" {
  source = "./modules/storage/box"

  name    = "parts"
  key_arn = module.keys.arns["parts"]
}
"""


def test_the_call_of_a_copy_has_a_name_of_its_own_and_the_same_inputs() -> None:
    assert called(TEXT, MODULE, 7) == (
        'module "m7_parts" {\n  source = "./modules/storage/box-m7"\n\n  name = "parts"\n}\n'
    )


def test_another_module_of_the_example_is_called_once_for_each_copy() -> None:
    text = called(TWO, MODULE, 7)
    assert 'module "m7_keys" {\n  source = "./modules/security/keys"\n' in text
    assert 'key_arn = module.m7_keys.arns["parts"]' in text


@pytest.mark.parametrize(
    ("error", "numbers"),
    [
        pytest.param("Error: Bad (modules/storage/box-m1/main.tf:3)\nno", {1}, id="in a copy's file"),
        pytest.param("Error: Invalid value (main.tf:9)\nno", {4}, id="at the second call"),
        pytest.param("Error: A (main.tf:1)\n\nError: B (modules/storage/box-m4/x.tf:1)", {1, 4}, id="both"),
        pytest.param("Error: Out of memory", set(), id="at none"),
    ],
)
def test_terraform_names_the_copy_that_it_refuses(error: str, numbers: set[int]) -> None:
    calls = {number: called(TEXT, MODULE, number) for number in (1, 4)}
    assert set(blamed(error, MODULE, calls)) == numbers


def test_what_the_calls_make_is_written_as_if_they_were_the_only_ones() -> None:
    children = [
        {
            "address": f"module.m{number}_{name}",
            "resources": [{"address": f"module.m{number}_{name}.aws_box.this", "values": {"days": number}}],
        }
        for number in (1, 11)
        for name in ("parts", "keys")
    ]
    plan = {"planned_values": {"root_module": {"child_modules": children}}}
    for number in (1, 11):
        assert inventory_of(plan, number) == (
            f"module.keys.aws_box.this\n  days = {number}\nmodule.parts.aws_box.this\n  days = {number}\n"
        )
