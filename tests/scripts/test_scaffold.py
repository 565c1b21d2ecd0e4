"""What new.* writes passes the checks as it is, and never overwrites."""

import ipaddress
import shutil
from pathlib import Path

import pytest

from scripts.checks.finding import Refused
from scripts.checks.validate import validate
from scripts.docs import module_readme
from scripts.lint.module_rules import wrong_module
from scripts.live.addresses import read_plan
from scripts.live.modules import module_paths, read_module
from scripts.live.tree import read_tree
from scripts.machine import REPOSITORY
from scripts.module_rehearsals import calling
from scripts.scaffold.environment import environment_files
from scripts.scaffold.module import module_files
from scripts.scaffold.unit import unit_files


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("repository")
    for name in ("live", "modules"):
        shutil.copytree(REPOSITORY / name, root / name, ignore=shutil.ignore_patterns(".terra*"))
    shutil.copy(REPOSITORY / "terragrunt.hcl", root)
    return root


def write(root: Path, files: dict[str, str]) -> None:
    for place, text in files.items():
        assert not (root / place).exists() or place == "live/addresses.hcl", place
        (root / place).parent.mkdir(parents=True, exist_ok=True)
        (root / place).write_text(text)


def test_a_unit_of_any_module_validates_as_it_is(repository: Path) -> None:
    tree = read_tree(repository)
    made: dict[str, str] = {}
    for number, path in enumerate(module_paths(repository)):
        made |= unit_files(tree, "shop", f"try-{number}", path.removeprefix("modules/"), ["dev"])
    write(repository, made)
    tree = read_tree(repository)
    units = tuple(unit for unit in tree.units if unit.system == "shop")
    found = [str(finding) for finding in validate(tree, units)]
    for place in made:
        (repository / place).unlink()
    assert len(units) == len(module_paths(repository))
    assert found == []


@pytest.mark.parametrize(
    ("module", "left"),
    [
        pytest.param("security/nacl", "acls = {} # from another unit", id="required"),
        pytest.param("networking/load-balancer", "", id="optional"),
    ],
)
def test_what_an_example_reads_from_a_module_beside_it_is_left_to_a_dependency(
    repository: Path, module: str, left: str
) -> None:
    text = "".join(unit_files(read_tree(repository), "shop", "guarded", module, ["dev"]).values())
    assert left in text
    assert "module." not in text and 'module "' not in text and "web_acl" not in text


def test_a_unit_stands_in_every_environment_that_was_named(repository: Path) -> None:
    files = unit_files(read_tree(repository), "shop", "jobs", "messaging/sqs", ["dev", "prod"])
    assert sorted(files) == [
        "live/_units/shop/jobs.hcl",
        "live/dev/us-east-1/shop/jobs/terraform.tfvars",
        "live/dev/us-east-1/shop/jobs/terragrunt.hcl",
        "live/prod/us-east-1/shop/jobs/terraform.tfvars",
        "live/prod/us-east-1/shop/jobs/terragrunt.hcl",
    ]


@pytest.mark.parametrize(
    ("system", "name", "module", "environment", "message"),
    [
        ("Shop", "jobs", "messaging/sqs", "dev", '"Shop" is no name'),
        ("shop", "../jobs", "messaging/sqs", "dev", '"../jobs" is no name'),
        ("shop", "", "messaging/sqs", "dev", '"" is no name'),
        ("shop", "jobs", "messaging/sqss", "dev", 'did you mean "messaging/sqs"'),
        ("shop", "jobs", "messaging/sqs", "deb", 'did you mean "dev"'),
        ("pyshop", "service", "messaging/sqs", "dev", "is there already"),
    ],
)
def test_a_unit_that_cannot_be_is_refused(
    repository: Path, system: str, name: str, module: str, environment: str, message: str
) -> None:
    with pytest.raises(Refused) as refused:
        unit_files(read_tree(repository), system, name, module, [environment])
    assert message in str(refused.value)


def test_a_module_lints_and_its_readme_is_current(repository: Path) -> None:
    files = module_files(repository, "messaging/kinesis-stream")
    write(repository, files)
    module_readme.write(repository, ["modules/messaging/kinesis-stream"])
    assert list(module_readme.outdated(repository, ["modules/messaging/kinesis-stream"])) == []
    made = read_module(repository, "modules/messaging/kinesis-stream")
    assert list(wrong_module(repository, made)) == []
    assert 'MODULE = "messaging/kinesis-stream"' in files["tests/modules/messaging/test_kinesis_stream.py"]
    assert calling(repository, "messaging/kinesis-stream") == ("messaging/kinesis-stream",)


@pytest.mark.parametrize(
    ("module", "message"),
    [
        ("sqs", "write <domain>/<entity>"),
        ("messaging/../x", "write <domain>/<entity>"),
        ("messagin/kinesis", 'did you mean "messaging"'),
        ("messaging/sqs", "is there already"),
    ],
)
def test_a_module_that_cannot_be_is_refused(repository: Path, module: str, message: str) -> None:
    with pytest.raises(Refused) as refused:
        module_files(repository, module)
    assert message in str(refused.value)


def test_an_environment_validates_as_it_is_and_has_networks_of_its_own(repository: Path) -> None:
    before, _ = read_plan(repository)
    write(repository, environment_files(read_tree(repository), "qa", "444444444444", "staging"))
    tree = read_tree(repository)
    assert [str(finding) for finding in validate(tree)] == []
    assert {unit.name for unit in tree.units if unit.environment == "qa"} == {
        unit.name for unit in tree.units if unit.environment == "staging"
    }
    after, problems = read_plan(repository)
    assert problems == ()
    assert after[: len(before)] == before
    made = [ipaddress.IPv4Network(entry.text) for entry in after if entry.environment == "qa"]
    taken = [ipaddress.IPv4Network(entry.text) for entry in before if entry.system != "pyshop"]
    assert made and not any(one.overlaps(other) for one in made for other in taken)
    settings = (repository / "live" / "qa" / "env.hcl").read_text()
    assert '"444444444444"' in settings
    assert "staging" not in settings.split("\n", 1)[1]


@pytest.mark.parametrize(
    ("name", "account", "like", "message"),
    [
        ("qa", "4444", "staging", '"4444" is no account'),
        ("qa2", "111111111111", "staging", "is the account of dev"),
        ("dev", "555555555555", "staging", "live/dev is there already"),
        ("QA", "555555555555", "staging", '"QA" is no name'),
        ("qa2", "555555555555", "stagin", 'did you mean "staging"'),
    ],
)
def test_an_environment_that_cannot_be_is_refused(
    repository: Path, name: str, account: str, like: str, message: str
) -> None:
    with pytest.raises(Refused) as refused:
        environment_files(read_tree(repository), name, account, like)
    assert message in str(refused.value)
