"""A unit's digest changes with whatever its plan is made of, and with nothing else."""

from pathlib import Path

import pytest

from scripts.live.units import Unit
from scripts.plans.unit_digest import digests

FILES = {
    "terragrunt.hcl": "root",
    ".terraform.lock.hcl": "lock",
    "live/context.hcl": "context",
    "live/dev/env.hcl": "env",
    "live/prod/env.hcl": "prod",
    "live/dev/r/region.hcl": "region",
    "live/dev/r/shop/orders/terragrunt.hcl": "unit",
    "live/dev/r/shop/orders/terraform.tfvars": "values",
    "live/dev/r/shop/mail/terraform.tfvars": "others",
    "live/_units/shop/orders.hcl": "definition",
    "live/_units/shop/openapi.yaml": "api",
    "live/_units/bank/a.hcl": "another system",
    "functions/worker/handler.py": "code",
    "modules/patterns/app/main.tf": 'module "q" {\n  source = "../../messaging/sqs"\n}\n',
    "modules/messaging/sqs/main.tf": "queue",
    "modules/messaging/sns/main.tf": "topic",
}
UNIT = Unit("live/dev/r/shop/orders", "dev", "r", "shop", "orders", "d", "modules/patterns/app", (), "t")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def digest(tree: Path) -> str:
    return digests(tree, [UNIT])[UNIT.path]


OTHERS = {
    "live/prod/env.hcl",
    "live/dev/r/shop/mail/terraform.tfvars",
    "live/_units/bank/a.hcl",
    "modules/messaging/sns/main.tf",
}


@pytest.mark.parametrize("name", sorted(set(FILES) - OTHERS))
def test_a_change_of_what_it_is_made_of_changes_it(tree: Path, name: str) -> None:
    before = digest(tree)
    (tree / name).write_text(FILES[name] + "\n# changed\n")
    assert digest(tree) != before


@pytest.mark.parametrize("name", sorted(OTHERS))
def test_a_change_of_something_else_does_not(tree: Path, name: str) -> None:
    before = digest(tree)
    (tree / name).write_text("changed")
    assert digest(tree) == before


def test_a_new_file_changes_it_and_a_cache_does_not(tree: Path) -> None:
    before = digest(tree)
    cache = tree / "live/dev/r/shop/orders/.terragrunt-cache"
    cache.mkdir()
    (cache / "x").write_text("x")
    assert digest(tree) == before
    (tree / "live/dev/r/shop/orders/extra.auto.tfvars").write_text("x = 1")
    assert digest(tree) != before


def test_it_is_the_same_in_another_folder(tree: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = tmp_path_factory.mktemp("other") / "tree"
    tree.rename(other)
    moved = digest(other)
    other.rename(tree)
    assert digest(tree) == moved
