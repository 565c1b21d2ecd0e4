"""EC2 instances and launch templates: moto 5.2.5 cannot monitor, wants a root volume's size, mixes tags up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from moto.core.responses import ActionResult
from moto.ec2.models.launch_templates import LaunchTemplateVersion
from moto.ec2.responses.instances import InstanceResponse

from scripts.local_aws.overlays.hooks import Document, wrap

# moto knows no snapshot size of an image; AWS takes that when no size is given.
DEFAULT_VOLUME_GB = 8


def install() -> None:
    _monitoring()
    _root_volume()

    @wrap(LaunchTemplateVersion, "__init__")
    def own_tags_stay_out(inner: Callable[..., None], self: Any, *args: Any, **kwargs: Any) -> None:
        """The template's tags are sent beside its data; moto stores them as data that instances get."""
        inner(self, *args, **kwargs)
        specifications = self.data.get("TagSpecifications", [])
        kept = [entry for entry in specifications if entry.get("ResourceType") != "launch-template"]
        if kept:
            self.data["TagSpecifications"] = kept
        else:
            self.data.pop("TagSpecifications", None)


def _monitoring() -> None:
    def switch(state: str) -> Callable[[Any], ActionResult]:
        def answer(self: Any) -> ActionResult:
            identifiers = self._get_param("InstanceIds", [])
            for identifier in identifiers:
                self.ec2_backend.get_instance(identifier).monitoring_state = state
            told = [{"InstanceId": name, "Monitoring": {"State": state}} for name in identifiers]
            return ActionResult({"InstanceMonitorings": told})

        return answer

    InstanceResponse.monitor_instances = switch("enabled")  # type: ignore[attr-defined]
    InstanceResponse.unmonitor_instances = switch("disabled")  # type: ignore[attr-defined]


def _root_volume() -> None:
    inner = InstanceResponse._validate_block_device_mapping

    def validate(device_mapping: Document) -> None:
        volume = device_mapping.get("Ebs")
        if isinstance(volume, dict) and not volume.get("VolumeSize") and not volume.get("SnapshotId"):
            volume["VolumeSize"] = DEFAULT_VOLUME_GB
        inner(device_mapping)

    InstanceResponse._validate_block_device_mapping = staticmethod(validate)  # type: ignore[method-assign]
