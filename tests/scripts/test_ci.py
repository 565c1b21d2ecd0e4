"""The pipeline fans out as the units' graph says, and every command that its files type exists with those words."""

from __future__ import annotations

import json
import re
import shlex
from dataclasses import fields

import pytest
import yaml
from invoke.parser import Parser
from invoke.parser.parser import ParseError

import tasks
from scripts.checks.validate import Library
from scripts.ci import Row, document, rows
from scripts.commands.ci import matrix
from scripts.commands.options import Flags
from scripts.live.tree import read_tree
from scripts.machine import REPOSITORY
from tests.scripts.scratch import FILES, KEY_DEFINITION, QUEUE, build

WORKFLOWS = sorted((REPOSITORY / ".github/workflows").glob("*.yml"))
ACTIONS = sorted((REPOSITORY / ".github/actions").glob("*/action.yml"))
BUILDSPEC = REPOSITORY / ".ci/buildspec.yml"


def found(root, **words) -> list[tuple[str, str, int]]:
    tree = read_tree(root)
    return [(row.env, row.system, row.layer) for row in rows(tree, Library(tree.repo), **words)]


def test_a_system_waits_for_those_it_reads(tmp_path):
    assert found(build(tmp_path)) == [
        ("dev", "platform", 1),
        ("dev", "shop", 2),
        ("prod", "platform", 1),
        ("prod", "shop", 2),
    ]


def test_systems_that_read_each_other_share_a_job(tmp_path):
    """--system takes several by commas, so one run orders their units."""
    back = 'dependencies { paths = ["${get_terragrunt_dir()}/../../shop/other"] }\n'
    changed = {KEY_DEFINITION: FILES[KEY_DEFINITION] + back}
    for name in ("dev", "prod"):
        changed[f"live/{name}/us-east-1/shop/other/terragrunt.hcl"] = 'terraform { source = "x" }\n'
    assert found(build(tmp_path, changed))[0] == ("dev", "platform,shop", 1)


def test_only_what_is_touched_gets_a_job(tmp_path):
    assert found(build(tmp_path), touched={QUEUE}) == [("dev", "shop", 2)]


def test_a_layer_that_nothing_touches_is_an_empty_one(tmp_path):
    tree = read_tree(build(tmp_path))
    said = document(rows(tree, Library(tree.repo), {QUEUE}))
    assert [len(layer["include"]) for layer in said["layers"]] == [0, 1]
    assert document([]) == {"include": [], "layers": [], "count": 0}


def test_the_roles_are_those_that_the_environment_makes():
    tree = read_tree(REPOSITORY)
    found = {(row.env, row.plan_role, row.apply_role) for row in rows(tree, Library(tree.repo))}
    assert ("dev", "acme-dev-platform-ci-plan", "acme-dev-platform-ci-apply") in found
    assert {environment for environment, *_ in found} == {each.name for each in tree.environments}


def test_the_matrix_is_one_line_that_json_reads(capsys, monkeypatch, tmp_path):
    monkeypatch.setenv("STAGECRAFT_TREE", str(build(tmp_path)))
    assert matrix(Flags(env="dev"), "") == 0
    out = capsys.readouterr().out
    assert out.count("\n") == 1
    assert [row["system"] for row in json.loads(out)["include"]] == ["platform", "shop"]


def scripts_of(path) -> list[str]:
    """Every shell script in a workflow, an action or a buildspec."""

    def walk(value):
        if isinstance(value, dict):
            for key, inner in value.items():
                if key == "run" and isinstance(inner, str):
                    yield inner
                elif key == "commands":
                    yield from inner
                else:
                    yield from walk(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from walk(inner)

    return list(walk(yaml.safe_load(path.read_text())))


def commands_of(path) -> list[list[str]]:
    """The words after each ./invoke, up to what ends a command in a shell."""
    return [
        shlex.split(command)
        for script in scripts_of(path)
        for command in re.findall(r"\./invoke ([^\n|;)]*?)(?: \|\||[|;)\n]|$)", script)
    ]


FILES_WITH_COMMANDS = [*WORKFLOWS, *ACTIONS, BUILDSPEC]
COMMANDS = [
    pytest.param(words, id=f"{path.name}: {' '.join(words)}")
    for path in FILES_WITH_COMMANDS
    for words in commands_of(path)
]


def parse(words: list[str]):
    """Invoke's own reading of a command line: an unknown task or flag is an error."""
    return Parser(contexts=tasks.namespace.to_contexts()).parse_argv(words)


@pytest.mark.parametrize("words", COMMANDS)
def test_every_command_of_the_pipeline_exists(words):
    assert [context.name for context in parse(words)] == [words[0]]


@pytest.mark.parametrize("words", [["plan", "--no-such-flag"], ["no-such-task"], ["drift", "dev"]])
def test_a_command_that_does_not_exist_would_be_noticed(words):
    with pytest.raises(ParseError):
        parse(words)


def test_the_pipeline_types_what_it_is_for():
    typed = {(path.name, words[0]) for path in FILES_WITH_COMMANDS for words in commands_of(path)}
    assert typed >= {
        ("plan.yml", "ci.matrix"),
        ("plan.yml", "plan"),
        ("apply-environment.yml", "apply"),
        ("drift.yml", "drift"),
        ("buildspec.yml", "plan"),
    }


@pytest.mark.parametrize("path", [*WORKFLOWS, *ACTIONS], ids=lambda path: path.name)
def test_every_action_of_others_is_pinned_by_its_commit(path):
    used = re.findall(r"uses: (\S+)(.*)", path.read_text())
    for name, comment in used:
        assert name.startswith("./") or (
            re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", name) and " # v" in comment
        )


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_may_do_only_what_it_says(path):
    workflow = yaml.safe_load(path.read_text())
    assert "write-all" not in path.read_text()
    assert workflow["permissions"]["contents"] == "read"
    for job in workflow["jobs"].values():
        steps = job.get("steps", [])
        takes_role = any(step.get("with", {}).get("role") for step in steps)
        assert (job.get("permissions", {}).get("id-token") == "write") == takes_role
        assert "timeout-minutes" in job or "uses" in job


@pytest.mark.parametrize("path", [*WORKFLOWS, *ACTIONS], ids=lambda path: path.name)
def test_no_value_from_outside_is_pasted_into_a_script(path):
    """A branch may be called anything; as a variable it stays a word."""
    assert [script for script in scripts_of(path) if "${{" in script] == []


def test_what_a_workflow_asks_of_a_row_is_in_it():
    asked = {name for path in WORKFLOWS for name in re.findall(r"matrix\.(\w+)", path.read_text())} - {
        "outputs"
    }
    assert asked and asked <= {field.name for field in fields(Row)}


def test_there_is_a_job_for_every_layer_of_the_tree():
    """The jobs of a workflow are written down, so a deeper tree needs another one."""
    tree = read_tree(REPOSITORY)
    jobs = yaml.safe_load((REPOSITORY / ".github/workflows/apply-environment.yml").read_text())["jobs"]
    layers = [name for name in jobs if name.startswith("layer-")]
    assert max(row.layer for row in rows(tree, Library(tree.repo))) <= len(layers)


def test_every_environment_is_applied_by_the_pipeline():
    jobs = yaml.safe_load((REPOSITORY / ".github/workflows/apply.yml").read_text())["jobs"]
    applied = {job["with"]["env"] for job in jobs.values()}
    assert applied == {each.name for each in read_tree(REPOSITORY).environments}
