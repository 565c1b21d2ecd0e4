"""The containers pattern: a cluster and its services where an environment names them, else nothing."""

import json

import pytest
import tftest

MODULE = "patterns/containers"
ACCOUNT = "111111111111"
KEY = f"arn:aws:kms:us-east-1:{ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab"
TOPIC = f"arn:aws:sns:us-east-1:{ACCOUNT}:alerts"
SECRET = f"arn:aws:secretsmanager:us-east-1:{ACCOUNT}:secret:acme-db-AbCdEf:DATABASE_URL::"
TABLE = f"arn:aws:dynamodb:us-east-1:{ACCOUNT}:table/acme"
BASE = {
    "name": "acme",
    "account_id": ACCOUNT,
    "network": {"vpc_id": "vpc-0", "subnet_ids": ["subnet-a"], "security_group_ids": ["sg-0"]},
}
NIGHT = {"expression": "cron(0 20 * * ? *)", "minimum": 0, "maximum": 0, "timezone": "Europe/Berlin"}
FULFILMENT = {
    "port": 8080,
    "command": ["run"],
    "environment": {"MODE": "fast"},
    "health_command": "true",
    "spot_weight": 2,
    "task": {"cpu": 512, "memory_mb": 1024, "architecture": "X86_64"},
    "scaling": {
        "minimum": 3,
        "maximum": 9,
        "cpu_percent": 50,
        "memory_percent": 60,
        "schedules": {"night": NIGHT},
    },
}


@pytest.fixture(scope="module")
def plan(plan_module):
    return plan_module(
        MODULE,
        **BASE,
        services={"fulfilment": FULFILMENT, "mails": {"port": 8081}},
        alarm_topic_arns=[TOPIC],
        allow_destroy_with_images=True,
        container_insights="enabled",
        environment={"SEARCH_HOST": "search.example.com"},
        kms_key={"arn": KEY},
        log_kms_key_arn=KEY,
        log_retention_days=90,
        secret_arns={"DATABASE_URL": SECRET},
        tags={"System": "commerce"},
        task_statements={
            "Read": {"actions": ["dynamodb:GetItem"], "resources": [TABLE]},
            "Protect": {
                "effect": "Deny",
                "actions": ["dynamodb:*"],
                "allow_wildcard_actions": "Nothing of it from elsewhere.",
                "resources": ["*"],
                "allow_wildcard_resources": "Whatever the table.",
                "conditions": {"StringNotEquals": {"aws:SourceVpc": ["vpc-0"]}},
            },
        },
    )


def everything(plan):
    """Every resource below every module, by its full address."""
    found = {}

    def walk(module):
        for resource in module.get("resources", []):
            found[resource["address"]] = resource["values"]
        for child in module.get("child_modules", []):
            walk(child)

    walk(plan.planned_values["root_module"])
    return {address: values for address, values in found.items() if ".data." not in address}


def of_type(plan, kind, within=""):
    return [v for a, v in everything(plan).items() if f".{kind}." in a and within in a]


def test_the_code_may_do_what_the_caller_says_and_no_more(plan):
    role = 'module.service["mails"].module.roles.aws_iam_role_policy.this["task"]'
    found = {each["Sid"]: each for each in json.loads(everything(plan)[role]["policy"])["Statement"]}
    assert (found["Read"]["Effect"], found["Read"]["Resource"]) == ("Allow", TABLE)
    assert (found["Protect"]["Effect"], found["Protect"]["Action"]) == ("Deny", "dynamodb:*")
    assert found["Protect"]["Condition"] == {"StringNotEquals": {"aws:SourceVpc": "vpc-0"}}


def test_no_service_makes_nothing_not_even_a_cluster(plan_module):
    plan = plan_module(MODULE, **BASE, services={})
    assert everything(plan) == {}
    assert plan.outputs == {
        "cluster_name": None,
        "image_tag_parameter_names": {},
        "log_group_names": {},
        "repository_urls": {},
    }


def test_services_share_a_cluster_and_have_repositories_of_their_own(plan):
    assert [cluster["name"] for cluster in of_type(plan, "aws_ecs_cluster")] == ["acme"]
    assert {(r["name"], r["force_delete"]) for r in of_type(plan, "aws_ecr_repository")} == {
        ("acme/fulfilment", True),
        ("acme/mails", True),
    }
    assert {service["name"] for service in of_type(plan, "aws_ecs_service")} == {
        "acme-fulfilment",
        "acme-mails",
    }
    (settings,) = [cluster["setting"] for cluster in of_type(plan, "aws_ecs_cluster")]
    assert settings == [{"name": "containerInsights", "value": "enabled"}]


def test_a_task_has_the_size_and_the_bounds_of_its_entry(plan):
    (task,) = of_type(plan, "aws_ecs_task_definition", 'service["fulfilment"]')
    assert (task["cpu"], task["memory"]) == ("512", "1024")
    assert task["runtime_platform"][0]["cpu_architecture"] == "X86_64"
    (target,) = of_type(plan, "aws_appautoscaling_target", 'service["fulfilment"]')
    assert (target["min_capacity"], target["max_capacity"]) == (3, 9)
    (plain,) = of_type(plan, "aws_ecs_task_definition", 'service["mails"]')
    (target,) = of_type(plan, "aws_appautoscaling_target", 'service["mails"]')
    assert (plain["cpu"], plain["memory"]) == ("256", "512")
    assert (target["min_capacity"], target["max_capacity"]) == (1, 2)
    goals = [
        policy["target_tracking_scaling_policy_configuration"][0]["target_value"]
        for policy in of_type(plan, "aws_appautoscaling_policy", 'service["fulfilment"]')
    ]
    assert sorted(goals) == [50, 60]
    (night,) = of_type(plan, "aws_appautoscaling_scheduled_action", 'service["fulfilment"]')
    assert (night["schedule"], night["timezone"]) == ("cron(0 20 * * ? *)", "Europe/Berlin")


def test_spot_is_taken_only_where_it_is_asked_for(plan):
    spot, plain = (
        {
            s["capacity_provider"]: s["weight"]
            for s in of_type(plan, "aws_ecs_service", f'service["{key}"]')[0]["capacity_provider_strategy"]
        }
        for key in ("fulfilment", "mails")
    )
    assert spot["FARGATE_SPOT"] == 2
    assert set(plain) == {"FARGATE"}


def test_logs_and_alarms_are_kept_and_told_as_the_caller_says(plan):
    groups = of_type(plan, "aws_cloudwatch_log_group")
    assert {(group["retention_in_days"], group["kms_key_id"]) for group in groups} == {(90, KEY)}
    assert {tuple(alarm["alarm_actions"]) for alarm in of_type(plan, "aws_cloudwatch_metric_alarm")} == {
        (TOPIC,)
    }
    assert {json.dumps(r["tags"]) for r in of_type(plan, "aws_ecr_repository")} == {'{"System": "commerce"}'}


def test_taking_one_service_away_leaves_the_other_where_it_is(plan, plan_module):
    night = {"night": {"expression": "cron(0 20 * * ? *)", "minimum": 0, "maximum": 0}}
    fewer = plan_module(MODULE, **BASE, services={"mails": {"port": 8081, "scaling": {"schedules": night}}})
    (action,) = of_type(fewer, "aws_appautoscaling_scheduled_action")
    assert action["timezone"] == "UTC"
    assert {log["retention_in_days"] for log in of_type(fewer, "aws_cloudwatch_log_group")} == {30}
    assert [service["name"] for service in of_type(fewer, "aws_ecs_service")] == ["acme-mails"]
    assert {address for address in everything(fewer) if "night" not in address} < set(everything(plan))


def test_outputs_are_keyed_as_the_services_are(plan):
    assert plan.outputs["cluster_name"] == "acme"
    assert {"image_tag_parameter_names", "log_group_names", "repository_urls"} <= set(
        plan.planned_values["outputs"]
    )


def test_less_than_no_spot_is_refused(plan_module):
    with pytest.raises(tftest.TerraformTestError, match=r'(?s)spot_weight is 0 or more; got {"mails":-1}'):
        plan_module(MODULE, **BASE, services={"mails": {"port": 1, "spot_weight": -1}})
