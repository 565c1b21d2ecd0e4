"""The shield module: nothing before it is bought, everything named after."""

import pytest
import tftest

MODULE = "security/shield"
SITE = "arn:aws:cloudfront::111111111111:distribution/E1"
ZONE = "arn:aws:route53:::hostedzone/Z1"
CHECK = "arn:aws:route53:::healthcheck/1234"
RESOURCES = {
    "site": {"arn": SITE, "automatic_response": "block", "health_check": {"arn": CHECK}},
    "zone": {"arn": ZONE},
}


@pytest.fixture(scope="module")
def plan(plan_module):
    return plan_module(MODULE, name="acme", bought=True, resources=RESOURCES, tags={"System": "shop"})


def values(plan, address):
    return plan.resources[address]["values"]


def test_nothing_is_made_before_the_subscription_is_bought(plan_module):
    plan = plan_module(MODULE, name="acme", resources=RESOURCES)
    assert not plan.resources
    assert plan.outputs["protection_arns"] == {}


def test_each_resource_is_protected_under_its_name(plan):
    found = values(plan, 'aws_shield_protection.this["site"]')
    assert (found["name"], found["resource_arn"], found["tags"]) == ("acme-site", SITE, {"System": "shop"})
    assert values(plan, 'aws_shield_protection.this["zone"]')["resource_arn"] == ZONE


def test_an_attack_on_pages_is_answered_as_the_caller_says(plan):
    found = values(plan, 'aws_shield_application_layer_automatic_response.this["site"]')
    assert (found["action"], found["resource_arn"]) == ("BLOCK", SITE)
    assert 'aws_shield_application_layer_automatic_response.this["zone"]' not in plan.resources


def test_a_health_check_tells_an_attack_from_a_busy_day(plan):
    found = values(plan, 'aws_shield_protection_health_check_association.this["site"]')
    assert found["health_check_arn"] == CHECK
    assert 'aws_shield_protection_health_check_association.this["zone"]' not in plan.resources


def test_what_is_hit_together_is_judged_together(plan):
    found = values(plan, "aws_shield_protection_group.this[0]")
    assert (found["protection_group_id"], found["aggregation"]) == ("acme", "MAX")
    assert sorted(found["members"]) == [SITE, ZONE]
    assert found["tags"] == {"System": "shop"}


def test_removing_a_resource_leaves_the_others_at_their_addresses(plan, plan_module):
    fewer = plan_module(MODULE, name="acme", bought=True, resources={"zone": {"arn": ZONE}})
    assert set(fewer.resources) == {address for address in plan.resources if '"site"' not in address}


def test_outputs_are_keyed_as_the_resources_are(plan):
    assert "protection_arns" in plan.planned_values["outputs"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        pytest.param({"name": "a" * 37}, r"1 to 36 letters.*\(37 characters\)", id="name too long"),
        pytest.param(
            {"resources": {"a": {"arn": "arn:aws:s3:::b"}}}, r'Shield protects.*"arn:aws:s3:::b"', id="bucket"
        ),
        pytest.param(
            {"resources": {"a": {"arn": ZONE, "automatic_response": "block"}}},
            r'count or block.*"a":"block"',
            id="zone",
        ),
        pytest.param(
            {"resources": {"a": {"arn": SITE, "automatic_response": "fight"}}},
            r'count or block.*"fight"',
            id="response",
        ),
        pytest.param(
            {"resources": {"a": {"arn": SITE, "health_check": {"arn": "c"}}}},
            r'health check; got.*"c"',
            id="check",
        ),
    ],
)
def test_is_refused_with_rule_and_value(plan_module, change, message):
    with pytest.raises(tftest.TerraformTestError, match=f"(?s){message}"):
        plan_module(MODULE, **({"name": "acme", "resources": {}} | change))
