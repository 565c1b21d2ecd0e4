"""What the emulators lack, mended in memory before they serve: one module a service.

An overlay replaces functions of an emulator; the installed packages are never edited. Each
module names the emulator version and the gap, and each has a test that fails without it.
"""

from __future__ import annotations

from scripts.local_aws.overlays import (
    apigateway_import,
    apigateway_stage,
    application_autoscaling,
    cloudwatch,
    ec2,
    events_policy,
    hooks,
    lambda_code_signing,
    links,
    logs,
    s3,
    ses,
    sesv2,
)

OVERLAYS = (
    apigateway_import,
    apigateway_stage,
    application_autoscaling,
    cloudwatch,
    ec2,
    events_policy,
    lambda_code_signing,
    links,
    logs,
    s3,
    ses,
    sesv2,
)


def install_all() -> None:
    """Install every overlay, in the order of the list, and the state they keep."""
    for overlay in OVERLAYS:
        overlay.install()
    hooks.install_state()
