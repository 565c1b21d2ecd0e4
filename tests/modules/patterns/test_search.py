"""The search pattern: as many domains as an environment writes down, also none."""

import json

import pytest
import tftest

MODULE = "patterns/search"
ACCOUNT = "111111111111"
KEY = f"arn:aws:kms:us-east-1:{ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab"
TOPIC = f"arn:aws:sns:us-east-1:{ACCOUNT}:alerts"
MASTER = f"arn:aws:iam::{ACCOUNT}:role/acme-search-master"
CLIENT = f"arn:aws:iam::{ACCOUNT}:role/acme-product-search"
SMALL = {"nodes": {"type": "t3.small.search", "count": 1}}
LARGE = {
    "nodes": {"type": "r6g.large.search", "count": 2},
    "dedicated_masters": {"type": "m6g.large.search", "count": 3},
    "engine_version": "OpenSearch_2.17",
    "storage_gb": 50,
    "zone_count": 2,
}
BASE = {
    "name": "acme",
    "account_id": ACCOUNT,
    "kms_key_arn": KEY,
    "master_role_arn": MASTER,
    "security_group_ids": ["sg-0"],
    "subnet_ids": ["subnet-a", "subnet-b", "subnet-c"],
}
DOMAIN = "aws_opensearch_domain.this"


@pytest.fixture(scope="module")
def plan(plan_module):
    return plan_module(
        MODULE,
        **BASE,
        domains={"small": SMALL, "large": LARGE},
        alarm_topic_arns=[TOPIC],
        client_role_arns=[CLIENT],
        log_kms_key_arn=KEY,
        log_retention_days=90,
        tags={"System": "commerce"},
    )


def resource(plan, key, address=DOMAIN):
    return plan.modules[f'module.domain["{key}"]'].resources[address]["values"]


def test_no_domain_makes_nothing(plan_module):
    plan = plan_module(MODULE, **BASE, domains={})
    assert plan.modules == {}
    assert plan.outputs == {"domain_arns": {}, "domain_names": {}, "endpoints": {}}


def test_a_domain_takes_one_subnet_a_zone(plan):
    assert resource(plan, "small")["vpc_options"][0]["subnet_ids"] == ["subnet-a"]
    assert resource(plan, "large")["vpc_options"][0]["subnet_ids"] == ["subnet-a", "subnet-b"]


def test_a_domain_has_the_size_that_its_entry_says(plan):
    small, large = (resource(plan, key)["cluster_config"][0] for key in ("small", "large"))
    assert (small["instance_type"], small["instance_count"]) == ("t3.small.search", 1)
    assert (small["dedicated_master_enabled"], large["dedicated_master_count"]) == (False, 3)
    assert (resource(plan, "small")["engine_version"], resource(plan, "large")["engine_version"]) == (
        "OpenSearch_2.19",
        "OpenSearch_2.17",
    )
    assert [resource(plan, key)["ebs_options"][0]["volume_size"] for key in ("small", "large")] == [20, 50]


def test_every_domain_is_closed_encrypted_watched_and_tagged(plan):
    for key in ("small", "large"):
        found = resource(plan, key)
        assert found["domain_name"] == f"acme-{key}"
        assert found["encrypt_at_rest"][0] == {"enabled": True, "kms_key_id": KEY}
        assert found["vpc_options"][0]["security_group_ids"] == ["sg-0"]
        assert found["advanced_security_options"][0]["master_user_options"][0]["master_user_arn"] == MASTER
        assert found["tags"] == {"System": "commerce"}
        module = plan.modules[f'module.domain["{key}"]'].resources
        groups = [r["values"] for r in module.values() if r["type"] == "aws_cloudwatch_log_group"]
        assert {(group["retention_in_days"], group["kms_key_id"]) for group in groups} == {(90, KEY)}
        alarms = [r["values"] for r in module.values() if r["type"] == "aws_cloudwatch_metric_alarm"]
        assert {tuple(alarm["alarm_actions"]) for alarm in alarms} == {(TOPIC,)}


def test_client_roles_reach_the_domain_and_nobody_else_does(plan):
    policy = json.loads(resource(plan, "small")["access_policies"])
    principals = [arn for statement in policy["Statement"] for arn in statement["Principal"]["AWS"]]
    assert set(principals) == {MASTER, CLIENT}


def test_taking_one_away_leaves_the_other(plan, plan_module):
    fewer = plan_module(MODULE, **BASE, domains={"small": SMALL}, tags={"System": "commerce"})
    assert set(fewer.modules) == {'module.domain["small"]'}
    assert set(plan.outputs["domain_names"]) == {"small", "large"}
    assert {"domain_arns", "endpoints"} <= set(plan.planned_values["outputs"])


def test_more_zones_than_subnets_are_refused(plan_module):
    with pytest.raises(tftest.TerraformTestError, match=r'(?s)at most the number of subnets \(3\).*"x":4'):
        plan_module(MODULE, **BASE, domains={"x": SMALL | {"zone_count": 4}})
