"""CodeDeploy: moto 5.2.5 has no deployment configurations, changes or deletes nothing, and loses alarms."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from moto.codedeploy import responses
from moto.codedeploy.exceptions import CodeDeployException
from moto.codedeploy.models import CodeDeployBackend
from moto.codedeploy.responses import CodeDeployResponse
from moto.core.responses import ActionResult, EmptyResult

from scripts.local_aws.overlays.hooks import Document, store, wrap

_CONFIGS = store("codedeploy-configs")
_FIELDS = {
    "deploymentConfigName": "deployment_config_name",
    "ec2TagFilters": "ec2_tag_filters",
    "onPremisesInstanceTagFilters": "on_premises_instance_tag_filters",
    "autoScalingGroups": "auto_scaling_groups",
    "serviceRoleArn": "service_role_arn",
    "triggerConfigurations": "trigger_configurations",
    "alarmConfiguration": "alarm_configuration",
    "autoRollbackConfiguration": "auto_rollback_configuration",
    "outdatedInstancesStrategy": "outdated_instances_strategy",
    "deploymentStyle": "deployment_style",
    "blueGreenDeploymentConfiguration": "blue_green_deployment_configuration",
    "loadBalancerInfo": "load_balancer_info",
    "ec2TagSet": "ec2_tag_set",
    "ecsServices": "ecs_services",
    "onPremisesTagSet": "on_premises_tag_set",
    "terminationHookEnabled": "termination_hook_enabled",
}


def install() -> None:
    _configurations()
    _groups()

    def delete_application(self: Any) -> EmptyResult:
        backend = self.codedeploy_backend
        name = self._get_param("applicationName")
        backend.applications.pop(name, None)
        backend.deployment_groups.pop(name, None)
        backend.tagger.delete_all_tags_for_resource(backend._application_arn(name))
        return EmptyResult()

    CodeDeployResponse.delete_application = delete_application  # type: ignore[attr-defined]


def _configurations() -> None:
    def create(self: Any) -> ActionResult:
        name = self._get_param("deploymentConfigName")
        if name in _CONFIGS:
            raise CodeDeployException("DeploymentConfigAlreadyExistsException", f"{name} already exists.")
        config: Document = {
            "deploymentConfigId": str(uuid.uuid4()),
            "deploymentConfigName": name,
            "computePlatform": self._get_param("computePlatform") or "Server",
            "createTime": time.time(),
        }
        for field in ("minimumHealthyHosts", "trafficRoutingConfig", "zonalConfig"):
            if value := self._get_param(field):
                config[field] = value
        if config["computePlatform"] != "Server":
            config.setdefault("trafficRoutingConfig", {"type": "AllAtOnce"})
        _CONFIGS[name] = config
        return ActionResult({"deploymentConfigId": config["deploymentConfigId"]})

    def get(self: Any) -> ActionResult:
        name = self._get_param("deploymentConfigName")
        if name not in _CONFIGS:
            raise CodeDeployException("DeploymentConfigDoesNotExistException", f"{name} does not exist.")
        created = datetime.fromtimestamp(_CONFIGS[name]["createTime"], UTC)
        return ActionResult({"deploymentConfigInfo": {**_CONFIGS[name], "createTime": created}})

    def delete(self: Any) -> EmptyResult:
        name = self._get_param("deploymentConfigName")
        groups = [g for named in self.codedeploy_backend.deployment_groups.values() for g in named.values()]
        if any(group.deployment_config_name == name for group in groups):
            raise CodeDeployException("DeploymentConfigInUseException", f"{name} is in use.")
        _CONFIGS.pop(name, None)
        return EmptyResult()

    CodeDeployResponse.create_deployment_config = create  # type: ignore[attr-defined]
    CodeDeployResponse.get_deployment_config = get  # type: ignore[attr-defined]
    CodeDeployResponse.delete_deployment_config = delete  # type: ignore[attr-defined]


def _groups() -> None:
    @wrap(responses, "_deployment_group_info")
    def describe(inner: Callable[[Any], Document], group: Any) -> Document:
        found = {**inner(group), "alarmConfiguration": group.alarm_configuration or {}}
        if not found["loadBalancerInfo"]:
            del found["loadBalancerInfo"]  # a function has none, and an empty one would be a change to make
        return found

    def update(self: Any) -> ActionResult:
        backend: CodeDeployBackend = self.codedeploy_backend
        application = self._get_param("applicationName")
        name = self._get_param("currentDeploymentGroupName")
        group = backend.get_deployment_group(application, name)
        for field, attribute in _FIELDS.items():
            value = self._get_param(field)
            if value is not None:
                setattr(group, attribute, value)
        if renamed := self._get_param("newDeploymentGroupName"):
            group.deployment_group_name = renamed
            groups = backend.deployment_groups[application]
            groups[renamed] = groups.pop(name)
        return ActionResult({"hooksNotCleanedUp": []})

    def delete(self: Any) -> ActionResult:
        backend: CodeDeployBackend = self.codedeploy_backend
        application = self._get_param("applicationName")
        name = self._get_param("deploymentGroupName")
        backend.deployment_groups.get(application, {}).pop(name, None)
        backend.tagger.delete_all_tags_for_resource(backend._deployment_group_arn(application, name))
        return ActionResult({"hooksNotCleanedUp": []})

    CodeDeployResponse.update_deployment_group = update  # type: ignore[attr-defined]
    CodeDeployResponse.delete_deployment_group = delete  # type: ignore[attr-defined]
