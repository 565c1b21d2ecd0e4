"""The names that resources would get fit AWS's limits, before a plan or an apply finds out."""

from __future__ import annotations

from collections.abc import Iterator

from scripts.checks.expansion import Instance, repeated
from scripts.checks.finding import Finding, finding
from scripts.checks.values import Given
from scripts.hcl.evaluate import Failed, Unknown, evaluate
from scripts.live.units import Unit

# Quotas: https://docs.aws.amazon.com/general/latest/gr/aws-service-information.html; else the API reference of each.
LIMITS: dict[str, tuple[str, int]] = {
    "aws_athena_workgroup": ("name", 128),
    "aws_backup_vault": ("name", 50),
    "aws_cloudwatch_event_bus": ("name", 256),
    "aws_cloudwatch_event_rule": ("name", 64),
    "aws_cloudwatch_log_group": ("name", 512),
    "aws_cloudwatch_metric_alarm": ("alarm_name", 255),
    "aws_codebuild_project": ("name", 150),
    "aws_codedeploy_app": ("name", 100),
    "aws_codepipeline": ("name", 100),
    "aws_cognito_user_pool": ("name", 128),
    "aws_db_instance": ("identifier", 63),
    "aws_db_proxy": ("name", 63),
    "aws_db_subnet_group": ("name", 255),
    "aws_dynamodb_table": ("name", 255),
    "aws_ecr_repository": ("name", 256),
    "aws_ecs_cluster": ("name", 255),
    "aws_ecs_service": ("name", 255),
    "aws_elasticache_replication_group": ("replication_group_id", 40),
    "aws_elasticache_user": ("user_id", 40),
    "aws_elasticache_user_group": ("user_group_id", 40),
    "aws_iam_instance_profile": ("name", 128),
    "aws_iam_policy": ("name", 128),
    "aws_iam_role": ("name", 64),
    "aws_kms_alias": ("name", 256),
    "aws_lambda_function": ("function_name", 64),
    "aws_lb": ("name", 32),
    "aws_lb_target_group": ("name", 32),
    "aws_opensearch_domain": ("domain_name", 28),
    "aws_rds_cluster": ("cluster_identifier", 63),
    "aws_s3_bucket": ("bucket", 63),
    "aws_scheduler_schedule": ("name", 64),
    "aws_secretsmanager_secret": ("name", 512),
    "aws_security_group": ("name", 255),
    "aws_sns_topic": ("name", 256),
    "aws_sqs_queue": ("name", 80),
    "aws_ssm_parameter": ("name", 1011),
    "aws_wafv2_web_acl": ("name", 128),
}


def too_long(unit: Unit, found: Given, instances: list[Instance]) -> Iterator[Finding]:
    """A finding for each name beyond its limit, with the name."""
    for instance in instances:
        for kind, attribute, name in _names(instance):
            limit = LIMITS[kind][1]
            if len(name) > limit:
                message = f'the {attribute} of {kind} would be "{name}" ({len(name)} characters); use at most {limit}.'
                file, line = _place(unit, found, name)
                yield finding(file, line, "name-too-long", message, name, f"at most {limit} characters")


def _names(instance: Instance) -> Iterator[tuple[str, str, str]]:
    for source in instance.module.sources:
        for block in source.body.of_type("resource"):
            if not block.labels or block.labels[0] not in LIMITS:
                continue
            attribute = LIMITS[block.labels[0]][0]
            node = block.body.value(attribute)
            for _, scope in repeated(block, instance.scope) if node is not None else ():
                try:
                    name = evaluate(node, scope) if node is not None else None
                except (Unknown, Failed):
                    continue
                if isinstance(name, str):
                    yield block.labels[0], attribute, name


def _place(unit: Unit, found: Given, name: str) -> tuple[str, int]:
    """The line of the value whose key ends the name, else the start of the unit's file."""
    for variable, value in found.values.items():
        if isinstance(value, dict) and variable in found.places and any(name.endswith(key) for key in value):
            return found.places[variable]
    return unit.tfvars or unit.file, 1
