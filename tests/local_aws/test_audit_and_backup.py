"""Trails, backup vaults, VPC links and headers policies keep what ministack alone forgets."""

from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.local_aws.conftest import ACCOUNT

GROUP = f"arn:aws:logs:us-east-1:{ACCOUNT}:log-group:trail:*"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/any"


def test_a_new_trail_has_tags_a_log_group_and_insights(client: Any) -> None:
    cloudtrail = client("cloudtrail")
    cloudtrail.create_trail(
        Name="all",
        S3BucketName="any",
        CloudWatchLogsLogGroupArn=GROUP,
        CloudWatchLogsRoleArn=ROLE,
        TagsList=[{"Key": "a", "Value": "b"}],
    )
    with pytest.raises(ClientError, match="InsightNotEnabled"):
        cloudtrail.get_insight_selectors(TrailName="all")
    selectors = [{"InsightType": "ApiErrorRateInsight"}]
    cloudtrail.put_insight_selectors(TrailName="all", InsightSelectors=selectors)
    found = cloudtrail.get_trail(Name="all")["Trail"]
    assert (found["CloudWatchLogsLogGroupArn"], found["CloudWatchLogsRoleArn"]) == (GROUP, ROLE)
    assert found["HasInsightSelectors"]
    assert cloudtrail.get_insight_selectors(TrailName=found["TrailARN"])["InsightSelectors"] == selectors
    tags = cloudtrail.list_tags(ResourceIdList=[found["TrailARN"]])["ResourceTagList"][0]["TagsList"]
    assert tags == [{"Key": "a", "Value": "b"}]


def test_a_trail_names_its_topic_by_arn(client: Any) -> None:
    cloudtrail = client("cloudtrail")
    cloudtrail.create_trail(Name="told", S3BucketName="any", SnsTopicName="files")
    assert (
        cloudtrail.get_trail(Name="told")["Trail"]["SnsTopicARN"] == f"arn:aws:sns:us-east-1:{ACCOUNT}:files"
    )
    elsewhere = f"arn:aws:sns:us-west-2:{ACCOUNT}:files"
    cloudtrail.update_trail(Name="told", SnsTopicName=elsewhere)
    assert cloudtrail.get_trail(Name="told")["Trail"]["SnsTopicARN"] == elsewhere


def test_a_vault_is_locked_and_unlocked(client: Any) -> None:
    backup = client("backup")
    backup.create_backup_vault(BackupVaultName="locked")
    backup.put_backup_vault_lock_configuration(
        BackupVaultName="locked", MinRetentionDays=7, ChangeableForDays=3
    )
    found = backup.describe_backup_vault(BackupVaultName="locked")
    assert (found["Locked"], found["MinRetentionDays"]) == (True, 7)
    assert found["LockDate"] > found["CreationDate"]
    backup.delete_backup_vault_lock_configuration(BackupVaultName="locked")
    found = backup.describe_backup_vault(BackupVaultName="locked")
    assert not found["Locked"]
    assert "LockDate" not in found


def test_a_vault_has_a_policy_and_tells_a_topic(client: Any) -> None:
    backup = client("backup")
    backup.create_backup_vault(BackupVaultName="told")
    topic = f"arn:aws:sns:us-east-1:{ACCOUNT}:any"
    backup.put_backup_vault_access_policy(BackupVaultName="told", Policy="{}")
    backup.put_backup_vault_notifications(
        BackupVaultName="told", SNSTopicArn=topic, BackupVaultEvents=["BACKUP_JOB_FAILED"]
    )
    assert backup.get_backup_vault_access_policy(BackupVaultName="told")["Policy"] == "{}"
    found = backup.get_backup_vault_notifications(BackupVaultName="told")
    assert (found["SNSTopicArn"], found["BackupVaultEvents"]) == (topic, ["BACKUP_JOB_FAILED"])
    backup.delete_backup_vault_access_policy(BackupVaultName="told")
    backup.delete_backup_vault_notifications(BackupVaultName="told")
    with pytest.raises(ClientError, match="ResourceNotFound"):
        backup.get_backup_vault_access_policy(BackupVaultName="told")
    with pytest.raises(ClientError, match="ResourceNotFound"):
        backup.get_backup_vault_notifications(BackupVaultName="told")


def test_an_integration_keeps_its_vpc_link(client: Any) -> None:
    gateway = client("apigatewayv2")
    link = gateway.create_vpc_link(Name="inner", SubnetIds=["subnet-1"], Tags={"a": "b"})["VpcLinkId"]
    gateway.update_vpc_link(VpcLinkId=link, Name="renamed")
    arn = f"arn:aws:apigateway:us-east-1::/vpclinks/{link}"
    gateway.tag_resource(ResourceArn=arn, Tags={"c": "d"})
    gateway.untag_resource(ResourceArn=arn, TagKeys=["a"])
    found = gateway.get_vpc_link(VpcLinkId=link)
    assert (found["Name"], found["VpcLinkStatus"], found["Tags"]) == ("renamed", "AVAILABLE", {"c": "d"})
    api = gateway.create_api(Name="a", ProtocolType="HTTP")["ApiId"]
    made = gateway.create_integration(
        ApiId=api,
        IntegrationType="HTTP_PROXY",
        IntegrationMethod="ANY",
        IntegrationUri="arn:aws:elasticloadbalancing:us-east-1:111111111111:listener/app/a/b/c",
        ConnectionType="VPC_LINK",
        ConnectionId=link,
        PayloadFormatVersion="1.0",
    )["IntegrationId"]
    assert gateway.get_integration(ApiId=api, IntegrationId=made)["ConnectionId"] == link
    gateway.delete_vpc_link(VpcLinkId=link)
    with pytest.raises(ClientError, match="NotFound"):
        gateway.get_vpc_link(VpcLinkId=link)


def test_a_jwt_authorizer_has_no_payload_version(client: Any) -> None:
    gateway = client("apigatewayv2")
    api = gateway.create_api(Name="a", ProtocolType="HTTP")["ApiId"]
    made = gateway.create_authorizer(
        ApiId=api,
        Name="jwt",
        AuthorizerType="JWT",
        IdentitySource=["$request.header.Authorization"],
        JwtConfiguration={"Issuer": "https://issuer.example", "Audience": ["a"]},
    )["AuthorizerId"]
    assert "AuthorizerPayloadFormatVersion" not in gateway.get_authorizer(ApiId=api, AuthorizerId=made)


def test_a_headers_policy_has_no_empty_groups(client: Any) -> None:
    cloudfront = client("cloudfront")
    config = {"Name": "plain", "SecurityHeadersConfig": {"ContentTypeOptions": {"Override": True}}}
    made = cloudfront.create_response_headers_policy(ResponseHeadersPolicyConfig=config)
    found = cloudfront.get_response_headers_policy(Id=made["ResponseHeadersPolicy"]["Id"])
    told = found["ResponseHeadersPolicy"]["ResponseHeadersPolicyConfig"]
    assert not {"CustomHeadersConfig", "RemoveHeadersConfig"} & set(told)
    assert told["SecurityHeadersConfig"]["ContentTypeOptions"] == {"Override": True}
