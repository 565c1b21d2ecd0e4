"""What a month costs is computed from planned values, written-down usage and a dated list; nothing is left out silently."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from scripts.checks.finding import Refused
from scripts.cost import report
from scripts.cost.estimate import Estimate, estimate, free_types, left_out_types
from scripts.cost.planned import deltas
from scripts.cost.prices import Usage, budget_of, price_list, usage_of
from scripts.cost.services import RULES
from scripts.live.tree import Environment
from scripts.machine import REPOSITORY
from scripts.plans.plan import ResourceChange, UnitPlan
from scripts.plans.planned_resources import Resource, Values, after, before

UNIT = "live/dev/us-east-1/shop/all"


def environment(**values: object) -> Environment:
    return Environment("dev", "live/dev/env.hcl", "111111111111", ("us-east-1",), values)


def usage(**figures: float) -> Usage:
    return usage_of(environment(usage=figures))


def resource(kind: str, name: str = "this", unit: str = UNIT, **values: object) -> Resource:
    return Resource(unit, f"{kind}.{name}", kind, Values(values))


def month(*resources: Resource, **figures: float) -> Estimate:
    return estimate(resources, price_list(), usage(**figures))


TASK = resource("aws_ecs_task_definition", cpu="1024", memory="2048")
GATEWAYS = (resource("aws_nat_gateway", "a"), resource("aws_nat_gateway", "b"))
NIGHT = resource("aws_appautoscaling_scheduled_action", scalable_target_action=[{"max_capacity": 0}])


@pytest.mark.parametrize(
    ("resources", "usd"),
    [
        pytest.param([resource("aws_nat_gateway")], 32.85, id="a NAT gateway's hours"),
        pytest.param([TASK, resource("aws_ecs_service", desired_count=2)], 72.08, id="two tasks on demand"),
        pytest.param(
            [
                TASK,
                resource(
                    "aws_ecs_service",
                    desired_count=4,
                    capacity_provider_strategy=[
                        {"capacity_provider": "FARGATE", "base": 1, "weight": 0},
                        {"capacity_provider": "FARGATE_SPOT", "base": 0, "weight": 1},
                    ],
                ),
            ],
            84.86,  # 1 x 36.04 on demand, 3 x (0.0134 + 2 x 0.004445) x 730 on Spot
            id="one task on demand, three on Spot",
        ),
        pytest.param(
            [TASK, NIGHT, resource("aws_ecs_service", desired_count=2)], 21.72, id="asleep at night"
        ),
        pytest.param(
            [resource("aws_db_instance", instance_class="db.t4g.small", multi_az=True, allocated_storage=20)],
            51.32,
            id="a database with a standby",
        ),
        pytest.param(
            [
                resource(
                    "aws_elasticache_replication_group",
                    node_type="cache.m7g.xlarge",
                    num_node_groups=2,
                    replicas_per_node_group=1,
                )
            ],
            922.72,  # 4 nodes, each twice cache.m7g.large
            id="a size that is not on the list, by its family",
        ),
        pytest.param(
            [resource("aws_opensearch_domain", cluster_config=[{"instance_type": "t3.medium.search"}])],
            52.56,  # twice t3.small.search
            id="a small size that is not on the list",
        ),
        pytest.param(
            [resource("aws_vpc_endpoint", vpc_endpoint_type="Interface", subnet_ids=["a", "b"])],
            14.61,
            id="an interface endpoint in two zones",
        ),
        pytest.param(
            [
                resource("aws_vpc_endpoint", vpc_endpoint_type="Interface"),
                *(resource("aws_subnet", zone, availability_zone=zone) for zone in ("a", "b", "c")),
                resource("aws_subnet", "public-a", availability_zone="a"),
            ],
            21.91,
            id="an interface endpoint whose subnets do not exist yet, in the zones of its unit",
        ),
        pytest.param([resource("aws_vpc_endpoint", vpc_endpoint_type="Gateway")], 0, id="a gateway endpoint"),
        pytest.param(
            [resource("aws_api_gateway_stage", cache_cluster_enabled=True, cache_cluster_size="0.5")],
            14.60,
            id="an API's cache",
        ),
        pytest.param(
            [resource("aws_api_gateway_stage", cache_cluster_enabled=False, cache_cluster_size="237")],
            0,
            id="an API without a cache",
        ),
        pytest.param([resource("aws_cloudwatch_metric_alarm", period=60)], 0.10, id="an alarm"),
        pytest.param([resource("aws_cloudwatch_metric_alarm", period=10)], 0.30, id="a quick alarm"),
        pytest.param(
            [resource("aws_secretsmanager_secret", replica=[{}])], 0.80, id="a secret with a replica"
        ),
        pytest.param(
            [resource("aws_dynamodb_table", billing_mode="PROVISIONED", read_capacity=10, write_capacity=5)],
            3.57,
            id="a provisioned table",
        ),
    ],
)
def test_a_resource_costs_what_the_list_says(resources, usd) -> None:
    assert month(*resources).usd == pytest.approx(usd, abs=0.01)


def test_a_public_balancer_pays_for_its_addresses_and_traffic_and_an_internal_one_does_not() -> None:
    public = month(resource("aws_lb", subnets=["a", "b", "c"], internal=False))
    internal = month(resource("aws_lb", subnets=["a", "b", "c"], internal=True))
    assert public.by(lambda line: line.group)["Public IPv4"] == pytest.approx(3 * 3.65)
    assert set(internal.by(lambda line: line.group)) == {"Load balancer"}


def test_what_is_not_used_as_configured_counts_as_free() -> None:
    found = month(resource("aws_vpc_endpoint", vpc_endpoint_type="Gateway"))
    assert (found.priced, list(found.free.values())) == (0, ["nothing of it is used as it is configured"])


def test_a_size_without_a_price_is_counted_as_not_covered_by_name() -> None:
    found = month(resource("aws_db_instance", instance_class="db.x9.huge"))
    assert [(each.type, each.reason, each.sized) for each in found.not_covered] == [
        ("aws_db_instance", "the price list has no db.x9.huge", True)
    ]
    assert (found.usd, found.priced, len(found.free)) == (0, 0, 0)


SIZES = {
    r'"(cache\.\w+\.\w+)"': lambda size: resource(
        "aws_elasticache_replication_group", node_type=size, num_cache_clusters=1
    ),
    r'"(\w+\.\w+\.search)"': lambda size: resource(
        "aws_opensearch_domain", cluster_config=[{"instance_type": size, "instance_count": 1}]
    ),
    r'"(db\.\w+\.\w+)"': lambda size: resource("aws_db_instance", instance_class=size),
    r'writer = \{ class = "(db\.\w+\.\w+)"': lambda size: resource(
        "aws_rds_cluster_instance", instance_class=size
    ),
    r'instance_types *= \["([\w.]+)"': lambda size: resource(
        "aws_autoscaling_group",
        desired_capacity=1,
        mixed_instances_policy=[{"launch_template": [{"override": [{"instance_type": size}]}]}],
    ),
}
"""How sizes are written in a tfvars, and what is made of them."""


def test_of_all_sizes_in_use_only_those_have_no_price_that_the_price_list_says_so_of() -> None:
    """Aurora's sizes stand as databases of RDS as well, and db.r6g is one of those that RDS has no price for."""
    text = "\n".join(
        re.sub(r"(?m)^#.*$", "", file.read_text()) for file in (REPOSITORY / "live").rglob("terraform.tfvars")
    )
    used = {(pattern, size) for pattern in SIZES for size in re.findall(pattern, text)}
    assert {pattern for pattern, _ in used} == set(SIZES)
    missing = {size for pattern, size in used if month(SIZES[pattern](size)).not_covered}
    assert missing == {"db.m7g.large", "db.r7g.large", "db.r6g.large"}


def test_a_cache_of_an_api_has_a_price_for_its_smallest_and_largest_size_only() -> None:
    sizes = ("0.5", "1.6", "6.1", "13.5", "28.4", "58.2", "118", "237")
    made = {
        size: month(
            resource("aws_api_gateway_stage", cache_cluster_enabled=True, cache_cluster_size=size)
        ).not_covered
        for size in sizes
    }
    assert [size for size, missing in made.items() if not missing] == ["0.5", "237"]
    assert made["6.1"][0].reason == "the price list has no API cache of 6.1 GB"


def test_every_resource_is_priced_free_or_named_as_missing() -> None:
    found = month(
        resource("aws_nat_gateway"),
        resource("aws_iam_role"),
        resource("aws_ecs_cluster"),
        resource("aws_new"),
    )
    assert (found.resources, found.priced, len(found.free)) == (4, 1, 1)
    assert {each.type: each.reason for each in found.not_covered}["aws_new"] == (
        "the estimate does not know this type"
    )
    assert report.coverage(found) == "4 resources: 1 priced, 1 free, 2 not covered (50% covered)."


def test_every_type_of_the_library_has_a_rule_or_a_reason() -> None:
    files = (REPOSITORY / "modules").glob("*/*/*.tf")
    used = {
        kind for file in files for kind in re.findall(r'^resource "(\w+)"', file.read_text(), re.MULTILINE)
    }
    known = {*RULES, *free_types(), *left_out_types()}
    assert used - known == set()


def test_no_type_is_both_priced_and_excused() -> None:
    assert [kind for kind in RULES if kind in free_types() or kind in left_out_types()] == []
    assert set(free_types()) & set(left_out_types()) == set()


def test_every_price_is_used_positive_and_has_a_dated_source() -> None:
    listed = price_list()
    sources = "".join(file.read_text() for file in Path(report.__file__).parent.rglob("*.py"))
    families = (
        "ec2-",
        "rds-",
        "aurora-",
        "cache-",
        "rest-api-cache-",
        "search-",
        "codebuild-",
        "dynamodb-",
        "fargate-",
        "alb",
        "nlb",
    )
    unused = [name for name in listed.prices if f'"{name}"' not in sources and not name.startswith(families)]
    assert unused == []
    assert all(price.usd > 0 and re.search(r"20\d\d", price.source) for price in listed.prices.values())
    assert listed.read >= date(2026, 11, 1)


def test_an_environment_may_assume_another_usage_and_the_line_says_so() -> None:
    found = month(resource("aws_nat_gateway"), nat_gb=100)
    data = next(line for line in found.lines if line.what == "data")
    assert (data.usd, data.assumption) == (
        pytest.approx(4.50),
        "100 GB a month through each NAT gateway (env.hcl)",
    )


@pytest.mark.parametrize(
    ("values", "message"),
    [
        pytest.param(
            {"usage": {"nat_gbs": 1}}, 'no usage figure "nat_gbs"; did you mean "nat_gb"', id="a typo"
        ),
        pytest.param(
            {"usage": {"nat_gb": "much"}}, 'usage.nat_gb must be a number .* not "much"', id="a word"
        ),
        pytest.param({"usage": {"nat_gb": -1}}, "at least 0", id="a negative figure"),
        pytest.param({"usage": 3}, "must be an object", id="no object"),
    ],
)
def test_a_usage_that_cannot_be_meant_is_refused_with_its_file(values, message) -> None:
    with pytest.raises(Refused, match=f"live/dev/env.hcl: .*{message}"):
        usage_of(environment(**values))


def test_a_budget_is_a_positive_number_or_absent() -> None:
    assert budget_of(environment()) is None
    assert budget_of(environment(monthly_budget_usd=400)) == 400.0
    with pytest.raises(Refused, match="must be a number above 0"):
        budget_of(environment(monthly_budget_usd="400"))


def plan_of(*changes: ResourceChange) -> UnitPlan:
    return UnitPlan(UNIT, changes)


def test_the_difference_a_plan_makes_is_after_less_before() -> None:
    gateway = {"subnet_id": "subnet-1"}
    stays = ResourceChange("aws_nat_gateway.a", "aws_nat_gateway", "no-op", before=gateway, after=gateway)
    comes = ResourceChange("aws_nat_gateway.b", "aws_nat_gateway", "create", after=gateway)
    goes = ResourceChange("aws_nat_gateway.c", "aws_nat_gateway", "delete", before=gateway)
    assert deltas([plan_of(stays, comes)], usage()) == {UNIT: pytest.approx(32.85)}
    assert deltas([plan_of(stays, goes)], usage()) == {UNIT: pytest.approx(-32.85)}
    assert deltas([plan_of(stays)], usage()) == {UNIT: 0.0}


def test_data_sources_and_what_is_left_over_from_a_replacement_are_no_resources() -> None:
    data = ResourceChange("data.aws_x.a", "aws_x", "read", after={}, mode="data")
    old = ResourceChange("aws_nat_gateway.a", "aws_nat_gateway", "delete", before={}, deposed="1234")
    assert (after([plan_of(data, old)]), before([plan_of(data, old)])) == ((), ())


def test_lines_that_are_alike_become_one_row() -> None:
    lines = month(*GATEWAYS, *(resource("aws_cloudwatch_metric_alarm", name) for name in "abc")).lines
    rows = report.merged(lines, details=False)
    assert [(row[0].strip(), row[3].strip()) for row in rows] == [
        ("NAT gateway: hours (2)", "65.70"),
        ("1 smaller", "0.30"),
    ]
    assert len(report.merged(lines, details=True)) == 5


@pytest.mark.parametrize(
    ("resources", "budget", "says"),
    [
        pytest.param([GATEWAYS[0]], 40.0, "within the budget of 40.00 USD (82%).", id="within"),
        pytest.param(
            [GATEWAYS[0], resource("aws_db_instance", instance_class="db.x9.huge")],
            40.0,
            "within the budget of 40.00 USD (82%, without 1 resources whose size has no price).",
            id="within, as far as is known",
        ),
        pytest.param([GATEWAYS[0]], 30.0, "over the budget of 30.00 USD (110%).", id="over"),
    ],
)
def test_the_table_says_how_the_sum_stands_to_the_budget(capsys, resources, budget, says) -> None:
    report.show(month(*resources), price_list(), budget, (), details=False)
    shown = capsys.readouterr()
    assert says in shown.out + shown.err
    assert "32.85 USD a month, an estimate by us-east-1 prices read on 2026-11-21" in shown.out


def test_the_machine_readable_report_says_what_the_table_says() -> None:
    found = month(resource("aws_nat_gateway"), resource("aws_ecs_cluster"))
    shown = report.as_json(found, price_list(), 10.0, ())
    assert (shown["usd_a_month"], shown["over_budget"]) == (32.85, True)
    assert shown["coverage"] == {"resources": 2, "priced": 1, "free": 0, "not_covered": 1}
    assert shown["lines"][0]["price"]["source"].startswith("public AWS price tables")
