"""Which resource types a picture of a system shows, what it calls them, and in which colour."""

from __future__ import annotations

from scripts.pictures.drawing import Style

COMPUTE = Style("#fdebd8", "#c8630e", radius=3)
DATA = Style("#dde9fb", "#2b5fb0", radius=3)
STORAGE = Style("#e1f3e3", "#3d7d2c", radius=3)
NETWORK = Style("#ece4fb", "#6f42c1", radius=3)
MESSAGES = Style("#fbe3ef", "#b4307a", radius=3)
SECURITY = Style("#fbe1e1", "#b3261e", radius=3)
WATCHING = Style("#e6ecef", "#50606c", radius=3)

GROUPS = {
    "compute": COMPUTE,
    "data": DATA,
    "storage": STORAGE,
    "network": NETWORK,
    "messages": MESSAGES,
    "security": SECURITY,
    "watching and delivery": WATCHING,
}

SHOWN: dict[str, tuple[str, Style]] = {
    "aws_api_gateway_rest_api": ("REST API", COMPUTE),
    "aws_api_gateway_vpc_link": ("VPC link", NETWORK),
    "aws_apigatewayv2_api": ("HTTP API", COMPUTE),
    "aws_appconfig_application": ("Feature flags", WATCHING),
    "aws_athena_workgroup": ("Athena workgroup", DATA),
    "aws_autoscaling_group": ("Auto Scaling group", COMPUTE),
    "aws_backup_plan": ("Backup plan", STORAGE),
    "aws_backup_vault": ("Backup vault", STORAGE),
    "aws_budgets_budget": ("Budget", WATCHING),
    "aws_ce_anomaly_monitor": ("Cost anomaly monitor", WATCHING),
    "aws_chatbot_slack_channel_configuration": ("Chat channel", MESSAGES),
    "aws_cloudfront_distribution": ("CloudFront", NETWORK),
    "aws_cloudtrail": ("CloudTrail", SECURITY),
    "aws_cloudwatch_composite_alarm": ("Composite alarm", WATCHING),
    "aws_cloudwatch_dashboard": ("Dashboard", WATCHING),
    "aws_cloudwatch_event_bus": ("Event bus", MESSAGES),
    "aws_cloudwatch_event_rule": ("Event rule", MESSAGES),
    "aws_cloudwatch_metric_alarm": ("Alarm", WATCHING),
    "aws_codebuild_project": ("CodeBuild", WATCHING),
    "aws_codedeploy_app": ("CodeDeploy", WATCHING),
    "aws_codepipeline": ("CodePipeline", WATCHING),
    "aws_cognito_user_pool": ("User pool", SECURITY),
    "aws_config_configuration_recorder": ("Config recorder", SECURITY),
    "aws_db_instance": ("RDS instance", DATA),
    "aws_db_proxy": ("RDS proxy", DATA),
    "aws_dynamodb_table": ("DynamoDB table", DATA),
    "aws_ecr_repository": ("Image registry", STORAGE),
    "aws_ecs_cluster": ("ECS cluster", COMPUTE),
    "aws_ecs_service": ("ECS service", COMPUTE),
    "aws_elasticache_replication_group": ("Redis", DATA),
    "aws_glue_catalog_database": ("Glue database", DATA),
    "aws_guardduty_detector": ("GuardDuty", SECURITY),
    "aws_iam_openid_connect_provider": ("OIDC provider", SECURITY),
    "aws_iam_policy": ("IAM policy", SECURITY),
    "aws_iam_role": ("IAM role", SECURITY),
    "aws_imagebuilder_image_pipeline": ("Image pipeline", COMPUTE),
    "aws_internet_gateway": ("Internet gateway", NETWORK),
    "aws_kms_key": ("KMS key", SECURITY),
    "aws_kms_replica_key": ("KMS replica key", SECURITY),
    "aws_lambda_function": ("Lambda function", COMPUTE),
    "aws_lb": ("Load balancer", NETWORK),
    "aws_nat_gateway": ("NAT gateway", NETWORK),
    "aws_network_acl": ("Network ACL", NETWORK),
    "aws_opensearch_domain": ("OpenSearch", DATA),
    "aws_rds_cluster": ("Aurora cluster", DATA),
    "aws_route53_record": ("DNS record", NETWORK),
    "aws_route53_zone": ("DNS zone", NETWORK),
    "aws_acm_certificate": ("Certificate", SECURITY),
    "aws_s3_bucket": ("Bucket", STORAGE),
    "aws_scheduler_schedule": ("Schedule", MESSAGES),
    "aws_secretsmanager_secret": ("Secret", SECURITY),
    "aws_security_group": ("Security group", NETWORK),
    "aws_service_discovery_service": ("Service discovery", NETWORK),
    "aws_ses_template": ("Mail template", MESSAGES),
    "aws_sesv2_email_identity": ("Mail identity", MESSAGES),
    "aws_shield_protection": ("Shield", SECURITY),
    "aws_sns_topic": ("Topic", MESSAGES),
    "aws_sqs_queue": ("Queue", MESSAGES),
    "aws_synthetics_canary": ("Canary", WATCHING),
    "aws_vpc": ("VPC", NETWORK),
    "aws_vpc_endpoint": ("VPC endpoint", NETWORK),
    "aws_wafv2_web_acl": ("Web ACL", SECURITY),
    "aws_xray_group": ("X-Ray group", WATCHING),
}

IN_A_VPC = frozenset(
    {
        "aws_autoscaling_group",
        "aws_db_instance",
        "aws_db_proxy",
        "aws_ecs_service",
        "aws_elasticache_replication_group",
        "aws_lambda_function",
        "aws_lb",
        "aws_opensearch_domain",
        "aws_rds_cluster",
    }
)
"""What can stand in subnets."""
