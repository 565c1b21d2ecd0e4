"""What the emulators lack, mended in memory before they serve: one module a service.

An overlay replaces functions of an emulator; the installed packages are never edited. Each
module names the emulator version and the gap, and each has a test that fails without it.
"""

from __future__ import annotations

from scripts.local_aws.overlays import (
    account_settings,
    alarms,
    apigateway_accounts,
    apigateway_import,
    apigateway_requests,
    apigateway_stage,
    application_autoscaling,
    autoscaling,
    cloudwatch,
    codedeploy,
    dynamodb,
    ec2,
    ec2_instances,
    ec2_public_access,
    ecs,
    elasticache,
    events_delivery,
    events_policy,
    hooks,
    lambda_async,
    lambda_code_signing,
    lambda_streams,
    links,
    logs,
    metrics,
    permissions,
    rds,
    route53,
    s3,
    ses,
    ses_events,
    sesv2,
    sns_delivery,
    xray,
)

OVERLAYS = (
    account_settings,
    alarms,
    apigateway_accounts,
    apigateway_import,
    apigateway_requests,
    apigateway_stage,
    application_autoscaling,
    autoscaling,
    cloudwatch,
    codedeploy,
    dynamodb,
    ec2,
    ec2_instances,
    ec2_public_access,
    ecs,
    elasticache,
    events_delivery,
    events_policy,
    lambda_async,
    lambda_code_signing,
    lambda_streams,
    links,
    logs,
    metrics,
    permissions,
    rds,
    route53,
    s3,
    ses,
    ses_events,
    sesv2,
    sns_delivery,
    xray,
)


def install_all() -> None:
    """Install every overlay, in the order of the list, and the state they keep."""
    for overlay in OVERLAYS:
        overlay.install()
    hooks.install_state()
