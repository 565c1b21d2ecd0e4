"""A module can be used from its README's example alone: each is planned as it stands there.

What it makes is kept in examples/<module>.txt, so that no default changes unseen.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.module_coverage import RENEW
from tests.modules.inventory import inventory
from tests.modules.planner import Planner
from tests.plan_order import in_order

EXAMPLES = Path(__file__).resolve().parent / "examples"
MODULES = Path(__file__).resolve().parents[2] / "modules"
EXAMPLE = re.compile(r"^## Example\n+```hcl\n(.*?)^```$", re.MULTILINE | re.DOTALL)

# A module is a folder whose inputs stand in variables.tf; whoever adds one owes it a README.
modules = sorted(path.parent.relative_to(MODULES).as_posix() for path in MODULES.rglob("variables.tf"))
every_module = pytest.mark.parametrize("module", modules)


def example_of(module: str) -> str:
    readme = MODULES / module / "README.md"
    assert readme.is_file(), f"modules/{module} has no README.md"
    found = EXAMPLE.findall(readme.read_text())
    assert len(found) == 1, f"modules/{module}/README.md needs one hcl block under '## Example'"
    return found[0]


def comparable(plan: Mapping[str, Any]) -> dict[str, Any]:
    """Return the plan without its moment, in one order."""
    found: dict[str, Any] = in_order({**plan, "timestamp": ""})
    return found


def lay_out(module: str, tree: Path, folder: Path) -> None:
    """Make *folder* a root that stands to ./modules as the repository's root does."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "modules").symlink_to(tree)
    (folder / "main.tf").write_text(example_of(module))


def roots(place: Path) -> dict[str, Path]:
    """A root for each module, below *place*, whose types are those of every module that the example calls."""
    for module in modules:
        if (MODULES / module / "README.md").is_file():
            lay_out(module, MODULES, place / module)
    return {module: place / module if (place / module).is_dir() else MODULES / module for module in modules}


def check(module: str, example: Path, planner: Planner, renew: bool = False) -> None:
    """The example, planned, makes what it made before. If a change is meant: renew, and review what git shows."""
    plan = planner.plan(example, module, {})
    assert plan.resource_changes, "the example creates nothing"
    kept = EXAMPLES / f"{module}.txt"
    if renew:
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(inventory(plan))
    made_before = kept.read_text().splitlines() if kept.exists() else []
    assert inventory(plan).splitlines() == made_before, (
        "if that is meant: python -m pytest tests/modules --renew"
    )


@pytest.fixture
def example(module: str, module_tree: Path, tmp_path: Path) -> Path:
    """The example's own root."""
    lay_out(module, module_tree, tmp_path)
    return tmp_path


@every_module
def test_the_example_calls_its_own_module_and_makes_what_it_made_before(
    module, example, warm_planner, pytestconfig
) -> None:
    assert f'source = "./modules/{module}"' in re.sub(r" +=", " =", (example / "main.tf").read_text())
    check(module, example, warm_planner, pytestconfig.getoption(RENEW))


@pytest.mark.slow
@every_module
def test_the_example_plans_the_same_without_the_warm_provider(
    module, example, warm_planner, plain_planner
) -> None:
    warm, plain = (comparable(planner.plan(example, module, {})) for planner in (warm_planner, plain_planner))
    assert warm == plain
