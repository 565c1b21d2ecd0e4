"""How a service joins a listener, who starts its tasks, how CodeDeploy exchanges it, and what is refused."""

import json
import re

import pytest
import tftest

from tests.modules.planner import MODULES

MODULE = "patterns/web-service"
LISTENER = (
    "arn:aws:elasticloadbalancing:us-east-1:111111111111:listener/app/acme/0123456789abcdef/0123456789abcdef"
)
REQUIRED = {
    "name": "acme-shop",
    "account_id": "111111111111",
    "cluster": {"arn": "arn:aws:ecs:us-east-1:111111111111:cluster/acme", "name": "acme"},
    "container": {"port": 8000},
    "network": {"vpc_id": "vpc-1", "subnet_ids": ["subnet-1", "subnet-2"], "security_group_ids": ["sg-1"]},
    "repository": {
        "arn": "arn:aws:ecr:us-east-1:111111111111:repository/acme/shop",
        "url": "111111111111.dkr.ecr.us-east-1.amazonaws.com/acme/shop",
    },
}
BROUGHT = REQUIRED | {
    "listener": {
        "arn": LISTENER,
        "load_balancer_arn_suffix": "app/acme/0123456789abcdef",
        "rules": {"everything": {"priority": 100, "paths": ["/*"]}},
    }
}
UPLOADS = {
    "actions": ["s3:GetObject"],
    "resources": ["arn:aws:s3:::uploads/*"],
    "allow_wildcard_resources": "An object's key is chosen by who uploads it.",
    "conditions": {"StringEquals": {"aws:SourceVpc": ["vpc-1"]}},
    "effect": "Allow",
}
TOPIC = "arn:aws:sns:us-east-1:111111111111:alerts"
BLUE_GREEN = {
    "alarm_topic_arns": [TOPIC],
    "deployment": {
        "rollback_on_alarm": True,
        "blue_green": {
            "keep_blue_minutes": 60,
            "test_listener": {"arn": LISTENER + "0"},
            "wait_for_approval_minutes": 5,
            "traffic": {"shift": "linear", "percent": 20, "minutes": 3},
        },
    },
}
SERVICE = "module.service.aws_ecs_service.rolling[0]"
TARGETS = 'aws_lb_target_group.this["tasks"]'


@pytest.fixture(scope="module")
def brought(plan_module):
    """A service behind a listener."""
    return plan_module(MODULE, **BROUGHT)


@pytest.fixture(scope="module")
def blue_green(plan_module):
    """The service whose tasks CodeDeploy exchanges."""
    both = BROUGHT["listener"]["rules"] | {"beta": {"priority": 5, "headers": {"X-Beta": ["yes"]}}}
    return plan_module(MODULE, **(BROUGHT | BLUE_GREEN | listening(rules=both)))


def everything(plan):
    """Planned values of all modules, by full address."""
    changes = plan.resource_changes.items()
    return {address: change["change"]["after"] for address, change in changes if change["change"]["after"]}


def statements(plan, role):
    """The statements of a role, by Sid."""
    policy = everything(plan)[f'module.roles.aws_iam_role_policy.this["{role}"]']["policy"]
    return {statement["Sid"]: statement for statement in json.loads(policy)["Statement"]}


def containers(plan):
    task = everything(plan)["module.service.aws_ecs_task_definition.this"]
    return {item["name"]: item for item in json.loads(task["container_definitions"])}


def test_only_tasks_of_this_account_take_the_roles(brought):
    for role in ("execution", "task"):
        policy = everything(brought)[f'module.roles.aws_iam_role.this["{role}"]']["assume_role_policy"]
        (statement,) = json.loads(policy)["Statement"]
        assert statement["Principal"] == {"Service": "ecs-tasks.amazonaws.com"}
        assert statement["Condition"] == {
            "ArnLike": {"aws:SourceArn": "arn:aws:ecs:us-east-1:111111111111:*"},
            "StringEquals": {"aws:SourceAccount": "111111111111"},
        }


def test_a_pinned_tag_changes_the_tasks_and_not_what_releases_wrote(plan_module, brought):
    pinned = plan_module(MODULE, **(BROUGHT | {"image_tag": {"pinned": "v9"}}))
    parameter = "module.service.aws_ssm_parameter.image_tag"
    assert everything(pinned)[parameter] == everything(brought)[parameter]
    assert containers(pinned)["app"]["image"].endswith(":v9")
    assert containers(brought)["app"]["image"].endswith(":initial")


def test_the_starting_role_pulls_one_image_writes_one_log_and_reads_nothing(brought):
    found = statements(brought, "execution")
    assert set(found) == {"PullImage", "LogInToRegistry", "WriteLog"}
    assert found["PullImage"]["Resource"] == REQUIRED["repository"]["arn"]
    assert (
        found["WriteLog"]["Resource"] == "arn:aws:logs:us-east-1:111111111111:log-group:/aws/ecs/acme-shop:*"
    )


def test_null_makes_no_alarms(plan_module):
    found = everything(plan_module(MODULE, **(BROUGHT | {"alarms": None})))
    assert not [address for address in found if "aws_cloudwatch_metric_alarm" in address]


def test_the_service_waits_for_the_rules(brought):
    """Read from the files: which of two resources comes first stands nowhere in a plan."""
    calls = brought.configuration["root_module"]["module_calls"]
    assert calls["service"]["expressions"]["targets"]["references"] == ["local.targets"]
    text = (MODULES / MODULE / "targets.tf").read_text().partition("  targets = ")[2].partition("?")[0]
    assert set(re.findall(r"aws_lb_\w+\.\w+", text)) == {
        "aws_lb_listener_rule.this",
        "aws_lb_listener_rule.released",
    }


def test_the_service_joins_its_own_targets_once_the_listener_knows_them(brought):
    targets = everything(brought)[TARGETS]
    assert (targets["name"], targets["port"], targets["target_type"], targets["vpc_id"]) == (
        "acme-shop-8000",
        8000,
        "ip",
        "vpc-1",
    )
    (check,) = targets["health_check"]
    assert (check["path"], check["matcher"], check["interval"], check["timeout"]) == (
        "/healthz",
        "200",
        15,
        5,
    )
    rule = everything(brought)['aws_lb_listener_rule.this["everything"]']
    assert (rule["listener_arn"], rule["priority"]) == (LISTENER, 100)
    assert rule["condition"][0]["path_pattern"] == [{"values": ["/*"]}]
    assert rule["action"][0]["type"] == "forward"
    assert len(everything(brought)[SERVICE]["load_balancer"]) == 1


def test_blue_green_exchanges_two_groups_of_the_same_settings(blue_green):
    found = everything(blue_green)
    names = {key: found[f'aws_lb_target_group.this["{key}"]']["name"] for key in ("blue", "green")}
    assert names == {"blue": "acme-shop-blue-8000", "green": "acme-shop-green-8000"}
    (action,) = found['aws_lb_listener_rule.released["everything"]']["action"]
    assert action["type"] == "forward"
    assert found['aws_lb_listener_rule.released["beta"]']["priority"] == 5
    assert 'aws_lb_listener_rule.this["everything"]' not in found
    group = found["module.blue_green[0].aws_codedeploy_deployment_group.this"]
    assert group["ecs_service"] == [{"cluster_name": "acme", "service_name": "acme-shop"}]
    settings = group["blue_green_deployment_config"][0]
    assert settings["deployment_ready_option"][0]["wait_time_in_minutes"] == 5
    assert (
        settings["terminate_blue_instances_on_deployment_success"][0]["termination_wait_time_in_minutes"]
        == 60
    )
    pair = group["load_balancer_info"][0]["target_group_pair_info"][0]
    assert pair["test_traffic_route"] == [{"listener_arns": [LISTENER + "0"]}]
    assert len(group["alarm_configuration"][0]["alarms"]) == 8
    assert group["trigger_configuration"][0]["trigger_target_arn"] == TOPIC
    traffic = found["module.blue_green[0].aws_codedeploy_deployment_config.this"]["traffic_routing_config"][0]
    assert traffic["time_based_linear"] == [{"interval": 3, "percentage": 20}]
    role = json.loads(found['module.deploy_role[0].aws_iam_role.this["deploy"]']["assume_role_policy"])
    assert role["Statement"][0]["Principal"] == {"Service": "codedeploy.amazonaws.com"}
    assert blue_green.outputs["deployment_group"] == {
        "application_name": "acme-shop",
        "deployment_group_name": "acme-shop",
    }


def test_a_long_name_is_cut_for_the_targets_and_ends_in_a_hash(plan_module):
    targets = everything(plan_module(MODULE, **(BROUGHT | {"name": "acme-staging-storefront-checkout"})))[
        TARGETS
    ]
    assert re.fullmatch(r"acme-staging-storefront-c-[0-9a-f]{6}", targets["name"])


def test_another_port_makes_another_group_before_the_old_one_goes(plan_module, brought):
    after = plan_module(MODULE, **(BROUGHT | {"container": {"port": 9000}}))
    assert everything(after)[TARGETS]["name"] == "acme-shop-9000"


def test_a_container_that_speaks_https_is_reached_and_checked_so_by_a_group_of_its_own_name(
    plan_module, brought
):
    plain = everything(brought)[TARGETS]
    assert (plain["protocol"], plain["protocol_version"], plain["health_check"][0]["protocol"]) == (
        "HTTP",
        "HTTP1",
        "HTTP",
    )
    spoken = {"container": {"port": 8000, "protocol": "HTTPS", "protocol_version": "GRPC"}}
    given = BROUGHT | spoken | listening(health_check={"matcher": "0,12"})
    targets = everything(plan_module(MODULE, **given))[TARGETS]
    assert (targets["protocol"], targets["protocol_version"]) == ("HTTPS", "GRPC")
    assert (targets["health_check"][0]["protocol"], targets["health_check"][0]["matcher"]) == (
        "HTTPS",
        "0,12",
    )
    assert targets["name"] == "acme-shop-8000-https-grpc"


def listening(**fields):
    return {"listener": BROUGHT["listener"] | fields}


@pytest.mark.parametrize(
    ("given", "message"),
    [
        pytest.param({"account_id": "1234"}, r'12 digits; got "1234"', id="account"),
        pytest.param({"name": "a" * 55}, r"at most 54 .* \(55 characters\)", id="a name too long"),
        pytest.param(
            {"container": {"port": 8000, "protocol": "TLS"}},
            r'HTTP or HTTPS.*got \["TLS","HTTP1"\]',
            id="TLS",
        ),
        pytest.param(
            {"container": {"port": 8000, "protocol_version": "HTTP3"}},
            r'GRPC, HTTP1 or HTTP2; got \["HTTP","HTTP3"\]',
            id="HTTP3",
        ),
        pytest.param(
            {"network": REQUIRED["network"] | {"security_group_ids": []}},
            r"security_group_ids or ask for own_group.*got \[\]",
            id="no group",
        ),
        pytest.param(
            {"repository": {"arn": "acme/shop", "url": "x"}},
            r'ARN of an ECR repository; got "acme/shop"',
            id="repository",
        ),
        pytest.param(
            {"alarms": {"cpu_percent": 101}},
            r'percentages above 0 and up to 100.*"cpu_percent":101',
            id="alarms",
        ),
        pytest.param(
            {"container": {"port": 8000, "environment": {"A": "1"}}, "environment": {"A": "2"}},
            r'leave what the unit itself sets \(\["A"\]\); got \["A"\]',
            id="environment twice",
        ),
        pytest.param({"kms_key": {"arn": "alias/x"}}, r'ARN of a KMS key; got .*"alias/x"', id="key"),
        pytest.param(
            {"task_statements": {"OpenShell": UPLOADS}}, r'adds itself; got \["OpenShell"\]', id="statement"
        ),
        pytest.param(
            {"deployment": {"blue_green": {}}},
            r"listener must be given; got \{.*without one",
            id="blue/green alone",
        ),
        pytest.param(
            {"deployment": {"rollback_on_alarm": True}, "alarms": None},
            r"needs alarms; got true with alarms null",
            id="rollback without alarms",
        ),
        pytest.param(listening(rules={}), r"say which requests.*got \{", id="no rule"),
        pytest.param(
            listening(rules={"a": {"priority": 1, "paths": ["/a"]}, "b": {"priority": 1, "paths": ["/b"]}}),
            r'different whole priorities.*\{"a":1,"b":1\}',
            id="priorities",
        ),
        pytest.param(
            listening(rules={"a": {"priority": 1, "paths": ["/1", "/2", "/3", "/4", "/5", "/6"]}}),
            r'from 1 to 5 hosts.*\{"a":6\}',
            id="conditions",
        ),
        pytest.param(
            listening(health_check={"path": "healthz"}),
            r'begins with a slash.*"path":"healthz"',
            id="health check",
        ),
        pytest.param(
            listening(health_check={"matcher": "2xx"}), r'codes such as "200".*got "2xx"', id="no codes"
        ),
        pytest.param(
            listening(health_check={"matcher": "200-500"}),
            r'from 200 to 499.*got "200-500"',
            id="errors pass",
        ),
        pytest.param(
            {"container": {"port": 8000, "protocol_version": "GRPC"}} | listening(),
            r'GRPC from 0 to 99; got "200"',
            id="HTTP code of gRPC",
        ),
        pytest.param(
            {"scaling": {"requests_per_target": 100}},
            r"listener must be given; got 100 without one",
            id="requests",
        ),
    ],
)
def test_a_wrong_value_is_refused_with_rule_and_value(plan_module, given, message):
    with pytest.raises(tftest.TerraformTestError, match=re.compile(message, re.S)):
        plan_module(MODULE, **(REQUIRED | given))
