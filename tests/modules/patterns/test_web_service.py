"""A service joins a listener of others with rules of its own, and may do what its roles say and nothing else."""

import json
import re

import pytest

MODULE = "patterns/web-service"
KEY = "arn:aws:kms:us-east-1:111111111111:key/0f1e2d3c-0000-4000-8000-000000000001"
LOG_KEY = "arn:aws:kms:us-east-1:111111111111:key/0f1e2d3c-0000-4000-8000-000000000002"
TOPIC = "arn:aws:sns:us-east-1:111111111111:alerts"
SECRET = "arn:aws:secretsmanager:us-east-1:111111111111:secret:db-AbCdEf"
PARAMETER = "arn:aws:ssm:us-east-1:111111111111:parameter/shop/flag"
REGISTRY = "arn:aws:servicediscovery:us-east-1:111111111111:service/srv-0a1b2c3d4e5f6000"
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
NIGHT = {"expression": "cron(0 20 * * ? *)", "minimum": 0, "maximum": 0, "timezone": "Europe/Berlin"}
FULL = BROUGHT | {
    "alarm_topic_arns": [TOPIC],
    "alarms": {
        "cpu_percent": 75,
        "errors_per_minute": 3,
        "memory_percent": 85,
        "minutes": 2,
        "response_seconds": 0.5,
    },
    "allow_execute_command": True,
    "allow_public_address": True,
    "capacity_strategy": {"FARGATE": {"base": 1, "weight": 0}, "FARGATE_SPOT": {"weight": 3}},
    "container": {
        "port": 8000,
        "allow_writable_root": True,
        "command": ["serve"],
        "environment": {"ENVIRONMENT": "dev"},
        "health_command": "curl -f localhost",
        "secret_arns": {"DATABASE_URL": f"{SECRET}:DATABASE_URL::", "FLAG": PARAMETER},
        "stop_timeout_seconds": 60,
        "user": "1000",
        "writable_paths": ["/tmp"],
    },
    "deployment": {
        "grace_seconds": 120,
        "maximum_percent": 150,
        "minimum_healthy_percent": 50,
        "rollback_on_alarm": True,
    },
    "environment": {"ACCESS_TOKEN_EXPIRE_MINUTES": "30"},
    "image_tag": {"initial": "v1", "pinned": "v2"},
    "kms_key": {"arn": KEY},
    "listener": BROUGHT["listener"]
    | {
        "deregistration_seconds": 10,
        "slow_start_seconds": 30,
        "stickiness_seconds": 600,
        "health_check": {
            "healthy_count": 3,
            "interval_seconds": 20,
            "matcher": "200-299",
            "path": "/health",
            "timeout_seconds": 4,
            "unhealthy_count": 4,
        },
        "rules": {
            "shop": {"priority": 10, "hosts": ["shop.example.com"], "paths": ["/cart*"]},
            "beta": {"priority": 5, "headers": {"X-Beta": ["yes"]}},
        },
    },
    "log_kms_key_arn": LOG_KEY,
    "log_retention_days": 365,
    "network": REQUIRED["network"]
    | {
        "own_group": {
            "client_group_ids": {"balancer": "sg-8"},
            "egress": {
                "database": {"description": "Database", "from_port": 5432, "security_group_id": "sg-9"},
                "files": {"description": "Files", "from_port": 443, "prefix_list_id": "pl-9"},
                "calls": {
                    "description": "Calls",
                    "cidr_ipv4": "0.0.0.0/0",
                    "open_to_world": True,
                    "from_port": 5060,
                    "to_port": 5061,
                    "protocol": "udp",
                },
            },
        }
    },
    "scaling": {
        "minimum": 1,
        "maximum": 4,
        "cpu_percent": 50,
        "memory_percent": 60,
        "requests_per_target": 500,
        "scale_in_cooldown_seconds": 100,
        "scale_out_cooldown_seconds": 20,
        "schedules": {"night": NIGHT},
    },
    "service_registry": {"arn": REGISTRY},
    "sidecars": {
        "proxy": {
            "image": "envoy:1",
            "command": ["envoy"],
            "cpu": 64,
            "environment": {"LEVEL": "warn"},
            "essential": True,
            "memory_mb": 64,
            "ports": [{"number": 9901, "protocol": "udp"}],
        }
    },
    "tags": {"System": "shop"},
    "task": {"cpu": 512, "memory_mb": 1024, "architecture": "X86_64", "scratch_gb": 30},
    "task_statements": {"ReadUploads": UPLOADS | {"allow_wildcard_actions": "None is asked for."}},
    "tracing": "adot",
}
SERVICE = "module.service.aws_ecs_service.rolling[0]"
TARGETS = 'aws_lb_target_group.this["tasks"]'


@pytest.fixture(scope="module")
def plain(plan_module):
    """What a caller gets who says only what must be said: a service without a load balancer."""
    return plan_module(MODULE, **REQUIRED)


@pytest.fixture(scope="module")
def brought(plan_module):
    """The same behind a listener."""
    return plan_module(MODULE, **BROUGHT)


@pytest.fixture(scope="module")
def full(plan_module):
    """Every variable away from its default."""
    return plan_module(MODULE, **FULL)


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


def alarms(plan):
    pattern = r'module\.alarms\.aws_cloudwatch_metric_alarm\.this\["(.+)"\]'
    found = ((re.fullmatch(pattern, address), values) for address, values in everything(plan).items())
    return {match[1]: values for match, values in found if match}


def test_without_a_listener_there_is_nothing_at_the_load_balancer(plain):
    assert not [address for address in plain.resource_changes if "aws_lb" in address]
    assert everything(plain)[SERVICE]["load_balancer"] == []
    assert set(alarms(plain)) == {"cpu", "memory"}


def test_the_log_is_kept_for_thirty_days_unless_it_is_said(plain):
    (group,) = [
        found for address, found in everything(plain).items() if "aws_cloudwatch_log_group" in address
    ]
    assert group["retention_in_days"] == 30


def test_a_failing_deployment_goes_back_by_itself(brought, full):
    assert everything(brought)[SERVICE]["deployment_circuit_breaker"] == [{"enable": True, "rollback": True}]
    (rollback,) = everything(full)[SERVICE]["alarms"]
    assert sorted(rollback["alarm_names"]) == [
        "acme-shop-5xx",
        "acme-shop-cpu",
        "acme-shop-memory",
        "acme-shop-response-time",
        "acme-shop-unhealthy",
    ]
    assert everything(brought)[SERVICE]["alarms"] == []


def test_the_starting_role_reads_exactly_the_secrets_of_the_container(full):
    found = statements(full, "execution")
    assert found["ReadSecrets"]["Action"] == ["ssm:GetParameters", "secretsmanager:GetSecretValue"]
    assert sorted(found["ReadSecrets"]["Resource"]) == [SECRET, PARAMETER]
    assert found["DecryptSecrets"]["Resource"] == KEY
    assert sorted(found["DecryptSecrets"]["Condition"]["StringEquals"]["kms:ViaService"]) == [
        "secretsmanager.us-east-1.amazonaws.com",
        "ssm.us-east-1.amazonaws.com",
    ]


def test_the_code_sends_traces_and_no_more_unless_it_is_said(plan_module, brought, full):
    assert set(statements(brought, "task")) == {"SendTraces"}
    assert set(statements(full, "task")) == {
        "FindShellLog",
        "OpenShell",
        "ReadUploads",
        "SendTraces",
        "UseShellKey",
        "WriteShellLog",
    }
    uploads = statements(full, "task")["ReadUploads"]
    assert (uploads["Effect"], uploads["Action"], uploads["Resource"]) == (
        "Allow",
        "s3:GetObject",
        "arn:aws:s3:::uploads/*",
    )
    assert uploads["Condition"] == {"StringEquals": {"aws:SourceVpc": "vpc-1"}}
    log = statements(full, "task")["WriteShellLog"]["Resource"]
    assert log == "arn:aws:logs:us-east-1:111111111111:log-group:/aws/ecs/acme/execute-command:*"
    silent = plan_module(MODULE, **(REQUIRED | {"tracing": None}))
    assert 'module.roles.aws_iam_role_policy.this["task"]' not in everything(silent)


def test_each_input_reaches_the_tasks(full):
    task = everything(full)["module.service.aws_ecs_task_definition.this"]
    assert (task["cpu"], task["memory"], task["ephemeral_storage"]) == ("512", "1024", [{"size_in_gib": 30}])
    assert task["runtime_platform"][0]["cpu_architecture"] == "X86_64"
    found = containers(full)
    assert set(found) == {"app", "proxy", "adot"}
    app = found["app"]
    assert app["image"] == "111111111111.dkr.ecr.us-east-1.amazonaws.com/acme/shop:v2"
    assert app["environment"] == [
        {"name": "ACCESS_TOKEN_EXPIRE_MINUTES", "value": "30"},
        {"name": "ENVIRONMENT", "value": "dev"},
    ]
    assert app["secrets"] == [
        {"name": "DATABASE_URL", "valueFrom": f"{SECRET}:DATABASE_URL::"},
        {"name": "FLAG", "valueFrom": PARAMETER},
    ]
    assert (app["command"], app["user"], app["stopTimeout"]) == (["serve"], "1000", 60)
    assert (app["readonlyRootFilesystem"], app["healthCheck"]["command"]) == (
        False,
        ["CMD-SHELL", "curl -f localhost"],
    )
    assert "/tmp" in {mount["containerPath"] for mount in app["mountPoints"]}
    assert everything(full)["module.service.aws_ssm_parameter.image_tag"]["insecure_value"] == "v1"


def test_each_input_reaches_the_service(full):
    service = everything(full)[SERVICE]
    (network,) = service["network_configuration"]
    assert (network["assign_public_ip"], sorted(network["subnets"])) == (True, ["subnet-1", "subnet-2"])
    assert (service["enable_execute_command"], service["health_check_grace_period_seconds"]) == (True, 120)
    assert (service["deployment_maximum_percent"], service["deployment_minimum_healthy_percent"]) == (150, 50)
    strategy = {
        item["capacity_provider"]: (item["base"], item["weight"])
        for item in service["capacity_provider_strategy"]
    }
    assert strategy == {"FARGATE": (1, 0), "FARGATE_SPOT": (0, 3)}
    assert service["service_registries"][0]["registry_arn"] == REGISTRY
    target = everything(full)["module.service.aws_appautoscaling_target.this"]
    assert (target["min_capacity"], target["max_capacity"]) == (1, 4)
    policies = {
        match[1]: values["target_tracking_scaling_policy_configuration"][0]
        for address, values in everything(full).items()
        if (match := re.search(r'aws_appautoscaling_policy\.this\["(.+)"\]', address))
    }
    assert {key: policy["target_value"] for key, policy in policies.items()} == {
        "cpu": 50,
        "memory": 60,
        "requests": 500,
    }
    assert {(policy["scale_in_cooldown"], policy["scale_out_cooldown"]) for policy in policies.values()} == {
        (100, 20)
    }
    night = everything(full)['module.service.aws_appautoscaling_scheduled_action.this["night"]']
    assert (night["timezone"], night["scalable_target_action"][0]["max_capacity"]) == ("Europe/Berlin", "0")
    groups = [values for address, values in everything(full).items() if "aws_cloudwatch_log_group" in address]
    assert [(group["retention_in_days"], group["kms_key_id"]) for group in groups] == [(365, LOG_KEY)]


def test_each_input_reaches_the_targets_and_rules(full):
    targets = everything(full)[TARGETS]
    assert (targets["deregistration_delay"], targets["slow_start"]) == ("10", 30)
    assert targets["stickiness"][0]["cookie_duration"] == 600
    (check,) = targets["health_check"]
    assert (check["path"], check["matcher"], check["healthy_threshold"], check["unhealthy_threshold"]) == (
        "/health",
        "200-299",
        3,
        4,
    )
    shop = everything(full)['aws_lb_listener_rule.this["shop"]']["condition"]
    assert [condition["host_header"] for condition in shop if condition["host_header"]] == [
        [{"values": ["shop.example.com"]}]
    ]
    beta = everything(full)['aws_lb_listener_rule.this["beta"]']["condition"]
    assert beta[0]["http_header"] == [{"http_header_name": "X-Beta", "values": ["yes"]}]


def test_own_group_admits_its_clients_to_the_port_of_the_container(full):
    inward = everything(full)[
        'module.security_group[0].aws_vpc_security_group_ingress_rule.this["tasks/balancer"]'
    ]
    assert (inward["from_port"], inward["to_port"], inward["referenced_security_group_id"]) == (
        8000,
        8000,
        "sg-8",
    )
    outward = everything(full)[
        'module.security_group[0].aws_vpc_security_group_egress_rule.this["tasks/database"]'
    ]
    assert (outward["from_port"], outward["referenced_security_group_id"]) == (5432, "sg-9")


def test_own_group_lets_out_what_the_caller_names(full):
    rule = 'module.security_group[0].aws_vpc_security_group_egress_rule.this["tasks/{}"]'
    calls = everything(full)[rule.format("calls")]
    assert everything(full)[rule.format("files")]["prefix_list_id"] == "pl-9"
    assert (calls["cidr_ipv4"], calls["ip_protocol"]) == ("0.0.0.0/0", "udp")
    assert (calls["from_port"], calls["to_port"]) == (5060, 5061)


def test_a_sidecar_is_as_the_caller_wrote_it(full):
    task = everything(full)["module.service.aws_ecs_task_definition.this"]
    sidecar = {found["name"]: found for found in json.loads(task["container_definitions"])}["proxy"]
    assert (sidecar["command"], sidecar["cpu"], sidecar["essential"]) == (["envoy"], 64, True)
    assert {"name": "LEVEL", "value": "warn"} in sidecar["environment"]
    assert [(port["containerPort"], port["protocol"]) for port in sidecar["portMappings"]] == [(9901, "udp")]


def test_the_alarms_tell_their_topic_after_the_callers_time(full):
    found = alarms(full)
    assert {key: values["threshold"] for key, values in found.items()} == {
        "cpu": 75,
        "memory": 85,
        "5xx": 3,
        "response-time": 0.5,
        "unhealthy": 0,
    }
    assert {(values["period"], values["evaluation_periods"]) for values in found.values()} == {(60, 2)}
    assert {tuple(values["alarm_actions"]) for values in found.values()} == {(TOPIC,)}
    assert found["cpu"]["dimensions"] == {"ClusterName": "acme", "ServiceName": "acme-shop"}


def test_removing_a_rule_touches_no_other(plan_module, full):
    fewer = FULL["listener"] | {"rules": {"shop": FULL["listener"]["rules"]["shop"]}}
    after = plan_module(MODULE, **(FULL | {"listener": fewer}))
    assert set(full.resource_changes) - set(after.resource_changes) == {'aws_lb_listener_rule.this["beta"]'}


def test_outputs_that_are_known_before_the_apply(plain, full):
    assert (full.outputs["service_name"], full.outputs["container_name"]) == ("acme-shop", "app")
    assert full.outputs["image_tag_parameter_name"] == "/acme-shop/image-tag"
    assert full.outputs["log_group_name"] == "/aws/ecs/acme-shop"
    assert plain.outputs["security_group_ids"] == ["sg-1"]
    assert (plain.outputs["target_group_arns"], plain.outputs["target_group_arn_suffixes"]) == ({}, {})
    assert plain.outputs["alarm_names"] == {"cpu": "acme-shop-cpu", "memory": "acme-shop-memory"}
    assert plain.outputs["deployment_group"] is None


@pytest.mark.parametrize(
    ("output", "source"),
    [
        ("role_arns", "module.roles.role_arns"),
        ("scaling_resource_id", "module.service.scaling_resource_id"),
        ("target_group_arn_suffixes", "aws_lb_target_group.this"),
        ("target_group_arns", "aws_lb_target_group.this"),
        ("task_definition_arn", "module.service.task_definition_arn"),
    ],
)
def test_what_aws_names_reaches_the_outputs(full, output, source):
    expression = full.configuration["root_module"]["outputs"][output]["expression"]
    assert source in expression["references"]
    assert full.output_changes[output]["actions"] == ["create"]
