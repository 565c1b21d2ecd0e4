"""Instances, launch templates and Auto Scaling groups keep what moto alone loses."""

from typing import Any

import pytest


@pytest.fixture(scope="module")
def image(client: Any) -> str:
    parameter = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64"
    return str(client("ssm").get_parameter(Name=parameter)["Parameter"]["Value"])


@pytest.fixture(scope="module")
def group(client: Any, image: str) -> str:
    """An Auto Scaling group without instances; its name."""
    client("ec2").create_launch_template(
        LaunchTemplateName="of-group", LaunchTemplateData={"ImageId": image, "InstanceType": "t3.micro"}
    )
    client("autoscaling").create_auto_scaling_group(
        AutoScalingGroupName="workers",
        LaunchTemplate={"LaunchTemplateName": "of-group"},
        MinSize=0,
        MaxSize=0,
        AvailabilityZones=["us-east-1a"],
        DefaultInstanceWarmup=120,
        MaxInstanceLifetime=86400,
    )
    return "workers"


def test_an_instance_takes_the_image_s_volume_size_and_is_monitored(client: Any, image: str) -> None:
    ec2 = client("ec2")
    started = ec2.run_instances(
        ImageId=image,
        MinCount=1,
        MaxCount=1,
        BlockDeviceMappings=[{"DeviceName": "/dev/xvda", "Ebs": {"Encrypted": True, "VolumeType": "gp3"}}],
    )["Instances"][0]["InstanceId"]
    ec2.monitor_instances(InstanceIds=[started])
    found = ec2.describe_instances(InstanceIds=[started])["Reservations"][0]["Instances"][0]
    assert found["Monitoring"]["State"] == "enabled"
    ec2.unmonitor_instances(InstanceIds=[started])
    found = ec2.describe_instances(InstanceIds=[started])["Reservations"][0]["Instances"][0]
    assert found["Monitoring"]["State"] == "disabled"


def test_a_launch_template_s_own_tags_are_no_tags_of_instances(client: Any) -> None:
    ec2 = client("ec2")
    instance = {"ResourceType": "instance", "Tags": [{"Key": "of", "Value": "instance"}]}
    created = ec2.create_launch_template(
        LaunchTemplateName="tagged",
        LaunchTemplateData={"TagSpecifications": [instance]},
        TagSpecifications=[{"ResourceType": "launch-template", "Tags": [{"Key": "of", "Value": "template"}]}],
    )["LaunchTemplate"]
    assert created["Tags"] == [{"Key": "of", "Value": "template"}]
    versions = ec2.describe_launch_template_versions(LaunchTemplateName="tagged")["LaunchTemplateVersions"]
    assert versions[0]["LaunchTemplateData"]["TagSpecifications"] == [instance]


def test_a_group_keeps_warm_up_and_life_span_until_they_are_taken_back(client: Any, group: str) -> None:
    autoscaling = client("autoscaling")

    def read() -> Any:
        return autoscaling.describe_auto_scaling_groups(AutoScalingGroupNames=[group])["AutoScalingGroups"][0]

    assert (read()["DefaultInstanceWarmup"], read()["MaxInstanceLifetime"]) == (120, 86400)
    autoscaling.update_auto_scaling_group(
        AutoScalingGroupName=group, DefaultInstanceWarmup=-1, MaxInstanceLifetime=172800
    )
    assert "DefaultInstanceWarmup" not in read()
    assert read()["MaxInstanceLifetime"] == 172800


@pytest.mark.parametrize(
    ("asked", "enabled"),
    [pytest.param({}, True, id="unless told"), pytest.param({"Enabled": False}, False, id="switched off")],
)
def test_a_scaling_policy_is_enabled(client: Any, group: str, asked: dict[str, bool], enabled: bool) -> None:
    autoscaling = client("autoscaling")
    tracked = {"PredefinedMetricType": "ASGAverageCPUUtilization"}
    autoscaling.put_scaling_policy(
        AutoScalingGroupName=group,
        PolicyName="cpu",
        PolicyType="TargetTrackingScaling",
        TargetTrackingConfiguration={"PredefinedMetricSpecification": tracked, "TargetValue": 60},
        **asked,
    )
    found = autoscaling.describe_policies(AutoScalingGroupName=group)["ScalingPolicies"][0]
    assert found["Enabled"] is enabled
    assert "PredictiveScalingConfiguration" not in found
