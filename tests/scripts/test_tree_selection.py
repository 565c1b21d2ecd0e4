"""A command names its units by environment, system and glob; a unit knows its place."""

from __future__ import annotations

import pytest

from scripts.checks.finding import Refused
from scripts.live.tree import read_tree
from tests.scripts.scratch import DEFINITION, QUEUE, TFVARS, build


@pytest.mark.parametrize(
    ("words", "says"),
    [
        pytest.param(
            {"environment": "devv"}, '--env: there is no environment "devv"; did you mean "dev"?', id="env"
        ),
        pytest.param({"environment": "qa"}, "allowed: dev, prod.", id="an env far off"),
        pytest.param({"environment": ""}, "allowed: dev, prod.", id="an empty env"),
        pytest.param({"environment": "dev/../prod"}, "--env: there is no environment", id="a path as env"),
        pytest.param({"environment": "*"}, "--env: there is no environment", id="a glob as env"),
        pytest.param(
            {"system": "shopp"}, '--system: there is no system "shopp"; did you mean "shop"?', id="system"
        ),
        pytest.param(
            {"system": "shop,platfrm"},
            'there is no system "platfrm"; did you mean "platform"?',
            id="one of two",
        ),
        pytest.param({"system": "shop,"}, '--system: there is no system ""; allowed', id="a stray comma"),
        pytest.param({"system": ""}, '--system: there is no system ""; allowed', id="an empty system"),
        pytest.param({"unit": "queues"}, '--unit: no unit fits "queues"; did you mean "queue"?', id="unit"),
        pytest.param({"unit": "!*"}, '--unit: no unit fits "!*"', id="all but all"),
        pytest.param({"unit": "../../etc"}, "--unit: no unit fits", id="a path as unit"),
        pytest.param({"unit": "[", "environment": "dev"}, "--unit: no unit fits", id="half a glob"),
        pytest.param({"unit": "a\n\x1b[31m"}, "a\\n\\x1b[31m", id="a terminal code as unit"),
        pytest.param({"unit": "x" * 5000}, "xxx...", id="a very long unit"),
    ],
)
def test_a_selection_that_fits_nothing_names_what_would(tmp_path, words, says):
    tree = read_tree(build(tmp_path))
    with pytest.raises(Refused) as refused:
        tree.select(**words)
    assert says in str(refused.value.findings[0])


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param({"environment": "dev"}, ["platform/key", "shop/queue"], id="an environment"),
        pytest.param({"environment": "dev", "system": "shop"}, ["shop/queue"], id="a system"),
        pytest.param(
            {"environment": "dev", "system": "shop, platform"},
            ["platform/key", "shop/queue"],
            id="two systems",
        ),
        pytest.param(
            {"environment": "dev", "system": "platform,shop", "unit": "q*"},
            ["shop/queue"],
            id="a glob in two",
        ),
        pytest.param({"environment": "prod", "unit": "q*"}, ["shop/queue"], id="a glob"),
        pytest.param(
            {"environment": "prod", "unit": "platform/*"}, ["platform/key"], id="a glob with the system"
        ),
        pytest.param({"environment": "dev", "unit": "!queue"}, ["platform/key"], id="all but one"),
        pytest.param({"environment": "dev", "unit": "!shop/*"}, ["platform/key"], id="all but a system's"),
        pytest.param({"unit": f"./{QUEUE}/"}, ["shop/queue"], id="a path as a shell completes it"),
    ],
)
def test_a_selection_finds_its_units(tmp_path, words, expected):
    found = read_tree(build(tmp_path)).select(**words)
    assert [f"{unit.system}/{unit.name}" for unit in found] == expected


def test_a_unit_knows_its_place_its_module_and_what_it_needs(tmp_path):
    unit = read_tree(build(tmp_path)).unit(QUEUE)
    assert (unit.environment, unit.region, unit.system, unit.name) == ("dev", "us-east-1", "shop", "queue")
    assert (unit.definition, unit.module, unit.tfvars) == (DEFINITION, "modules/patterns/shop", TFVARS)
    assert unit.needs == ("live/dev/us-east-1/platform/key",)
