"""A name leads to where it is defined, set and used, and to what depends on it; an unknown one to the nearest."""

from __future__ import annotations

import json

import pytest

from scripts.checks.finding import Refused
from scripts.checks.validate import Library
from scripts.commands.find import find as command
from scripts.commands.options import Flags
from scripts.find import find
from scripts.live.resources import resources_of
from scripts.live.tree import read_tree
from tests.scripts.scratch import DEFINITION, KEY_DEFINITION, MODULE, QUEUE, TFVARS, build

PATTERN = "modules/patterns/shop"


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    return read_tree(build(tmp_path_factory.mktemp("find")))


def places(tree, word: str) -> set[tuple[str, str, str]]:
    return {(hit.kind, hit.role, hit.file) for hit in find(tree, Library(tree.repo), word)}


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        pytest.param("key", ("unit", "depends", DEFINITION), id="a unit and who needs it"),
        pytest.param("platform/key", ("unit", "defines", KEY_DEFINITION), id="a unit with its system"),
        pytest.param(QUEUE, ("unit", "uses", DEFINITION), id="a unit's path and what it needs"),
        pytest.param(
            "messaging/queue", ("module", "uses", f"{PATTERN}/main.tf"), id="a module and its caller"
        ),
        pytest.param(
            "modules/patterns/shop/", ("module", "depends", DEFINITION), id="a pattern and its units"
        ),
        pytest.param("retention_days", ("variable", "sets", TFVARS), id="a variable and its tfvars"),
        pytest.param(
            "retention_days", ("variable", "uses", "modules/messaging/queue/main.tf"), id="a variable's use"
        ),
        pytest.param("var.mode", ("variable", "defines", MODULE), id="a variable as it is written"),
        pytest.param("region", ("variable", "sets", DEFINITION), id="a variable that is an input"),
        pytest.param("key_arn", ("output", "depends", DEFINITION), id="an output and its reader"),
        pytest.param(
            "names", ("output", "uses", f"{PATTERN}/outputs.tf"), id="an output that a pattern hands on"
        ),
        pytest.param(
            "aws_sqs_queue", ("resource", "defines", "modules/messaging/queue/main.tf"), id="a type"
        ),
        pytest.param(
            "aws_sqs_queue.this", ("resource", "uses", "modules/messaging/queue/outputs.tf"), id="a resource"
        ),
        pytest.param(
            "aws_sqs_queue", ("resource", "depends", DEFINITION), id="who makes it, through a pattern"
        ),
        pytest.param("acme-dev-shop-orders", ("name in AWS", "defines", TFVARS), id="a name in AWS"),
    ],
)
def test_a_name_leads_to_its_places(tree, word, expected):
    assert expected in places(tree, word)


def test_a_line_is_the_line(tree):
    found = {hit.place for hit in find(tree, Library(tree.repo), "retention_days") if hit.role == "sets"}
    assert f"{TFVARS}:10" in found


def test_no_other_output_is_taken_for_it(tree):
    """dependency.key.outputs.key_arn is read of the key; the queue's names are read by nobody."""
    assert not [hit for hit in places(tree, "queue_names") if hit[1] == "depends"]


@pytest.mark.parametrize(
    ("word", "says"),
    [
        pytest.param("retention_dayz", 'did you mean "retention_days"?', id="a slip"),
        pytest.param("", "nothing here is called", id="nothing"),
        pytest.param("../../etc", "nothing here is called", id="a path out of the tree"),
        pytest.param("x\x1b[31m", r"x\x1b[31m", id="a terminal code"),
    ],
)
def test_an_unknown_name_is_refused(tree, word, says):
    with pytest.raises(Refused) as refused:
        find(tree, Library(tree.repo), word)
    assert says in str(refused.value.findings[0])


def test_an_environment_limits_the_units(tree, monkeypatch, capsys):
    monkeypatch.setenv("STAGECRAFT_TREE", str(tree.repo))
    assert command(Flags(env="prod", json=True), "queue") == 0
    rows = json.loads(capsys.readouterr().out)
    defined = {row["file"] for row in rows if row["kind"] == "unit" and row["role"] == "defines"}
    assert defined == {"live/prod/us-east-1/shop/queue/terragrunt.hcl", DEFINITION}


def test_a_units_resources_are_known_with_their_names(tree):
    found = {
        resource.address: (resource.type, resource.name)
        for resource in resources_of(tree, tree.unit(QUEUE), Library(tree.repo))
    }
    assert found == {'module.queue.aws_sqs_queue.this["orders"]': ("aws_sqs_queue", "acme-dev-shop-orders")}
