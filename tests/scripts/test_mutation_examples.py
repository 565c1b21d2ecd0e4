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


def test_the_call_of_a_copy_has_a_name_of_its_own_and_the_same_inputs() -> None:
    assert called(TEXT, MODULE, 7) == (
        'module "m7" {\n  source = "./modules/storage/box-m7"\n\n  name = "parts"\n}\n'
    )


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


def test_what_a_call_makes_is_written_as_if_it_were_the_only_one() -> None:
    children = [
        {
            "address": f"module.m{number}",
            "resources": [{"address": f"module.m{number}.aws_box.this", "values": {"days": number}}],
        }
        for number in (1, 11)
    ]
    plan = {"planned_values": {"root_module": {"child_modules": children}}}
    assert inventory_of(plan, TEXT, 1) == "module.parts.aws_box.this\n  days = 1\n"
    assert inventory_of(plan, TEXT, 11) == "module.parts.aws_box.this\n  days = 11\n"
