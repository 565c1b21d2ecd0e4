"""The waf module: what is let through, counted, blocked and logged."""

import pytest
import tftest

from tests.modules.sources import sources

MODULE = "security/waf"
BASE = {"name": "acme", "scope": "REGIONAL"}
BALANCER = "arn:aws:elasticloadbalancing:us-east-1:111111111111:loadbalancer/app/acme/1234"
KEY = "arn:aws:kms:us-east-1:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab"
OFFICE = {"addresses": ["203.0.113.0/24", "2001:db8::/48"], "action": "allow", "priority": 0}
CHOSEN = {
    "blocked_countries": ["AQ"],
    "ip_sets": {
        "office": OFFICE,
        "bad": {"addresses": ["198.51.100.7/32"], "action": "block", "priority": 1},
    },
    "rate_limits": {
        "login": {"requests": 50, "seconds": 60, "priority": 210, "path_prefix": "/login"},
        "user": {"requests": 500, "priority": 220, "header": "authorization"},
    },
    "managed_rule_groups": {
        "AWSManagedRulesCommonRuleSet": {"priority": 310, "counted_rules": ["SizeRestrictions_BODY"]}
    },
}


@pytest.fixture(scope="module")
def plain(plan_module):
    return plan_module(MODULE, **BASE)


@pytest.fixture(scope="module")
def full(plan_module):
    return plan_module(
        MODULE,
        **BASE,
        **CHOSEN,
        log_kms_key_arn=KEY,
        log_retention_days=365,
        resource_arns={"balancer": BALANCER, "other": BALANCER.replace("1234", "5678")},
        tags={"System": "shop"},
    )


@pytest.fixture(scope="module")
def counting(plan_module):
    """For a distribution, since nothing else differs: this type takes seconds to plan."""
    return plan_module(MODULE, name="acme", scope="CLOUDFRONT", **CHOSEN, count_only=True)


def acl(plan):
    return plan.resources["aws_wafv2_web_acl.this"]["values"]


def rules(plan):
    return {rule["name"]: rule for rule in acl(plan)["rule"]}


def action(rule):
    """Name what happens: Terraform writes the chosen one of several blocks as a list of one."""
    (block,) = rule["action"] or rule["override_action"]
    return [name for name, chosen in block.items() if chosen]


def test_the_known_attacks_and_a_rate_limit_are_blocked_by_default(plain):
    assert {name: action(rule) for name, rule in rules(plain).items()} == {
        "AWSManagedRulesAmazonIpReputationList": ["none"],
        "AWSManagedRulesCommonRuleSet": ["none"],
        "AWSManagedRulesKnownBadInputsRuleSet": ["none"],
        "AWSManagedRulesSQLiRuleSet": ["none"],
        "rate-everybody": ["block"],
    }
    assert acl(plain)["default_action"][0]["allow"]


def test_one_address_may_ask_2000_times_in_five_minutes(plain):
    (rate,) = rules(plain)["rate-everybody"]["statement"][0]["rate_based_statement"]
    assert (rate["limit"], rate["evaluation_window_sec"], rate["aggregate_key_type"]) == (2000, 300, "IP")


def test_who_asks_too_often_is_told_so(full):
    (block,) = rules(full)["rate-login"]["action"][0]["block"]
    assert block["custom_response"][0]["response_code"] == 429


def test_a_rate_can_be_of_a_path_or_of_a_headers_value(full):
    (login,) = rules(full)["rate-login"]["statement"][0]["rate_based_statement"]
    (match,) = login["scope_down_statement"][0]["byte_match_statement"]
    assert (login["limit"], login["evaluation_window_sec"]) == (50, 60)
    assert (match["search_string"], match["positional_constraint"]) == ("/login", "STARTS_WITH")
    assert match["text_transformation"][0]["type"] == "URL_DECODE"
    (user,) = rules(full)["rate-user"]["statement"][0]["rate_based_statement"]
    assert user["aggregate_key_type"] == "CUSTOM_KEYS"
    (header,) = user["custom_key"][0]["header"]
    assert header["name"] == "authorization"
    assert header["text_transformation"] == [{"priority": 0, "type": "NONE"}]


def test_rules_are_asked_in_order_addresses_countries_rates_groups(full):
    in_order = sorted(rules(full).values(), key=lambda rule: rule["priority"])
    assert [rule["name"] for rule in in_order] == [
        "allow-office-ipv4",
        "allow-office-ipv6",
        "block-bad-ipv4",
        "countries",
        "rate-login",
        "rate-user",
        "AWSManagedRulesCommonRuleSet",
    ]


@pytest.mark.parametrize(
    ("key", "name", "family", "addresses"),
    [
        pytest.param("office/IPV4", "acme-office-ipv4", "IPV4", ["203.0.113.0/24"], id="IPv4"),
        pytest.param("office/IPV6", "acme-office-ipv6", "IPV6", ["2001:db8::/48"], id="IPv6"),
        pytest.param("bad/IPV4", "acme-bad-ipv4", "IPV4", ["198.51.100.7/32"], id="blocked"),
    ],
)
def test_addresses_stand_in_sets_of_one_family(full, key, name, family, addresses):
    found = full.resources[f'aws_wafv2_ip_set.this["{key}"]']["values"]
    assert (found["name"], found["ip_address_version"], found["addresses"]) == (name, family, addresses)
    assert (found["scope"], found["tags"]) == ("REGIONAL", {"System": "shop"})


def test_a_rule_of_a_group_can_be_made_to_count_only(full):
    (group,) = rules(full)["AWSManagedRulesCommonRuleSet"]["statement"][0]["managed_rule_group_statement"]
    (override,) = group["rule_action_override"]
    assert override["name"] == "SizeRestrictions_BODY"
    assert override["action_to_use"][0]["count"]


def test_countries_are_blocked(full):
    assert action(rules(full)["countries"]) == ["block"]
    (match,) = rules(full)["countries"]["statement"][0]["geo_match_statement"]
    assert match["country_codes"] == ["AQ"]


def test_counting_blocks_nobody_and_still_lets_the_office_through(counting):
    found = {name: action(rule) for name, rule in rules(counting).items()}
    assert found.pop("allow-office-ipv4") == found.pop("allow-office-ipv6") == ["allow"]
    assert set(map(tuple, found.values())) == {("count",)}


def test_requests_are_logged_without_what_opens_a_session(plain, full):
    found = full.resources["aws_cloudwatch_log_group.this"]["values"]
    assert (found["name"], found["retention_in_days"], found["kms_key_id"]) == ("aws-waf-logs-acme", 365, KEY)
    assert plain.resources["aws_cloudwatch_log_group.this"]["values"]["retention_in_days"] == 30
    logging = plain.resources["aws_wafv2_web_acl_logging_configuration.this"]["values"]
    redacted = {field["single_header"][0]["name"] for field in logging["redacted_fields"]}
    assert redacted == {"authorization", "cookie"}


def test_every_rule_is_measured_and_keeps_samples(full):
    for name, rule in rules(full).items():
        (visible,) = rule["visibility_config"]
        assert (visible["cloudwatch_metrics_enabled"], visible["sampled_requests_enabled"]) == (True, True), (
            name
        )
    assert acl(full)["visibility_config"][0]["metric_name"] == "acme"


def test_regional_resources_are_attached(full):
    found = full.resources['aws_wafv2_web_acl_association.this["balancer"]']["values"]
    assert found["resource_arn"] == BALANCER


def test_a_distributions_acl_has_its_scope(counting):
    assert acl(counting)["scope"] == "CLOUDFRONT"


def test_tags_and_outputs(full):
    assert acl(full)["tags"] == {"System": "shop"}
    assert full.outputs["web_acl_name"] == "acme"
    assert full.outputs["log_group_name"] == "aws-waf-logs-acme"
    expected = {"ip_set_arns": "aws_wafv2_ip_set.this", "web_acl_arn": "aws_wafv2_web_acl.this.arn"}
    assert sources(full, *expected) == expected


def with_set(**changes):
    return {"ip_sets": {"a": OFFICE | changes}}


def rate(**changes):
    return {"rate_limits": {"a": {"requests": 100, "priority": 200} | changes}}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        pytest.param({"name": "a" * 81}, r"1 to 80 letters.*\(81 characters\)", id="name too long"),
        pytest.param({"scope": "GLOBAL"}, 'REGIONAL or CLOUDFRONT; got "GLOBAL"', id="scope"),
        pytest.param({"blocked_countries": ["xx"]}, r'two capital letters.*\["xx"\]', id="country"),
        pytest.param(with_set(action="ignore"), 'allow or block.*"ignore"', id="action of a set"),
        pytest.param(with_set(addresses=["0.0.0.0/0"]), "narrower than /0.*0.0.0.0/0", id="everybody"),
        pytest.param(with_set(addresses=["10.0.0.1"]), "CIDR blocks.*10.0.0.1", id="no CIDR"),
        pytest.param(with_set(priority=50), r'from 0 to 49; got \{"a":50\}', id="priority of a set"),
        pytest.param({"ip_sets": {"a": OFFICE, "b": OFFICE}}, r'\{"a":0,"b":0\}', id="equal priorities"),
        pytest.param({"log_retention_days": 0}, "CloudWatch's own values.*got 0", id="logs for ever"),
        pytest.param(
            {"managed_rule_groups": {"Mine": {"priority": 300}}}, r'one of AWS\'s.*\["Mine"\]', id="group"
        ),
        pytest.param(
            {"managed_rule_groups": {"AWSManagedRulesLinuxRuleSet": {"priority": 1}}},
            "from 300 to 399.*:1",
            id="priority of a group",
        ),
        pytest.param(rate(requests=5), r"at least 10 requests.*\[5,300\]", id="few requests"),
        pytest.param(rate(seconds=30), r"60, 120, 300 or 600 seconds.*\[100,30\]", id="window"),
        pytest.param(rate(priority=1), r'from 200 to 299; got \{"a":1\}', id="priority of a rate"),
        pytest.param(rate(path_prefix="login"), 'begins with a slash.*"login"', id="path"),
        pytest.param(
            {"scope": "CLOUDFRONT", "resource_arns": {"balancer": BALANCER}},
            r'scope REGIONAL.*\["balancer"\]',
            id="CDN",
        ),
    ],
)
def test_is_refused_with_rule_and_value(plan_module, change, message):
    with pytest.raises(tftest.TerraformTestError, match=f"(?s){message}"):
        plan_module(MODULE, **(BASE | change))
