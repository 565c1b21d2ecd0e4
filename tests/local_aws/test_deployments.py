"""CodeDeploy: configurations, groups with alarms, and an end for all of them."""

from typing import Any

import pytest
from botocore.exceptions import ClientError

TRAFFIC = {
    "type": "TimeBasedCanary",
    "timeBasedCanary": {"canaryPercentage": 10, "canaryInterval": 5},
}


def test_deployments_can_be_prepared_changed_and_taken_back(client: Any) -> None:
    codedeploy = client("codedeploy")
    names = {"applicationName": "shop", "deploymentGroupName": "web"}
    alarms = {"enabled": True, "ignorePollAlarmFailure": False, "alarms": [{"name": "errors"}]}
    codedeploy.create_deployment_config(
        deploymentConfigName="slowly", computePlatform="ECS", trafficRoutingConfig=TRAFFIC
    )
    codedeploy.create_application(applicationName="shop", computePlatform="ECS")
    codedeploy.create_deployment_group(
        **names,
        serviceRoleArn="arn:aws:iam::111111111111:role/deploy",
        deploymentConfigName="slowly",
        alarmConfiguration=alarms,
    )
    config = codedeploy.get_deployment_config(deploymentConfigName="slowly")["deploymentConfigInfo"]
    assert (config["trafficRoutingConfig"], config["computePlatform"]) == (TRAFFIC, "ECS")
    group = codedeploy.get_deployment_group(**names)["deploymentGroupInfo"]
    assert (group["alarmConfiguration"], group["computePlatform"]) == (alarms, "ECS")
    assert "loadBalancerInfo" not in group
    with pytest.raises(ClientError, match="DeploymentConfigInUse"):
        codedeploy.delete_deployment_config(deploymentConfigName="slowly")

    codedeploy.update_deployment_group(
        applicationName="shop",
        currentDeploymentGroupName="web",
        newDeploymentGroupName="site",
        alarmConfiguration={"enabled": False},
    )
    names["deploymentGroupName"] = "site"
    assert codedeploy.get_deployment_group(**names)["deploymentGroupInfo"]["alarmConfiguration"] == {
        "enabled": False
    }

    codedeploy.delete_deployment_group(**names)
    with pytest.raises(ClientError, match="DeploymentGroupDoesNotExist"):
        codedeploy.get_deployment_group(**names)
    codedeploy.delete_deployment_config(deploymentConfigName="slowly")
    with pytest.raises(ClientError, match="DeploymentConfigDoesNotExist"):
        codedeploy.get_deployment_config(deploymentConfigName="slowly")
    codedeploy.delete_application(applicationName="shop")
    with pytest.raises(ClientError, match="ApplicationDoesNotExist"):
        codedeploy.get_application(applicationName="shop")
