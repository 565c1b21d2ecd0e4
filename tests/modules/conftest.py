"""Plan a module through the real provider, offline, in a fraction of a second.

`pytest -n` works too, but every worker starts a provider of its own, which takes about 1 GB.
"""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import tftest

from scripts import toolchain
from scripts.mutation.run import TREE, WARM
from scripts.warm_provider import WarmProvider
from tests.module_coverage import PLAIN, RECORD
from tests.modules import planner
from tests.modules.planner import MODULES, REPOSITORY, Planner
from tests.modules.refusals import Refusals
from tests.modules.test_readme_examples import roots

PlanModule = Callable[..., tftest.TerraformPlanOutput]

COMPOSED = "docs/composing.md"

CURRENT = pytest.StashKey[pytest.Item]()


@pytest.fixture(scope="session")
def terraform_environment() -> dict[str, str]:
    """The environment of Terraform and its provider."""
    return planner.terraform_environment()


@pytest.fixture(scope="session")
def composed(module_tree: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The root that docs/composing.md shows: several modules, planned as one."""
    (example,) = re.findall(r"^```hcl\n(.*?)^```$", (REPOSITORY / COMPOSED).read_text(), re.M | re.S)
    root = tmp_path_factory.mktemp("composed")
    (root / "modules").symlink_to(module_tree)
    (root / "main.tf").write_text(example)
    return root


@pytest.fixture(scope="session")
def warm(
    terraform_environment: dict[str, str],
    composed: Path,
    pytestconfig: pytest.Config,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[WarmProvider | None]:
    """One warm provider for the session, and every module is a unit of it; none with --plain."""
    if pytestconfig.getoption(PLAIN):
        yield None
        return
    if WARM in os.environ:
        yield WarmProvider(Path(os.environ[WARM]), print)
        return
    provider = toolchain.provider_binary()
    assert provider, "the provider is not on this machine yet: `terraform init` of any module fetches it"
    with WarmProvider.start(
        provider=provider,
        environment=terraform_environment,
        units={**roots(tmp_path_factory.mktemp("roots")), COMPOSED: composed},
        state_types=None,
        cache=REPOSITORY / ".cache" / "warm",
        say=print,
    ) as started:
        yield started


@pytest.fixture(scope="session")
def warm_planner(warm: WarmProvider | None, terraform_environment: dict[str, str]) -> Planner:
    """Plans through the warm provider, if there is one."""
    return Planner(toolchain.terraform(), terraform_environment, warm)


@pytest.fixture(scope="session")
def plain_planner(terraform_environment: dict[str, str]) -> Planner:
    """Plans as Terraform does alone, some fifteen times slower."""
    return Planner(toolchain.terraform(), terraform_environment, None)


@pytest.fixture(scope="session")
def module_tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of modules/ that tests may write to, in a folder named modules."""
    if TREE in os.environ:
        return Path(os.environ[TREE])
    tree = tmp_path_factory.mktemp("tree") / "modules"
    shutil.copytree(MODULES, tree, ignore=shutil.ignore_patterns("tests", ".terraform*", "*.md"))
    return tree


@pytest.fixture(scope="session")
def refusals(plain_planner: Planner, module_tree: Path, tmp_path_factory: pytest.TempPathFactory) -> Refusals:
    """Refused inputs, asked for a test file at a time."""
    return Refusals(plain_planner, module_tree, tmp_path_factory.mktemp("refusals"), {}, set())


@pytest.fixture(scope="session")
def plan_module(
    warm_planner: Planner, module_tree: Path, refusals: Refusals, pytestconfig: pytest.Config
) -> PlanModule:
    """Return a function that plans ``modules/<path>`` with the given variables.

    Terraform's error is raised as tftest.TerraformTestError, unbroken, as the module wrote it.
    """
    record = pytestconfig.stash[RECORD]

    def plan(module: str, **variables: Any) -> tftest.TerraformPlanOutput:
        try:
            refused = refusals.of(module, variables, pytestconfig.stash.get(CURRENT, None))
            if refused is not None:
                raise tftest.TerraformTestError(refused)
            planned = warm_planner.plan(module_tree / module, module, variables)
        except tftest.TerraformTestError as error:
            record.refused(module, str(error))
            raise
        record.planned(module, variables, planned)
        return planned

    return plan


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Keep the test at hand: what it expects tells which inputs to ask for together."""
    item.config.stash[CURRENT] = item
