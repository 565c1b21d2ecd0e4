"""Route 53: moto 5.2.5 takes a zone for private only if the request says so, and misspells its VPCs.

AWS makes a zone private when a VPC is named, which is all that the Terraform provider does. Zones of
one account are one store in moto, whatever the region of their VPCs, so nothing else is missing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from moto.route53.models import FakeZone
from moto.route53.responses import Route53

from scripts.local_aws.overlays.hooks import wrap


def install() -> None:
    @wrap(Route53, "create_hosted_zone")
    def create_hosted_zone(inner: Callable[..., Any], self: Any) -> Any:
        if self._get_param("VPC.VPCId"):
            self.params.setdefault("HostedZoneConfig", {})["PrivateZone"] = True
        return inner(self)

    @wrap(FakeZone, "add_vpc")
    def add_vpc(inner: Callable[..., Any], self: Any, vpc_id: str | None, vpc_region: str | None) -> Any:
        vpc = inner(self, vpc_id, vpc_region)
        # moto reads its own spelling, the answer needs that of AWS.
        vpc.update({"VPCId": vpc_id, "VPCRegion": vpc_region} if vpc else {})
        return vpc
