"""A module takes ARNs, ids and names that only the apply will tell: several modules stand in one root.

Each module's README example is planned with every such value unknown. It must make what it makes otherwise: whether there
is something, and how many, is never decided by an ARN. docs/composing.md says so to whoever writes such a root.
"""

import re
from collections.abc import Iterator

import pytest

from tests.modules.conftest import COMPOSED
from tests.modules.known_later import alone, known_later
from tests.modules.planner import MODULES
from tests.modules.test_readme_examples import EXAMPLES, every_module, example_of, lay_out, modules

AN_ARN_OR_NONE = re.compile(r"(arn|_ids?|_name)\b(, null\))? *[!=]= *null")


def made_before(module: str) -> set[str]:
    """The addresses in what is kept of the example with known values, data sources left out."""
    lines = (EXAMPLES / f"{module}.txt").read_text().splitlines()
    return {line for line in lines if not line.startswith(" ") and not re.search(r"(^|\.)data\.", line)}


@every_module
def test_the_example_makes_as_much_of_what_is_known_later(
    module, module_tree, tmp_path, warm_planner
) -> None:
    example, left_out = alone(example_of(module), module)
    text, _ = known_later(example)
    lay_out(module, module_tree, tmp_path)
    (tmp_path / "main.tf").write_text(text)
    plan = warm_planner.plan(tmp_path, module, {})
    made = {
        address
        for address, change in plan.resource_changes.items()
        if change["mode"] == "managed" and change["type"] != "terraform_data"
    }
    beside = tuple(f"module.{name}." for name in left_out)
    assert made == {address for address in made_before(module) if not address.startswith(beside)}


def test_only_what_gives_nothing_but_an_arn_is_left_out() -> None:
    own = 'module "a" {\n  source = "./modules/x/a"\n  key = module.b.key_arn\n  ids = module.c.ids["d"]\n}\n'
    key, ids = (
        'module "b" {\n  source = "./modules/x/b"\n}\n',
        'module "c" {\n  source = "./modules/x/c"\n}\n',
    )
    text, left_out = alone(own + key + ids, "x/a")
    assert left_out == ("b",)
    assert text == own.replace("module.b.key_arn", '"arn:aws:given:us-east-1:111111111111:by/b"') + ids


def deciding(module: str) -> Iterator[str]:
    """What decides how many of a resource, a data source or a module there are."""
    for file in sorted((MODULES / module).glob("*.tf")):
        yield from re.findall(
            r"^  (?:count|for_each) +=.*?(?=\n\n|\n}|\n  \w+ +=)", file.read_text(), re.M | re.S
        )


@every_module
def test_no_arn_or_id_decides_whether_there_is_something(module) -> None:
    assert [found for found in deciding(module) if AN_ARN_OR_NONE.search(found)] == []


def test_the_root_in_the_documentation_is_made_at_once(composed, warm_planner) -> None:
    plan = warm_planner.plan(composed, COMPOSED, {})
    calls = plan["configuration"]["root_module"]["module_calls"]
    handed_on = {
        each for call in calls.values() for each in re.findall(r"'module\.(\w+)\.", str(call["expressions"]))
    }
    assert handed_on == {"keys", "queues", "bucket"}
    made = {address.split(".")[1] for address in plan.resource_changes}
    assert made == {"keys", "queues", "bucket", "roles"}


def test_hardly_an_example_is_given_nothing() -> None:
    given_nothing = [module for module in modules if not known_later(example_of(module))[1]]
    assert len(given_nothing) < len(modules) / 10


@pytest.mark.parametrize(
    ("said", "later"),
    [
        pytest.param('  key = "arn:aws:kms:eu-west-1:111111111111:key/1"', True, id="ARN"),
        pytest.param('  topics = ["arn:aws:sns:eu-west-1:111111111111:a"]', True, id="ARN in a list"),
        pytest.param('  policy = "arn:aws:iam::aws:policy/ReadOnlyAccess"', False, id="ARN of AWS's own"),
        pytest.param('  log = { bucket_name = "logs" }', True, id="name of another bucket"),
        pytest.param('  name = "acme-logs-111111111111"', False, id="its own name"),
        pytest.param('  vpc = { id = "vpc-0123456789abcdef0" }', True, id="id"),
        pytest.param('  zone = { "Z0123456789ABCDEFGHIJ" = "a" }', False, id="key of a map"),
        pytest.param('  account_id = "111111111111"', False, id="account"),
        pytest.param('  url = "${local.arn}/vpc-0123456789abcdef0"', False, id="made of others"),
        pytest.param('  text = <<-EOT\n    "vpc-0123456789abcdef0"\n  EOT\n', False, id="in a document"),
        pytest.param('  a = 1 # "vpc-0123456789abcdef0"', False, id="in a comment"),
    ],
)
def test_what_others_give_is_known_later_and_nothing_else(said, later) -> None:
    text, values = known_later(f"module x {{\n{said}\n}}\n")
    assert len(values) == later
    assert ("terraform_data.later[0].output" in text) == later
    assert (said in text) != later
