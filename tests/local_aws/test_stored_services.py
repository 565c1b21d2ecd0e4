"""Services that are only kept here: what is set is told again, changed, tagged and taken back."""

from typing import Any

import pytest
from botocore.exceptions import ClientError

ROLE = "arn:aws:iam::111111111111:role/any"
TOPIC = "arn:aws:sns:us-east-1:111111111111:any"


def test_a_lifecycle_policy(client: Any) -> None:
    dlm = client("dlm")
    details = {"ResourceTypes": ["VOLUME"], "TargetTags": [{"Key": "Name", "Value": "a"}]}
    identifier = dlm.create_lifecycle_policy(
        ExecutionRoleArn=ROLE, Description="d", State="ENABLED", PolicyDetails=details, Tags={"a": "b"}
    )["PolicyId"]
    dlm.update_lifecycle_policy(PolicyId=identifier, State="DISABLED")
    found = dlm.get_lifecycle_policy(PolicyId=identifier)["Policy"]
    dlm.tag_resource(ResourceArn=found["PolicyArn"], Tags={"c": "d"})
    dlm.untag_resource(ResourceArn=found["PolicyArn"], TagKeys=["a"])
    assert found["PolicyDetails"] == {"PolicyType": "EBS_SNAPSHOT_MANAGEMENT", **details}
    assert (found["State"], found["Tags"]) == ("DISABLED", {"a": "b"})
    assert dlm.list_tags_for_resource(ResourceArn=found["PolicyArn"])["Tags"] == {"c": "d"}
    dlm.delete_lifecycle_policy(PolicyId=identifier)
    with pytest.raises(ClientError, match="ResourceNotFound"):
        dlm.get_lifecycle_policy(PolicyId=identifier)


def test_a_canary(client: Any) -> None:
    synthetics = client("synthetics")
    synthetics.create_canary(
        Name="front",
        Code={"S3Bucket": "b", "S3Key": "k", "Handler": "h.handler"},
        ArtifactS3Location="s3://artifacts/front",
        ExecutionRoleArn=ROLE,
        Schedule={"Expression": "rate(5 minutes)"},
        RunConfig={"TimeoutInSeconds": 60, "EnvironmentVariables": {"A": "b"}},
        RuntimeVersion="syn-python-selenium-5.1",
        Tags={"a": "b"},
    )
    synthetics.start_canary(Name="front")
    found = synthetics.get_canary(Name="front")["Canary"]
    assert (found["Status"]["State"], found["Tags"]) == ("RUNNING", {"a": "b"})
    assert found["ArtifactS3Location"] == "artifacts/front"
    assert "EnvironmentVariables" not in found["RunConfig"]
    assert found["Code"]["Handler"] == "h.handler"
    synthetics.stop_canary(Name="front")
    synthetics.update_canary(Name="front", SuccessRetentionPeriodInDays=7)
    found = synthetics.get_canary(Name="front")["Canary"]
    assert (found["Status"]["State"], found["SuccessRetentionPeriodInDays"]) == ("STOPPED", 7)
    synthetics.delete_canary(Name="front")
    with pytest.raises(ClientError, match="ResourceNotFound"):
        synthetics.get_canary(Name="front")


def test_a_pipeline(client: Any) -> None:
    codepipeline = client("codepipeline")
    kind = {"category": "Approval", "owner": "AWS", "provider": "Manual", "version": "1"}
    pipeline = {
        "name": "shop",
        "roleArn": ROLE,
        "artifactStore": {"type": "S3", "location": "artifacts"},
        "stages": [{"name": "Approve", "actions": [{"name": "Look", "actionTypeId": kind}]}],
        "pipelineType": "V2",
    }
    codepipeline.create_pipeline(pipeline=pipeline, tags=[{"key": "a", "value": "b"}])
    found = codepipeline.get_pipeline(name="shop")
    arn = found["metadata"]["pipelineArn"]
    assert found["pipeline"]["stages"][0]["actions"][0]["runOrder"] == 1
    assert (found["pipeline"]["version"], found["pipeline"]["executionMode"]) == (1, "SUPERSEDED")
    codepipeline.update_pipeline(pipeline={**pipeline, "executionMode": "QUEUED"})
    changed = codepipeline.get_pipeline(name="shop")["pipeline"]
    assert (changed["version"], changed["executionMode"]) == (2, "QUEUED")
    codepipeline.tag_resource(resourceArn=arn, tags=[{"key": "c", "value": "d"}])
    codepipeline.untag_resource(resourceArn=arn, tagKeys=["a"])
    assert codepipeline.list_tags_for_resource(resourceArn=arn)["tags"] == [{"key": "c", "value": "d"}]
    codepipeline.delete_pipeline(name="shop")
    with pytest.raises(ClientError, match="PipelineNotFound"):
        codepipeline.get_pipeline(name="shop")


def test_a_connection_waits_for_consent(client: Any) -> None:
    connections = client("codestar-connections")
    arn = connections.create_connection(
        ConnectionName="code", ProviderType="GitHub", Tags=[{"Key": "a", "Value": "b"}]
    )["ConnectionArn"]
    found = connections.get_connection(ConnectionArn=arn)["Connection"]
    assert (found["ConnectionStatus"], found["ConnectionName"]) == ("PENDING", "code")
    connections.tag_resource(ResourceArn=arn, Tags=[{"Key": "c", "Value": "d"}])
    connections.untag_resource(ResourceArn=arn, TagKeys=["a"])
    assert connections.list_tags_for_resource(ResourceArn=arn)["Tags"] == [{"Key": "c", "Value": "d"}]
    connections.delete_connection(ConnectionArn=arn)
    with pytest.raises(ClientError, match="ResourceNotFound"):
        connections.get_connection(ConnectionArn=arn)


def test_a_notification_rule(client: Any) -> None:
    rules = client("codestar-notifications")
    arn = rules.create_notification_rule(
        Name="shop",
        EventTypeIds=["codepipeline-pipeline-manual-approval-needed"],
        Resource="arn:aws:codepipeline:us-east-1:111111111111:shop",
        Targets=[{"TargetType": "SNS", "TargetAddress": TOPIC}],
        DetailType="FULL",
        Tags={"a": "b"},
    )["Arn"]
    rules.update_notification_rule(Arn=arn, Status="DISABLED")
    rules.tag_resource(Arn=arn, Tags={"c": "d"})
    rules.untag_resource(Arn=arn, TagKeys=["a"])
    found = rules.describe_notification_rule(Arn=arn)
    assert found["Targets"] == [{"TargetAddress": TOPIC, "TargetType": "SNS", "TargetStatus": "ACTIVE"}]
    assert found["EventTypes"][0]["EventTypeId"].endswith("approval-needed")
    assert (found["Status"], found["Tags"]) == ("DISABLED", {"c": "d"})
    assert rules.list_targets()["Targets"][0]["TargetAddress"] == TOPIC
    rules.delete_notification_rule(Arn=arn)
    with pytest.raises(ClientError, match="ResourceNotFound"):
        rules.describe_notification_rule(Arn=arn)


def test_a_cost_anomaly_monitor_and_who_hears_of_it(client: Any) -> None:
    ce = client("ce")
    monitor = ce.create_anomaly_monitor(
        AnomalyMonitor={"MonitorName": "m", "MonitorType": "DIMENSIONAL", "MonitorDimension": "SERVICE"},
        ResourceTags=[{"Key": "a", "Value": "b"}],
    )["MonitorArn"]
    subscription = ce.create_anomaly_subscription(
        AnomalySubscription={
            "SubscriptionName": "s",
            "MonitorArnList": [monitor],
            "Subscribers": [{"Address": "finance@example.com", "Type": "EMAIL"}],
            "Frequency": "DAILY",
        }
    )["SubscriptionArn"]
    ce.update_anomaly_monitor(MonitorArn=monitor, MonitorName="renamed")
    assert ce.get_anomaly_monitors(MonitorArnList=[monitor])["AnomalyMonitors"][0]["MonitorName"] == "renamed"
    found = ce.get_anomaly_subscriptions(SubscriptionArnList=[subscription])["AnomalySubscriptions"][0]
    assert (found["MonitorArnList"], found["Subscribers"][0]["Status"]) == ([monitor], "CONFIRMED")
    ce.tag_resource(ResourceArn=monitor, ResourceTags=[{"Key": "c", "Value": "d"}])
    ce.untag_resource(ResourceArn=monitor, ResourceTagKeys=["a"])
    assert ce.list_tags_for_resource(ResourceArn=monitor)["ResourceTags"] == [{"Key": "c", "Value": "d"}]
    ce.delete_anomaly_subscription(SubscriptionArn=subscription)
    ce.delete_anomaly_monitor(MonitorArn=monitor)
    with pytest.raises(ClientError, match="UnknownMonitor"):
        ce.get_anomaly_monitors(MonitorArnList=[monitor])
    with pytest.raises(ClientError, match="UnknownSubscription"):
        ce.get_anomaly_subscriptions(SubscriptionArnList=[subscription])


def test_a_cost_allocation_tag_is_inactive_until_it_is_activated(client: Any) -> None:
    ce = client("ce")

    def status() -> str:
        return str(ce.list_cost_allocation_tags(TagKeys=["Project"])["CostAllocationTags"][0]["Status"])

    assert status() == "Inactive"
    ce.update_cost_allocation_tags_status(
        CostAllocationTagsStatus=[{"TagKey": "Project", "Status": "Active"}]
    )
    assert status() == "Active"


def test_image_recipes_and_what_they_are_made_of(client: Any) -> None:
    builder = client("imagebuilder")
    component = builder.create_component(
        name="Harden", semanticVersion="1.0.0", platform="Linux", data="{}", tags={"a": "b"}
    )["componentBuildVersionArn"]
    recipe = builder.create_image_recipe(
        name="base", semanticVersion="1.0.0", components=[{"componentArn": component}], parentImage="ami-1"
    )["imageRecipeArn"]
    infrastructure = builder.create_infrastructure_configuration(name="small", instanceProfileName="any")[
        "infrastructureConfigurationArn"
    ]
    pipeline = builder.create_image_pipeline(
        name="weekly", imageRecipeArn=recipe, infrastructureConfigurationArn=infrastructure
    )["imagePipelineArn"]
    assert component.endswith(":component/harden/1.0.0/1")
    found = builder.get_component(componentBuildVersionArn=component)["component"]
    assert (found["version"], found["type"], found["tags"]) == ("1.0.0", "BUILD", {"a": "b"})
    builder.update_image_pipeline(
        imagePipelineArn=pipeline,
        imageRecipeArn=recipe,
        infrastructureConfigurationArn=infrastructure,
        status="DISABLED",
    )
    changed = builder.get_image_pipeline(imagePipelineArn=pipeline)["imagePipeline"]
    assert (changed["status"], changed["imageRecipeArn"]) == ("DISABLED", recipe)
    builder.delete_image_pipeline(imagePipelineArn=pipeline)
    with pytest.raises(ClientError, match="ResourceNotFound"):
        builder.get_image_pipeline(imagePipelineArn=pipeline)


def test_trace_groups(client: Any) -> None:
    xray = client("xray")
    arn = xray.create_group(
        GroupName="slow", FilterExpression="responsetime > 2", Tags=[{"Key": "a", "Value": "b"}]
    )["Group"]["GroupARN"]
    xray.update_group(GroupARN=arn, InsightsConfiguration={"InsightsEnabled": True})
    found = xray.get_group(GroupName="slow")["Group"]
    assert found["InsightsConfiguration"] == {"InsightsEnabled": True, "NotificationsEnabled": False}
    xray.tag_resource(ResourceARN=arn, Tags=[{"Key": "c", "Value": "d"}])
    xray.untag_resource(ResourceARN=arn, TagKeys=["a"])
    assert xray.list_tags_for_resource(ResourceARN=arn)["Tags"] == [{"Key": "c", "Value": "d"}]
    xray.delete_group(GroupARN=arn)
    with pytest.raises(ClientError, match="not found"):
        xray.get_group(GroupName="slow")


def test_sampling_rules(client: Any) -> None:
    xray = client("xray")
    any_of = dict.fromkeys(("ResourceARN", "ServiceName", "ServiceType", "Host", "HTTPMethod"), "*")
    xray.create_sampling_rule(
        SamplingRule={
            "RuleName": "orders",
            "Priority": 100,
            "FixedRate": 0.5,
            "ReservoirSize": 1,
            "URLPath": "/orders*",
            "Version": 1,
            **any_of,
        }
    )
    xray.update_sampling_rule(SamplingRuleUpdate={"RuleName": "orders", "FixedRate": 0.1})
    found = xray.get_sampling_rules()["SamplingRuleRecords"][0]["SamplingRule"]
    assert (found["FixedRate"], found["URLPath"], found["Priority"]) == (0.1, "/orders*", 100)
    xray.delete_sampling_rule(RuleName="orders")
    assert xray.get_sampling_rules()["SamplingRuleRecords"] == []


def test_a_chat_room(client: Any) -> None:
    chatbot = client("chatbot")
    arn = chatbot.create_slack_channel_configuration(
        ConfigurationName="on-call",
        SlackTeamId="T1",
        SlackChannelId="C1",
        IamRoleArn=ROLE,
        SnsTopicArns=[TOPIC],
        Tags=[{"TagKey": "a", "TagValue": "b"}],
    )["ChannelConfiguration"]["ChatConfigurationArn"]
    chatbot.update_slack_channel_configuration(
        ChatConfigurationArn=arn, SlackChannelId="C2", LoggingLevel="ERROR"
    )
    (found,) = chatbot.describe_slack_channel_configurations(ChatConfigurationArn=arn)[
        "SlackChannelConfigurations"
    ]
    assert (found["SlackTeamId"], found["SlackChannelId"], found["LoggingLevel"]) == ("T1", "C2", "ERROR")
    assert (found["SnsTopicArns"], found["UserAuthorizationRequired"]) == ([TOPIC], False)
    assert found["Tags"] == [{"TagKey": "a", "TagValue": "b"}]
    chatbot.tag_resource(ResourceARN=arn, Tags=[{"TagKey": "c", "TagValue": "d"}])
    chatbot.untag_resource(ResourceARN=arn, TagKeys=["a"])
    assert chatbot.list_tags_for_resource(ResourceARN=arn)["Tags"] == [{"TagKey": "c", "TagValue": "d"}]
    chatbot.delete_slack_channel_configuration(ChatConfigurationArn=arn)
    assert (
        chatbot.describe_slack_channel_configurations(ChatConfigurationArn=arn)["SlackChannelConfigurations"]
        == []
    )
    with pytest.raises(ClientError, match="ResourceNotFound"):
        chatbot.list_tags_for_resource(ResourceARN=arn)
