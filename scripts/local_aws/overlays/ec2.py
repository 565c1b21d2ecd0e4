"""EC2: what moto 5.2.5 forgets of security group rules and flow logs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from moto.ec2.models.flow_logs import FlowLogs as FlowLog
from moto.ec2.models.security_groups import SecurityGroupRule
from moto.ec2.responses.flow_logs import FlowLogs as FlowLogResponse

from scripts.local_aws.overlays.hooks import wrap


def install() -> None:
    _keep_rule_descriptions()
    _keep_destination_options()


def _keep_rule_descriptions() -> None:
    """moto reads a rule's description from its address range; groups and prefix lists have one, too."""

    @wrap(SecurityGroupRule, "__init__")
    def remember(inner: Callable[..., None], self: Any, *args: Any, **kwargs: Any) -> None:
        inner(self, *args, **kwargs)
        position = 7  # of prefix_list_id, which some callers pass without its name
        prefix_list = kwargs.get("prefix_list_id") or (args[position] if len(args) > position else None)
        self.prefix_list_description = (prefix_list or {}).get("Description")

    def description(self: Any) -> str | None:
        sources = (self.ip_range.get("Description"), self.source_group.get("Description"))
        text: str | None = next(filter(None, sources), getattr(self, "prefix_list_description", None))
        return text

    SecurityGroupRule.description = property(description)  # type: ignore[assignment,method-assign]


def _keep_destination_options() -> None:
    """moto does not read them, and Terraform replaces a flow log whose options are gone."""
    defaults = {"FileFormat": "plain-text", "HiveCompatiblePartitions": False, "PerHourPartition": False}

    @wrap(FlowLogResponse, "create_flow_logs")
    def create_flow_logs(inner: Callable[..., Any], self: Any) -> Any:
        known = set(self.ec2_backend.flow_logs)
        answer = inner(self)
        options = self._get_param("DestinationOptions")
        for identifier, flow_log in self.ec2_backend.flow_logs.items():
            if identifier not in known and options:
                flow_log.destination_options = {**defaults, **options}
        return answer

    FlowLog.destination_options = None  # type: ignore[attr-defined]  # of flow logs without any
