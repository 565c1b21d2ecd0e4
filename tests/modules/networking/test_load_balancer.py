"""networking/load-balancer: HTTPS, logged and protected until the caller says otherwise by name."""

from hashlib import sha1

import pytest

MODULE = "networking/load-balancer"
CERTIFICATE = "arn:aws:acm:us-east-1:111111111111:certificate/00000000-0000-0000-0000-000000000000"
TOPIC = "arn:aws:sns:us-east-1:111111111111:alerts"
WEB_ACL = "arn:aws:wafv2:us-east-1:111111111111:regional/webacl/shop/00000000-0000-0000-0000-000000000000"
APPLICATION_BALANCER = (
    "arn:aws:elasticloadbalancing:us-east-1:111111111111:loadbalancer/app/acme/0123456789abcdef"
)
PLACE = {
    "name": "acme",
    "vpc_id": "vpc-0123456789abcdef0",
    "subnet_ids": {"us-east-1a": "subnet-0123456789abcdef0", "us-east-1b": "subnet-0123456789abcdef1"},
    "security_group_ids": ["sg-0123456789abcdef0"],
}
REQUIRED = PLACE | {
    "certificate_arn": CERTIFICATE,
    "access_logs": {"bucket_name": "acme-logs", "prefix": "shop"},
}
NETWORK = PLACE | {
    "type": "network",
    "target_groups": {
        "api": {
            "port": 443,
            "protocol": "TCP",
            "target_type": "alb",
            "load_balancer_arn": APPLICATION_BALANCER,
            "health_check": {"protocol": "HTTPS"},
        }
    },
    "network_listeners": {"https": {"port": 443, "target_group": "api"}},
}


@pytest.fixture(scope="module")
def plain(plan_module):
    return plan_module(MODULE, **REQUIRED, target_groups={"api": {"port": 8000}})


@pytest.fixture(scope="module")
def full(plan_module):
    return plan_module(
        MODULE,
        **REQUIRED,
        internet_facing=True,
        deletion_protection=False,
        idle_timeout_seconds=120,
        additional_certificate_arns={"shop.example.com": CERTIFICATE, "cart.example.com": CERTIFICATE},
        ssl_policy="ELBSecurityPolicy-TLS13-1-3-2021-06",
        web_acl={"arn": WEB_ACL},
        alarms={"errors_per_minute": 3, "minutes": 2, "response_seconds": 0.5},
        alarm_topic_arns=[TOPIC],
        default_forward={"cart": 1},
        target_groups={
            "cart": {
                "port": 8080,
                "protocol": "HTTPS",
                "protocol_version": "HTTP2",
                "target_type": "instance",
                "deregistration_seconds": 60,
                "slow_start_seconds": 30,
                "stickiness_seconds": 3600,
                "health_check": {
                    "path": "/ready",
                    "matcher": "200-299",
                    "interval_seconds": 20,
                    "timeout_seconds": 10,
                    "healthy_count": 3,
                    "unhealthy_count": 4,
                },
            },
            "product": {"port": 8000, "blue_green": True},
        },
        rules={
            "cart": {
                "priority": 10,
                "hosts": ["cart.example.com"],
                "paths": ["/cart/*"],
                "forward": {"cart": 1},
            },
            "preview": {
                "priority": 20,
                "headers": {"X-Variant": ["b"]},
                "forward": {"product-blue": 90, "product-green": 10},
                "weights_moved_by_releases": True,
            },
        },
        tags={"System": "shop"},
    )


@pytest.fixture(scope="module")
def network(plan_module):
    return plan_module(MODULE, **NETWORK)


def values(plan, address):
    return plan.resources[address]["values"]


def test_a_load_balancer_is_internal_protected_and_logged_unless_told_otherwise(plain):
    balancer = values(plain, "aws_lb.this")
    assert (balancer["internal"], balancer["enable_deletion_protection"]) == (True, True)
    assert balancer["access_logs"] == [{"bucket": "acme-logs", "enabled": True, "prefix": "shop"}]


def test_malformed_headers_are_dropped(plain):
    assert values(plain, "aws_lb.this")["drop_invalid_header_fields"] is True
    assert values(plain, "aws_lb.this")["desync_mitigation_mode"] == "defensive"


def test_what_the_caller_says_of_the_balancer_reaches_it(full):
    balancer = values(full, "aws_lb.this")
    assert (balancer["internal"], balancer["enable_deletion_protection"], balancer["idle_timeout"]) == (
        False,
        False,
        120,
    )
    assert sorted(balancer["subnets"]) == sorted(PLACE["subnet_ids"].values())
    assert balancer["security_groups"] == PLACE["security_group_ids"]


def test_https_takes_tls_1_2_and_newer_only(plain):
    https = values(plain, "aws_lb_listener.https[0]")
    assert (https["port"], https["protocol"], https["certificate_arn"]) == (443, "HTTPS", CERTIFICATE)
    assert https["ssl_policy"] == "ELBSecurityPolicy-TLS13-1-2-2021-06"


def test_plain_http_is_only_redirected(plain):
    action = values(plain, "aws_lb_listener.http[0]")["default_action"]
    assert [found["type"] for found in action] == ["redirect"]
    redirect = action[0]["redirect"][0]
    assert (redirect["port"], redirect["protocol"], redirect["status_code"]) == ("443", "HTTPS", "HTTP_301")


def test_a_request_that_no_rule_matches_gets_404(plain):
    action = values(plain, "aws_lb_listener.https[0]")["default_action"]
    assert [(found["type"], found["fixed_response"][0]["status_code"]) for found in action] == [
        ("fixed-response", "404")
    ]


def test_a_request_that_no_rule_matches_goes_to_the_default_group_where_there_is_one(full):
    action = values(full, "aws_lb_listener.https[0]")["default_action"]
    assert [found["type"] for found in action] == ["forward"]
    assert [group["weight"] for group in action[0]["forward"][0]["target_group"]] == [1]


def test_a_stricter_policy_and_further_certificates_reach_the_listener(full):
    assert values(full, "aws_lb_listener.https[0]")["ssl_policy"] == "ELBSecurityPolicy-TLS13-1-3-2021-06"
    additional = values(full, 'aws_lb_listener_certificate.additional["shop.example.com"]')
    assert additional["certificate_arn"] == CERTIFICATE


@pytest.mark.parametrize(
    ("default", "kind"),
    [
        pytest.param({}, "fixed-response", id="404 without a default group"),
        pytest.param({"api": 1}, "forward", id="the default group"),
    ],
)
def test_allowed_plain_http_serves_on_port_80_and_has_no_https(plan_module, default, kind):
    plan = plan_module(
        MODULE,
        **PLACE,
        allow_plain_http=True,
        allow_no_access_logs=True,
        target_groups={"api": {"port": 8000}},
        default_forward=default,
        rules={"api": {"priority": 1, "paths": ["/*"], "forward": {"api": 1}}},
    )
    assert [found["type"] for found in values(plan, "aws_lb_listener.http[0]")["default_action"]] == [kind]
    assert "aws_lb_listener.https[0]" not in plan.resources
    assert values(plan, "aws_lb.this")["access_logs"] == []


def test_a_target_group_takes_addresses_and_is_asked_for_healthz(plain):
    group = values(plain, 'aws_lb_target_group.this["api"]')
    check = group["health_check"][0]
    assert (group["name"], group["port"], group["protocol"], group["target_type"]) == (
        "acme-api",
        8000,
        "HTTP",
        "ip",
    )
    assert (check["path"], check["matcher"], check["protocol"], check["interval"]) == (
        "/healthz",
        "200",
        "HTTP",
        15,
    )


def test_what_the_caller_says_of_a_target_group_reaches_it(full):
    group = values(full, 'aws_lb_target_group.this["cart"]')
    check = group["health_check"][0]
    assert (group["protocol"], group["protocol_version"], group["target_type"]) == (
        "HTTPS",
        "HTTP2",
        "instance",
    )
    assert (group["deregistration_delay"], group["slow_start"]) == ("60", 30)
    assert (group["stickiness"][0]["type"], group["stickiness"][0]["cookie_duration"]) == ("lb_cookie", 3600)
    assert (check["path"], check["matcher"], check["interval"], check["timeout"]) == (
        "/ready",
        "200-299",
        20,
        10,
    )
    assert (check["healthy_threshold"], check["unhealthy_threshold"]) == (3, 4)


def test_a_blue_and_green_pair_is_two_groups_of_the_same_settings(full):
    blue, green = (
        values(full, f'aws_lb_target_group.this["product-{colour}"]') for colour in ("blue", "green")
    )
    assert (blue.pop("name"), green.pop("name")) == ("acme-product-blue", "acme-product-green")
    assert blue == green


def test_long_names_are_cut_and_kept_apart_by_a_hash(plan_module):
    name = "acme-staging-bookstore-storefront-edge"
    groups = {"recommendations": {"port": 80, "blue_green": True}}
    plan = plan_module(MODULE, **(REQUIRED | {"name": name}), target_groups=groups)
    names = [
        values(plan, "aws_lb.this")["name"],
        *(
            values(plan, f'aws_lb_target_group.this["recommendations-{side}"]')["name"]
            for side in ("blue", "green")
        ),
    ]
    assert [len(found) <= 32 for found in names] == [True, True, True]
    assert len(set(names)) == 3
    assert names[0] == f"acme-staging-bookstore-st-{sha1(name.encode()).hexdigest()[:6]}"


def test_a_rule_matches_by_host_and_path_and_weighs_its_groups(full):
    rule = values(full, 'aws_lb_listener_rule.this["cart"]')
    matched = {
        kind: condition[kind][0]["values"]
        for condition in rule["condition"]
        for kind in ("host_header", "path_pattern")
        if condition[kind]
    }
    assert (rule["priority"], matched) == (
        10,
        {"host_header": ["cart.example.com"], "path_pattern": ["/cart/*"]},
    )


def test_a_rule_matches_by_header_and_weighs_a_pair(full):
    rule = values(full, 'aws_lb_listener_rule.released["preview"]')
    header = rule["condition"][0]["http_header"][0]
    weights = [group["weight"] for group in rule["action"][0]["forward"][0]["target_group"]]
    assert (header["http_header_name"], header["values"], sorted(weights)) == ("X-Variant", ["b"], [10, 90])


def test_only_rules_that_releases_move_keep_their_weights(full):
    rules = {address for address in full.resources if "listener_rule" in address}
    assert rules == {'aws_lb_listener_rule.this["cart"]', 'aws_lb_listener_rule.released["preview"]'}


def test_a_waf_is_associated_when_named(full, plain):
    assert values(full, "aws_wafv2_web_acl_association.this[0]")["web_acl_arn"] == WEB_ACL
    assert "aws_wafv2_web_acl_association.this[0]" not in plain.resources


@pytest.mark.parametrize(
    ("address", "metric", "threshold"),
    [
        pytest.param("balancer_errors[0]", "HTTPCode_ELB_5XX_Count", 3, id="errors of the balancer"),
        pytest.param('target_errors["cart"]', "HTTPCode_Target_5XX_Count", 3, id="errors of a service"),
        pytest.param('response_time["product-blue"]', "TargetResponseTime", 0.5, id="slow answers"),
        pytest.param('unhealthy["product-green"]', "UnHealthyHostCount", 0, id="unhealthy targets"),
    ],
)
def test_an_alarm_is_raised_and_ended_at_the_topics(full, address, metric, threshold):
    alarm = values(full, f"aws_cloudwatch_metric_alarm.{address}")
    assert (alarm["metric_name"], alarm["threshold"], alarm["namespace"]) == (
        metric,
        threshold,
        "AWS/ApplicationELB",
    )
    assert (alarm["evaluation_periods"], alarm["datapoints_to_alarm"], alarm["period"]) == (2, 2, 60)
    assert (alarm["alarm_actions"], alarm["ok_actions"]) == ([TOPIC], [TOPIC])
    assert alarm["treat_missing_data"] == "notBreaching"


def test_alarms_watch_from_the_start_and_null_switches_them_off(plain, plan_module):
    silent = plan_module(MODULE, **REQUIRED, target_groups={"api": {"port": 8000}}, alarms=None)
    watched = {address: values(plain, address) for address in plain.resources if "metric_alarm" in address}
    assert sorted(alarm["threshold"] for alarm in watched.values()) == [0, 1, 10, 10]
    assert not [address for address in silent.resources if "metric_alarm" in address]


def test_a_network_balancer_hands_its_port_to_an_application_balancer(network):
    assert values(network, "aws_lb.this")["enable_cross_zone_load_balancing"] is True
    listener = values(network, 'aws_lb_listener.network["https"]')
    group = values(network, 'aws_lb_target_group.this["api"]')
    target = values(network, 'aws_lb_target_group_attachment.load_balancer["api"]')
    assert (listener["port"], listener["protocol"]) == (443, "TCP")
    assert (group["target_type"], group["protocol"], group["health_check"][0]["protocol"]) == (
        "alb",
        "TCP",
        "HTTPS",
    )
    assert (target["target_id"], target["port"]) == (APPLICATION_BALANCER, 443)


def test_a_network_balancer_has_no_http_listener_and_watches_its_targets_only(network):
    assert values(network, "aws_lb.this")["load_balancer_type"] == "network"
    assert not [address for address in network.resources if "listener.http" in address]
    alarms = [address for address in network.resources if "metric_alarm" in address]
    assert alarms == ['aws_cloudwatch_metric_alarm.unhealthy["api"]']
    assert values(network, alarms[0])["namespace"] == "AWS/NetworkELB"


def test_a_network_balancer_may_end_tls_and_checks_by_connecting(plan_module):
    plan = plan_module(
        MODULE,
        **PLACE,
        type="network",
        target_groups={
            "mail": {"port": 465, "protocol": "TLS"},
            "shop": NETWORK["target_groups"]["api"],
            "staff": NETWORK["target_groups"]["api"] | {"port": 8443},
        },
        network_listeners={
            "mail": {"port": 465, "target_group": "mail", "certificate_arn": CERTIFICATE},
            "shop": {"port": 443, "target_group": "shop"},
        },
    )
    attached = [address for address in plan.resources if "target_group_attachment" in address]
    assert sorted(values(plan, address)["port"] for address in attached) == [443, 8443]
    assert values(plan, 'aws_lb_listener.network["shop"]')["protocol"] == "TCP"
    listener = values(plan, 'aws_lb_listener.network["mail"]')
    assert (listener["protocol"], listener["certificate_arn"]) == ("TLS", CERTIFICATE)
    assert listener["ssl_policy"] == "ELBSecurityPolicy-TLS13-1-2-2021-06"
    check = values(plan, 'aws_lb_target_group.this["mail"]')["health_check"][0]
    assert (check["protocol"], check.get("path")) == ("TCP", None)


def test_every_taggable_resource_carries_the_caller_s_tags(full):
    tagged = {
        address: found["values"]["tags"]
        for address, found in full.resources.items()
        if "tags" in found["values"]
    }
    assert {address for address, tags in tagged.items() if tags != {"System": "shop"}} == set()
    assert len(tagged) == 18


def test_a_service_less_leaves_the_others_as_they_were(plain, plan_module):
    more = plan_module(MODULE, **REQUIRED, target_groups={"api": {"port": 8000}, "cart": {"port": 8080}})
    assert {
        address: found["values"] for address, found in more.resources.items() if '"cart"' not in address
    } == {address: found["values"] for address, found in plain.resources.items()}


GROUPS = dict.fromkeys(["cart", "product-blue", "product-green"], True)


@pytest.mark.parametrize(
    ("output", "known"),
    [
        pytest.param("load_balancer_arn", True, id="load_balancer_arn"),
        pytest.param("load_balancer_arn_suffix", True, id="load_balancer_arn_suffix"),
        pytest.param("dns_name", True, id="dns_name"),
        pytest.param("zone_id", True, id="zone_id"),
        pytest.param("main_listener_arn", True, id="main_listener_arn"),
        pytest.param("target_group_arns", GROUPS, id="target_group_arns"),
        pytest.param("target_group_arn_suffixes", GROUPS, id="target_group_arn_suffixes"),
        pytest.param("rule_arns", {"cart": True, "preview": True}, id="rule_arns"),
    ],
)
def test_outputs_are_keyed_as_the_caller_named_things(full, output, known):
    assert full["output_changes"][output]["after_unknown"] == known


def test_names_and_network_listeners_are_outputs_too(full, network):
    assert full.outputs["target_group_names"] == {
        "cart": "acme-cart",
        "product-blue": "acme-product-blue",
        "product-green": "acme-product-green",
    }
    assert network["output_changes"]["network_listener_arns"]["after_unknown"] == {"https": True}
    assert network.outputs["main_listener_arn"] is None


def test_target_groups_are_handed_out_once_a_listener_uses_them(full):
    waits = full["configuration"]["root_module"]["outputs"]["target_group_arns"]["depends_on"]
    assert {"aws_lb_listener.https", "aws_lb_listener_rule.this", "aws_lb_listener_rule.released"} <= set(
        waits
    )
