"""What every unit of the live tree keeps to: its module's inputs, its neighbours' outputs, its own place."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from scripts.checks.validate import validate
from scripts.hcl.evaluate import evaluate
from scripts.hcl.nodes import Literal, Mapping, Template
from scripts.hcl.reader import read
from scripts.lint import environment_switches
from scripts.live.addresses import read_plan
from scripts.live.inputs import inputs_of
from scripts.live.modules import read_module
from scripts.live.terragrunt_values import context_of
from scripts.live.tfvars import read_tfvars
from scripts.live.tree import read_tree

REPOSITORY = Path(__file__).resolve().parents[2]
TREE = read_tree(REPOSITORY)
UNITS = [pytest.param(unit, id=unit.path.removeprefix("live/")) for unit in TREE.units]
EDGES = [
    pytest.param(dependency, id=f"{unit.path.removeprefix('live/')} on {dependency.name}")
    for unit in TREE.units
    for dependency in unit.dependencies
    if dependency.name
]
DEFINITIONS = sorted({unit.definition for unit in TREE.units if unit.definition})
SYSTEMS = ("bookstore", "commerce", "order-analytics", "pyshop", "storefront")
ENVIRONMENTS = ("dev", "prod", "staging")
NAME_SUFFIX = {"us-east-1": "", "us-west-2": "-usw2"}

# Units that do not stand in every environment, each with its reason.
ONLY_IN: dict[str, str] = {
    "commerce/shield": "Shield Advanced is bought for prod, if at all.",
    "commerce/waf": "Dev has no customers; staging counts what prod blocks.",
    "commerce/waf-edge": "Dev has no customers; staging counts what prod blocks.",
    "platform/config-recorder": "Config is paid by every change it records, and dev changes all day.",
}


@pytest.fixture(scope="module")
def findings():
    return validate(TREE)


def test_the_whole_tree_has_no_finding(findings):
    assert [str(finding) for finding in findings] == []


@pytest.mark.parametrize("unit", UNITS)
def test_a_unit_is_two_includes_and_nothing_else(unit):
    body = read(REPOSITORY / unit.file).body
    assert [(block.type, block.labels) for block in body.blocks] == [
        ("include", ("root",)),
        ("include", ("unit",)),
    ]
    assert body.assignments == {}
    assert [sorted(block.body.assignments) for block in body.blocks] == [["path"], ["path"]]
    assert [block.body.blocks for block in body.blocks] == [[], []]


@pytest.mark.parametrize("unit", UNITS)
def test_a_unit_takes_a_definition_of_its_own_system(unit):
    """Usually the one of its own name; a copied folder shares the original's (tests/live/test_add_a_service.py)."""
    assert unit.definition.startswith(f"live/_units/{unit.system}/")


@pytest.mark.parametrize("unit", UNITS)
def test_a_unit_hands_over_every_value_its_module_requires_and_no_other(unit):
    module = read_module(REPOSITORY, unit.module)
    inputs = inputs_of(REPOSITORY, unit)
    handed = set(inputs.items) | set(read_tfvars(REPOSITORY, unit.tfvars).assignments)
    from_root = {name for name, item in inputs.items.items() if item.from_root}
    required = {name for name, variable in module.variables.items() if variable.required}
    assert required - handed == set()
    assert handed - set(module.variables) - from_root == set()
    assert inputs.closed


@pytest.mark.parametrize("unit", UNITS)
def test_no_value_is_given_by_both_the_definition_and_the_tfvars(unit):
    tfvars = read_tfvars(REPOSITORY, unit.tfvars).assignments
    assert set(inputs_of(REPOSITORY, unit).items) & set(tfvars) == set()


@pytest.mark.parametrize("dependency", EDGES)
def test_what_stands_in_for_a_unit_is_what_that_unit_gives(dependency):
    target = TREE.unit(dependency.unit)
    assert target is not None
    assert isinstance(dependency.mocks, Mapping)
    mocked = {item.key.value for item in dependency.mocks.items if isinstance(item.key, Literal)}
    assert mocked != set()
    assert mocked <= set(read_module(REPOSITORY, target.module).outputs)


@pytest.mark.parametrize("unit", UNITS)
def test_the_name_and_tags_of_a_unit_come_from_its_place(unit):
    context = context_of(REPOSITORY, REPOSITORY / unit.path)
    assert context["name"] == f"acme-{unit.environment}-{unit.system}{NAME_SUFFIX[unit.region]}"
    assert context["tags"] == {"System": unit.system, "Module": unit.name}
    assert (context["environment"], context["region"], context["unit"]) == (
        unit.environment,
        unit.region,
        unit.name,
    )


@pytest.mark.parametrize("definition", DEFINITIONS)
def test_a_definition_takes_no_branch_by_the_environments_name(definition):
    assert list(environment_switches(read(REPOSITORY / definition), definition)) == []


@pytest.mark.parametrize("definition", DEFINITIONS)
def test_a_definition_names_no_environment(definition):
    text = "\n".join(line.split("#")[0] for line in (REPOSITORY / definition).read_text().splitlines())
    assert [name for name in ENVIRONMENTS if f'"{name}"' in text or f"-{name}-" in text] == []


@pytest.mark.parametrize("definition", DEFINITIONS)
def test_the_source_of_a_definition_has_the_one_form_that_reaches_other_modules(definition):
    (block,) = read(REPOSITORY / definition).body.of_type("terraform")
    source = block.body.value("source")
    assert isinstance(source, Template)
    assert isinstance(source.parts[1], Literal)
    assert str(source.parts[1].value).startswith("/modules//")


def test_every_definition_is_used_by_a_unit():
    written = {path.relative_to(REPOSITORY).as_posix() for path in REPOSITORY.glob("live/_units/*/*.hcl")}
    assert written == set(DEFINITIONS)


def test_a_unit_stands_in_every_environment_unless_a_reason_is_listed():
    places = {}
    for unit in TREE.units:
        places.setdefault(f"{unit.system}/{unit.name}", set()).add(unit.environment)
    partial = {name for name, found in places.items() if found != set(ENVIRONMENTS)}
    assert partial == set(ONLY_IN)


def test_the_same_unit_is_the_same_file_in_every_environment():
    texts = {}
    for unit in TREE.units:
        texts.setdefault(unit.definition, set()).add((REPOSITORY / unit.file).read_text())
    assert {definition for definition, found in texts.items() if len(found) > 1} == set()


def test_every_system_has_an_address_in_every_environment_and_prod_in_two_regions():
    entries, problems = read_plan(REPOSITORY)
    wanted = set(itertools.product(ENVIRONMENTS, ["us-east-1"], SYSTEMS)) | set(
        itertools.product(["prod"], ["us-west-2"], SYSTEMS)
    )
    assert problems == ()
    assert {(entry.environment, entry.region, entry.system) for entry in entries} == wanted


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_pyshop_has_the_network_it_was_asked_for(environment):
    entries, _ = read_plan(REPOSITORY)
    (found,) = [
        entry.text
        for entry in entries
        if (entry.environment, entry.region, entry.system) == (environment, "us-east-1", "pyshop")
    ]
    assert found == "10.0.0.0/16"


def test_the_environments_are_three_accounts():
    accounts = {environment.name: environment.account_id for environment in TREE.environments}
    assert sorted(accounts) == list(ENVIRONMENTS)
    assert len(set(accounts.values())) == 3


@pytest.mark.parametrize("environment", TREE.environments, ids=lambda found: found.name)
def test_the_budget_that_aws_watches_is_the_one_that_the_estimate_is_held_to(environment):
    file = f"live/{environment.name}/us-east-1/platform/budget/terraform.tfvars"
    budgets = evaluate(read_tfvars(REPOSITORY, file).assignments["budgets"].value)
    assert budgets["all"]["limit_usd"] == environment.values["monthly_budget_usd"]
