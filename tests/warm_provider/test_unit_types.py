"""A unit's types are found in its module, those below it, and its state: rather too many than too few."""

import json
from pathlib import Path

import pytest

from scripts.warm_provider import UnreadableModuleError, lacks_type, types_in_state, unit_types


def written(folder: Path, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "main.tf").write_text(text)
    return folder


@pytest.mark.parametrize(
    ("text", "types"),
    [
        pytest.param('resource "aws_a" "this" {\n}', {"aws_a"}, id="resource"),
        pytest.param('data "aws_a" "this" {\n}', {"data.aws_a"}, id="data source"),
        pytest.param('ephemeral "aws_a" "this" {\n}', {"ephemeral.aws_a"}, id="ephemeral"),
        pytest.param("resource aws_a this {\n}", {"aws_a"}, id="labels without quotes are legal"),
        pytest.param('  resource\t"aws_a"   "this"{}', {"aws_a"}, id="odd spaces"),
        pytest.param('# resource "aws_a" "this" {\n// data "aws_b" "x" {', set(), id="commented out"),
        pytest.param(
            'locals { all = "arn:aws:s3:::b/*" }\nresource "aws_a" "x" {}\nlocals { end = "*/" }',
            {"aws_a"},
            id="a star and a slash in strings are no comment",
        ),
        pytest.param(
            "moved {\n  from = aws_old.x\n  to = aws_new.x\n}", {"aws_old"}, id="moved from another type"
        ),
        pytest.param("removed {\n  from = module.m.aws_old.x\n}", {"aws_old"}, id="removed, inside a module"),
        pytest.param(
            'moved {\n  from = module.my_mod["k"].aws_old.x["y"]\n}',
            {"aws_old"},
            id="moved, module with a key",
        ),
        pytest.param('output "x" {\n  value = aws_a.this.arn\n}', set(), id="a reference is no declaration"),
    ],
)
def test_types_are_read_from_the_text(tmp_path: Path, text: str, types: set[str]) -> None:
    assert unit_types(written(tmp_path / "m", text)) == types


def test_local_modules_are_followed_as_far_as_they_go(tmp_path: Path) -> None:
    top = written(
        tmp_path / "patterns" / "top", 'module "a" {\n  source = "../../a"\n}\nresource "aws_top" "x" {}'
    )
    written(tmp_path / "a", 'module "b" {\n  for_each = {}\n  source   = "./b"\n}\nresource "aws_a" "x" {}')
    written(tmp_path / "a" / "b", 'module "again" {\n  source = "../"\n}\ndata "aws_b" "x" {}')
    assert unit_types(top) == {"aws_top", "aws_a", "data.aws_b"}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('module "x" {\n  source = "terraform-aws-modules/vpc/aws"\n}', id="from a registry"),
        pytest.param('module "x" {\n  source = "git::ssh://example.com/x"\n}', id="from git"),
        pytest.param('module "x" {\n  source = "./not-there"\n}', id="a folder that is not there"),
    ],
)
def test_a_module_that_cannot_be_followed_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(UnreadableModuleError):
        unit_types(written(tmp_path / "m", text))


def test_json_is_refused_because_it_is_not_searched(tmp_path: Path) -> None:
    folder = written(tmp_path / "m", 'resource "aws_a" "x" {}')
    (folder / "more.tf.json").write_text('{"resource": {"aws_b": {"x": {}}}}')
    with pytest.raises(UnreadableModuleError, match=r"more\.tf\.json"):
        unit_types(folder)


def test_types_of_a_state_are_spelled_like_those_of_a_module() -> None:
    resources = [{"mode": "managed", "type": "aws_a"}, {"mode": "data", "type": "aws_b"}]
    assert types_in_state(json.dumps({"version": 4, "resources": resources})) == {"aws_a", "data.aws_b"}


@pytest.mark.parametrize("state", ["", "\n", '{"version": 4}'])
def test_an_empty_state_has_no_types(state: str) -> None:
    assert types_in_state(state) == frozenset()


@pytest.mark.parametrize(
    ("output", "answer"),
    [
        pytest.param(
            'The provider hashicorp/aws does not support resource type\n"aws_x".', True, id="resource"
        ),
        pytest.param("does not support data source\n│ type", True, id="broken lines with a border"),
        pytest.param("no schema available for aws_x.y while reading state", True, id="only in the state"),
        pytest.param("An argument named x is not expected here.", False, id="any other error"),
    ],
)
def test_the_want_of_a_type_is_told_from_other_errors(output: str, answer: bool) -> None:
    assert lacks_type(output) is answer


def test_every_module_of_ours_can_be_read() -> None:
    modules = Path(__file__).parents[2] / "modules"
    folders = {path.parent for path in modules.rglob("*.tf") if not {"tests", ".terraform"} & set(path.parts)}
    assert all(unit_types(folder) is not None for folder in folders)
