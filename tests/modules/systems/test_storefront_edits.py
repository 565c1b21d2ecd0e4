"""What an engineer edits in storefront, and all that each edit changes."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from scripts.checks.validate import validate
from scripts.impact.snapshot import Snapshot
from scripts.impact.spread import PLANS, impact_of_files
from scripts.live.tree import read_tree
from scripts.machine import REPOSITORY
from tests.unit_values import difference, everything, unit_at, values_of

PLACE = "prod/us-east-1/storefront"
SYSTEM = f"live/{PLACE}"
TASK = "module.service.aws_ecs_task_definition.this"
COPIED = ("live", "modules", "functions", "terragrunt.hcl", "scripts/package_function.py")


@pytest.fixture(scope="module")
def planned(plan_module):
    """Plan a unit of storefront, perhaps edited, perhaps with other outputs of the units it depends on."""

    def plan(place, edits=None, **outputs):
        environment, unit = place.split("/")
        path = f"{environment}/us-east-1/storefront/{unit}"
        return plan_module(unit_at(path).module.removeprefix("modules/"), **values_of(path, edits, outputs))

    return plan


@pytest.fixture(scope="module")
def edited(planned):
    """What one edit changes in one unit, by address."""
    return lambda place, old, new: difference(planned(place), planned(place, {old: new}))


def test_a_new_image_tag_changes_the_tasks_of_its_service_and_nothing_else(planned):
    days = "log_retention_days = 365"
    pinned = {days: f'{days}\nimage_tag = {{ pinned = "0123456789ab" }}'}
    before, after = planned("prod/services-cart"), planned("prod/services-cart", pinned)
    assert difference(before, after) == {TASK: {"container_definitions"}}
    (app, _) = json.loads(everything(after)[TASK]["container_definitions"])
    assert app["image"].endswith("/cart:0123456789ab")


def test_a_zone_that_leaves_takes_its_own_subnets_and_gateway_and_touches_no_other(planned):
    """Whoever removes a zone removes it from three lines; a load balancer and a database want two, and would refuse."""
    old = {
        "us-east-1a = 0, us-east-1b = 1 }": "us-east-1a = 0 }",
        "us-east-1a = 1, us-east-1b = 2 }": "us-east-1a = 1 }",
        '["us-east-1a", "us-east-1b"]': '["us-east-1a"]',
    }
    changes = difference(planned("prod/network"), planned("prod/network", old))
    assert changes == dict.fromkeys(in_a_zone("us-east-1b"), "removed")


def in_a_zone(zone):
    """What a zone has for itself: in each tier subnet, table, association and route; a gateway and its address."""
    kinds = ("aws_route_table", "aws_route_table_association", "aws_subnet")
    return (
        f'module.internet_gateway[0].aws_route.default["{zone}"]',
        f'module.nat_gateway[0].aws_eip.this["{zone}"]',
        f'module.nat_gateway[0].aws_nat_gateway.this["{zone}"]',
        f'module.nat_gateway[0].aws_route.default["private/{zone}"]',
        *(f'module.subnets.{kind}.this["{tier}/{zone}"]' for kind in kinds for tier in ("private", "public")),
    )


def test_a_standby_is_one_value_of_the_database(edited):
    changes = edited("dev/database", 'class = "db.t4g.micro"', 'class = "db.t4g.micro", multi_az = true')
    assert changes == {"module.instance[0].aws_db_instance.this": {"multi_az"}}


def test_without_its_gateway_dev_loses_its_way_out_and_nothing_else(edited):
    changes = edited("dev/network", 'nat_gateway_zones = ["us-east-1a"]', "nat_gateway_zones = []")
    gateways = (
        'aws_eip.this["us-east-1a"]',
        'aws_nat_gateway.this["us-east-1a"]',
        'aws_route.default["private/us-east-1a"]',
        'aws_route.default["private/us-east-1b"]',
    )
    assert changes == {f"module.nat_gateway[0].{address}": "removed" for address in gateways}


def test_a_third_zone_is_added_beside_the_others(planned):
    new = {
        "us-east-1a = 0, us-east-1b = 1 }": "us-east-1a = 0, us-east-1b = 1, us-east-1c = 2 }",
        "us-east-1a = 1, us-east-1b = 2 }": "us-east-1a = 1, us-east-1b = 2, us-east-1c = 3 }",
    }
    changes = difference(planned("dev/network"), planned("dev/network", new))
    own = [
        address
        for address in in_a_zone("us-east-1c")
        if "eip" not in address and "nat_gateway.this" not in address
    ]
    assert changes == dict.fromkeys(own, "added")


def test_more_tasks_move_the_bounds_and_no_task(edited):
    changes = edited("prod/services-product", "minimum = 3", "minimum = 4")
    assert changes == {
        "module.service.aws_appautoscaling_target.this": {"min_capacity"},
        "module.service.aws_ecs_service.rolling[0]": {
            "desired_count"
        },  # which Terraform leaves to autoscaling
    }


def test_a_repository_more_is_built_by_the_pipeline_and_moves_nothing_that_is_there(planned):
    before = planned("prod/pipeline")
    known = ("cart", "checkout", "product", "wishlist")
    urls = {name: f"000000000000.dkr.ecr.us-east-1.amazonaws.com/mock/{name}" for name in known}
    changes = difference(before, planned("prod/pipeline", registry={"repository_urls": urls}))
    added = {address for address, change in changes.items() if change == "added"}
    assert {address.split('"')[1] for address in added} == {"build-wishlist"}
    assert set(changes) - added == {
        "module.pipeline.aws_codepipeline.this",
        'module.project["apply"].aws_codebuild_project.this',
        'module.roles.aws_iam_role_policy.this["pipeline"]',
    }


def snapshot(root: Path) -> Snapshot:
    tree = read_tree(root)
    return Snapshot.at(replace(tree, units=tree.select("prod", "storefront")))


@pytest.fixture(scope="module")
def fourth(tmp_path_factory):
    """A service called wishlist: its folder, its line in the definition, its name in two tfvars; and the tree before."""
    had, root = (tmp_path_factory.mktemp(name) / "tree" for name in ("had", "fourth"))
    for name in COPIED:
        for copy in (had, root):
            source, target = REPOSITORY / name, copy / name
            target.parent.mkdir(parents=True, exist_ok=True)
            if source.is_dir():
                ignored = shutil.ignore_patterns("__pycache__", ".terragrunt-cache")
                shutil.copytree(source, target, ignore=ignored)
            else:
                shutil.copy2(source, target)
    before = snapshot(had)
    changed = set()

    def write(file: str, text: str) -> None:
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).write_text(text)
        changed.add(file)

    definition = "live/_units/storefront/services.hcl"
    text = (root / definition).read_text()
    line = "    cart     = {"
    assert text.count(line) == 1
    write(
        definition, text.replace(line, f'    wishlist = {{ priority = 40, paths = ["/wishlist*"] }}\n{line}')
    )
    for file in ("terragrunt.hcl", "terraform.tfvars"):
        text = (root / SYSTEM / "services-cart" / file).read_text()
        write(f"{SYSTEM}/services-wishlist/{file}", text.replace("services-cart", "services-wishlist"))
    for unit, line in (("registry", "cart     = {"), ("service-discovery", "cart     = {}")):
        file = f"{SYSTEM}/{unit}/terraform.tfvars"
        text = (root / file).read_text()
        (found,) = [row for row in text.splitlines() if row.strip().startswith(line)]
        write(file, text.replace(found, f"{found}\n{found.replace('cart    ', 'wishlist')}"))
    return root, before, changed


def test_the_tree_accepts_a_fourth_service(fourth):
    root, _, _ = fourth
    assert [str(finding) for finding in validate(read_tree(root))] == []


def test_a_fourth_service_plans_where_it_is_named_and_nowhere_else(fourth):
    root, before, changed = fourth
    found = impact_of_files(snapshot(root), before, changed)
    assert set(found.of(PLANS)) == {
        f"{SYSTEM}/{unit}" for unit in ("registry", "service-discovery", "services-wishlist")
    }


def test_a_fourth_service_makes_what_any_of_them_makes_and_only_under_its_name(fourth, plan_module):
    root, _, _ = fourth
    fourth_one, cart = (
        everything(plan_module("patterns/web-service", **values_of(f"{PLACE}/services-{name}", root=root)))
        for name in ("wishlist", "cart")
    )
    assert fourth_one.keys() == cart.keys()
    names = [each["module.service.aws_ecs_service.rolling[0]"]["name"] for each in (fourth_one, cart)]
    assert [name.rpartition("-")[2] for name in names] == ["wishlist", "cart"]


def test_the_registry_gains_one_repository(edited):
    line = "cart     = { keep_by_tag_prefix = {} }"
    changes = edited("prod/registry", line, f"{line}\n  wishlist = {{ keep_by_tag_prefix = {{}} }}")
    assert changes == dict.fromkeys(
        ('aws_ecr_lifecycle_policy.this["wishlist"]', 'aws_ecr_repository.this["wishlist"]'), "added"
    )


def test_the_names_of_services_gain_one(edited):
    line = "cart     = {}"
    changes = edited("prod/service-discovery", line, f"{line}\n  wishlist = {{}}")
    assert changes == {'aws_service_discovery_service.this["wishlist"]': "added"}
