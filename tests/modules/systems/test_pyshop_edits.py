"""What an engineer edits in pyshop, each edit one line of a tfvars, and all that it changes."""

import json

import pytest
import tftest

from tests.unit_values import difference, everything, unit_at, values_of

LISTENER = (
    "arn:aws:elasticloadbalancing:us-east-1:000000000000:listener/app/mock/0000000000000000/1111111111111111"
)
NO_DOMAIN = {"certificate_arn": "", "plain_http": True, "domain_name": "", "hosts": [], "zone_id": ""}
TASK = "module.service.aws_ecs_task_definition.this"
TIERS = ("private", "public")


@pytest.fixture(scope="module")
def planned(plan_module):
    """Plan a unit of pyshop, perhaps edited, perhaps with other outputs of the units it depends on."""

    def plan(place, edits=None, **outputs):
        environment, unit = place.split("/")
        path = f"{environment}/us-east-1/pyshop/{unit}"
        module = unit_at(path).module.removeprefix("modules/")
        return plan_module(module, **values_of(path, edits, outputs))

    return plan


@pytest.fixture(scope="module")
def edited(planned):
    """What one edit changes in one unit, by address."""

    def change(place, old, new):
        return difference(planned(place), planned(place, {old: new}))

    return change


def images(plan):
    return {
        item["name"]: item["image"] for item in json.loads(everything(plan)[TASK]["container_definitions"])
    }


def test_a_new_image_tag_changes_the_tasks_and_nothing_else(planned):
    before = planned("prod/service")
    after = planned("prod/service", {"image_tag = { pinned = null }": 'image_tag = { pinned = "v1.4.2" }'})
    assert difference(before, after) == {TASK: {"container_definitions"}}
    assert images(after)["app"].endswith("/api:v1.4.2")
    assert {name: image for name, image in images(after).items() if name != "app"} == {
        name: image for name, image in images(before).items() if name != "app"
    }


def test_another_count_moves_the_bounds_and_no_task(edited):
    """Autoscaling owns the number of tasks (ignore_changes on desired_count), so the bound is what an apply changes."""
    changes = edited("prod/service", "minimum        = 2", "minimum        = 3")
    assert changes == {
        "module.service.aws_appautoscaling_target.this": {"min_capacity"},
        "module.service.aws_ecs_service.rolling[0]": {"desired_count"},
    }


def test_a_standby_is_one_value_of_the_database(edited):
    changes = edited("dev/database", "multi_az = false", "multi_az = true")
    assert changes == {"module.instance[0].aws_db_instance.this": {"multi_az"}}


def test_spot_for_a_larger_share_changes_the_service_alone(edited):
    changes = edited("prod/service", "FARGATE_SPOT = { weight = 1 }", "FARGATE_SPOT = { weight = 3 }")
    assert changes == {"module.service.aws_ecs_service.rolling[0]": {"capacity_provider_strategy"}}


def test_without_the_nat_gateway_nothing_but_its_way_out_is_gone(edited):
    changes = edited("dev/network", 'nat_gateway_zones = ["us-east-1a"]', "nat_gateway_zones = []")
    assert changes == dict.fromkeys(
        (
            'module.nat_gateway[0].aws_eip.this["us-east-1a"]',
            'module.nat_gateway[0].aws_nat_gateway.this["us-east-1a"]',
            'module.nat_gateway[0].aws_route.default["private/us-east-1a"]',
            'module.nat_gateway[0].aws_route.default["private/us-east-1b"]',
        ),
        "removed",
    )


def test_logs_kept_longer_change_the_log_alone(edited):
    changes = edited("staging/service", "log_retention_days    = 30", "log_retention_days    = 90")
    assert changes == {"module.service.aws_cloudwatch_log_group.this": {"retention_in_days"}}


def test_a_third_zone_comes_and_goes_without_touching_the_other_two(planned):
    wider = {
        "zones = { us-east-1a = 1, us-east-1b = 2 }": "zones = { us-east-1a = 1, us-east-1b = 2, us-east-1c = 3 }",
        "zones = { us-east-1a = 10, us-east-1b = 11 }": "zones = { us-east-1a = 10, us-east-1b = 11, us-east-1c = 12 }",
        'nat_gateway_zones = ["us-east-1a", "us-east-1b"]': 'nat_gateway_zones = ["us-east-1a", "us-east-1b", "us-east-1c"]',
    }
    two, three = planned("prod/network"), planned("prod/network", wider)
    kinds = ("aws_route_table", "aws_route_table_association", "aws_subnet")
    assert difference(three, two) == dict.fromkeys(
        (
            'module.internet_gateway[0].aws_route.default["us-east-1c"]',
            'module.nat_gateway[0].aws_eip.this["us-east-1c"]',
            'module.nat_gateway[0].aws_nat_gateway.this["us-east-1c"]',
            'module.nat_gateway[0].aws_route.default["private/us-east-1c"]',
            *(f'module.subnets.{kind}.this["{tier}/us-east-1c"]' for kind in kinds for tier in TIERS),
        ),
        "removed",
    )


def test_a_domain_makes_zone_and_certificate_and_ends_plain_http(planned):
    line = 'domain           = { name = "pyshop.dev.example.com" }'
    before = planned("dev/dns-zone")
    after = planned("dev/dns-zone", {"domain           = null": line})
    changes = difference(before, after)
    certificate = "module.certificate[0]"
    assert changes == dict.fromkeys(
        (
            "module.zone[0].aws_route53_zone.this",
            f"{certificate}.aws_acm_certificate.this",
            f"{certificate}.aws_acm_certificate_validation.this",
            f"{certificate}.aws_cloudwatch_metric_alarm.expiry[0]",
            f'{certificate}.aws_route53_record.validation["pyshop.dev.example.com"]',
            f'{certificate}.aws_route53_record.validation["www.pyshop.dev.example.com"]',
        ),
        "added",
    )
    assert (before.outputs["plain_http"], after.outputs["plain_http"]) == (True, False)


def test_the_domain_then_brings_https_and_the_redirect(planned):
    """The unit after dns-zone: its stand-ins are what a zone with a domain gives."""
    before, after = planned("dev/load-balancer", domain=NO_DOMAIN), planned("dev/load-balancer")
    assert difference(before, after) == {
        "aws_lb_listener.https[0]": "added",
        "aws_lb_listener.http[0]": {"default_action"},
    }
    assert everything(before)["aws_lb_listener.http[0]"]["protocol"] == "HTTP"


def test_the_domain_then_moves_the_services_rule_to_the_https_listener(planned):
    before = planned("dev/service")
    after = planned("dev/service", load_balancer={"main_listener_arn": LISTENER})
    assert difference(before, after) == {'aws_lb_listener_rule.this["everything"]': {"listener_arn"}}


def test_the_domain_then_leads_to_the_load_balancer_by_both_names(planned):
    before, after = planned("dev/dns-records", domain=NO_DOMAIN), planned("dev/dns-records")
    assert everything(before) == {}
    records = {record["name"]: record["type"] for record in everything(after).values()}
    assert records == {"mock.example.com": "A", "www.mock.example.com": "A"}


def test_without_a_domain_plain_http_must_be_allowed(planned):
    silent = NO_DOMAIN | {"plain_http": False}
    with pytest.raises(tftest.TerraformTestError, match="needs certificate_arn to serve HTTPS"):
        planned("dev/load-balancer", domain=silent)
    refused = planned("dev/dns-zone", {"allow_plain_http = true": "allow_plain_http = false"})
    assert refused.outputs["plain_http"] is False
