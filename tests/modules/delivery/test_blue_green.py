"""A new version takes over a little at a time, and what rings, fails or is stopped goes back."""

import re

import pytest
import tftest

MODULE = "delivery/blue-green"
ROLE = "arn:aws:iam::111111111111:role/acme-codedeploy"
TOPIC = "arn:aws:sns:us-east-1:111111111111:acme-alerts"
LISTENER = "arn:aws:elasticloadbalancing:us-east-1:111111111111:listener/app/acme/1/2"
GROUP = "aws_codedeploy_deployment_group.this"
CONFIG = "aws_codedeploy_deployment_config.this"
REQUIRED = {"name": "acme", "role_arn": ROLE}
ECS = {
    "blue_target_group_name": "blue",
    "cluster_name": "shop",
    "green_target_group_name": "green",
    "listener_arn": LISTENER,
    "service_name": "cart",
}


@pytest.fixture(scope="module")
def function(plan_module):
    """A Lambda alias, about which nothing more is said than must be."""
    return plan_module(MODULE, **REQUIRED)


@pytest.fixture(scope="module")
def service(plan_module):
    """An ECS service, with every default."""
    return plan_module(MODULE, **REQUIRED, ecs=ECS)


@pytest.fixture(scope="module")
def full(plan_module):
    """Every variable away from its default."""
    return plan_module(
        MODULE,
        **REQUIRED,
        alarm_names=["errors"],
        ecs=ECS
        | {
            "keep_blue_minutes": 60,
            "test_listener": {"arn": f"{LISTENER}test"},
            "wait_for_approval_minutes": 30,
        },
        notification_topic={"arn": TOPIC},
        tags={"System": "shop"},
        traffic={"minutes": 10, "percent": 20, "shift": "linear"},
    )


def values(plan, address):
    return plan.resources[address]["values"]


@pytest.mark.parametrize(("which", "platform"), [("function", "Lambda"), ("service", "ECS")])
def test_traffic_moves_by_a_canary_of_ten_percent_for_five_minutes(which, platform, request):
    plan = request.getfixturevalue(which)
    assert values(plan, "aws_codedeploy_app.this")["compute_platform"] == platform
    config = values(plan, CONFIG)
    assert (config["compute_platform"], config["deployment_config_name"]) == (
        platform,
        "acme-canary-10pc-5min",
    )
    (routing,) = config["traffic_routing_config"]
    assert routing["type"] == "TimeBasedCanary"
    assert routing["time_based_canary"] == [{"interval": 5, "percentage": 10}]
    assert routing["time_based_linear"] == []


def test_a_failure_an_alarm_and_a_stop_go_back(function):
    assert values(function, GROUP)["auto_rollback_configuration"] == [
        {
            "enabled": True,
            "events": ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM", "DEPLOYMENT_STOP_ON_REQUEST"],
        }
    ]


def test_a_group_is_blue_green_and_deploys_the_way_of_its_configuration(function):
    found = values(function, GROUP)
    assert (found["app_name"], found["deployment_group_name"]) == ("acme", "acme")
    assert (found["service_role_arn"], found["deployment_config_name"]) == (ROLE, "acme-canary-10pc-5min")
    assert found["deployment_style"] == [
        {"deployment_option": "WITH_TRAFFIC_CONTROL", "deployment_type": "BLUE_GREEN"}
    ]


def test_a_function_has_no_service_no_balancer_and_tells_nobody(function):
    found = values(function, GROUP)
    assert (found["ecs_service"], found["load_balancer_info"], found["trigger_configuration"]) == ([], [], [])
    # A block without alarms would be a change at every apply: the provider reads it back as none.
    assert found["alarm_configuration"] == []


def test_a_service_exchanges_two_target_groups_and_keeps_the_old_tasks_a_while(service):
    found = values(service, GROUP)
    assert found["ecs_service"] == [{"cluster_name": "shop", "service_name": "cart"}]
    (pair,) = found["load_balancer_info"][0]["target_group_pair_info"]
    assert pair["prod_traffic_route"] == [{"listener_arns": [LISTENER]}]
    assert pair["test_traffic_route"] == []
    assert pair["target_group"] == [{"name": "blue"}, {"name": "green"}]
    (config,) = found["blue_green_deployment_config"]
    assert config["deployment_ready_option"] == [
        {"action_on_timeout": "CONTINUE_DEPLOYMENT", "wait_time_in_minutes": 0}
    ]
    assert config["terminate_blue_instances_on_deployment_success"] == [
        {"action": "TERMINATE", "termination_wait_time_in_minutes": 15}
    ]


def test_a_person_may_look_first_and_without_a_word_it_stops(full):
    found = values(full, GROUP)
    (pair,) = found["load_balancer_info"][0]["target_group_pair_info"]
    assert pair["test_traffic_route"] == [{"listener_arns": [f"{LISTENER}test"]}]
    (config,) = found["blue_green_deployment_config"]
    assert config["deployment_ready_option"] == [
        {"action_on_timeout": "STOP_DEPLOYMENT", "wait_time_in_minutes": 30}
    ]
    assert (
        config["terminate_blue_instances_on_deployment_success"][0]["termination_wait_time_in_minutes"] == 60
    )


def test_an_alarm_stops_it_and_a_topic_hears_of_it(full):
    found = values(full, GROUP)
    assert found["alarm_configuration"] == [
        {"alarms": ["errors"], "enabled": True, "ignore_poll_alarm_failure": False}
    ]
    (trigger,) = found["trigger_configuration"]
    assert trigger["trigger_target_arn"] == TOPIC
    assert {"DeploymentFailure", "DeploymentRollback", "DeploymentSuccess"} < set(trigger["trigger_events"])


def test_tags_reach_application_and_group(full):
    assert (
        values(full, "aws_codedeploy_app.this")["tags"] == values(full, GROUP)["tags"] == {"System": "shop"}
    )


def test_traffic_can_move_in_steps(full):
    config = values(full, CONFIG)
    assert config["deployment_config_name"] == "acme-linear-20pc-10min"
    assert config["traffic_routing_config"][0]["type"] == "TimeBasedLinear"
    assert config["traffic_routing_config"][0]["time_based_linear"] == [{"interval": 10, "percentage": 20}]


def test_traffic_can_move_at_once(plan_module):
    config = values(plan_module(MODULE, **REQUIRED, traffic={"shift": "all-at-once"}), CONFIG)
    assert config["deployment_config_name"] == "acme-all-at-once"
    assert config["traffic_routing_config"] == [
        {"type": "AllAtOnce", "time_based_canary": [], "time_based_linear": []}
    ]


def test_names_come_out(full):
    assert full.outputs["application_name"] == full.outputs["deployment_group_name"] == "acme"
    assert full.outputs["deployment_config_name"] == "acme-linear-20pc-10min"


@pytest.mark.parametrize(
    ("variables", "rule", "value"),
    [
        pytest.param({"name": "a b"}, "76 letters", '"a b"', id="name"),
        pytest.param({"role_arn": "deployer"}, "ARN of an IAM role", '"deployer"', id="a role's name"),
        pytest.param({"alarm_names": [f"a{n}" for n in range(11)]}, "may be 10", "got 11", id="alarms"),
        pytest.param(
            {"ecs": ECS | {"green_target_group_name": "blue"}},
            "a target group each",
            '"blue"',
            id="one group",
        ),
        pytest.param({"ecs": ECS | {"keep_blue_minutes": 2881}}, "0 to 2880", "[2881,0]", id="two days"),
        pytest.param({"ecs": ECS | {"listener_arn": "x"}}, "load balancer listeners", '["x"]', id="listener"),
        pytest.param({"notification_topic": {"arn": "x"}}, "ARN of an SNS topic", '"x"', id="topic"),
        pytest.param({"traffic": {"shift": "slow"}}, "traffic.shift must be", '"slow"', id="shift"),
        pytest.param({"traffic": {"percent": 100}}, "1 to 99", "[100,5]", id="all of it"),
        pytest.param({"traffic": {"minutes": 0}}, "1 to 2880", "[10,0]", id="no time"),
    ],
)
def test_an_input_is_refused_with_rule_and_value(plan_module, variables, rule, value):
    with pytest.raises(tftest.TerraformTestError, match=f"(?s){re.escape(rule)}.*{re.escape(value)}"):
        plan_module(MODULE, **REQUIRED | variables)
