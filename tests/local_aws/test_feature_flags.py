"""AppConfig keeps the key that flags are under and why a version was written, as Terraform reads both back."""

from __future__ import annotations

import json

import pytest

from tests.local_aws.conftest import ACCOUNT

KEY = f"arn:aws:kms:us-east-1:{ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab"
OTHER = KEY.replace("1234abcd", "abcd1234")
FLAGS = {"version": "1", "flags": {"new": {"name": "new"}}, "values": {"new": {"enabled": True}}}


@pytest.fixture(scope="module")
def profile(client):
    """An application and a profile of it under a key."""
    api = client("appconfig")
    application = api.create_application(Name="flags")["Id"]
    made = api.create_configuration_profile(
        ApplicationId=application,
        Name="flags",
        LocationUri="hosted",
        Type="AWS.AppConfig.FeatureFlags",
        KmsKeyIdentifier=KEY,
    )
    assert made["KmsKeyIdentifier"] == KEY
    return {"ApplicationId": application, "ConfigurationProfileId": made["Id"]}


@pytest.fixture(scope="module")
def version(client, profile):
    made = client("appconfig").create_hosted_configuration_version(
        **profile, Content=json.dumps(FLAGS), ContentType="application/json", Description="why"
    )
    assert made["Description"] == "why"
    return made["VersionNumber"]


def test_a_version_says_why_it_was_written(client, profile, version):
    found = client("appconfig").get_hosted_configuration_version(**profile, VersionNumber=version)
    assert (found["Description"], json.loads(found["Content"].read())) == ("why", FLAGS)


def test_a_deployment_keeps_its_key_and_its_tags(client, profile, version):
    api = client("appconfig")
    environment = api.create_environment(ApplicationId=profile["ApplicationId"], Name="live")["Id"]
    strategy = api.create_deployment_strategy(
        Name="at once", DeploymentDurationInMinutes=0, GrowthFactor=100, ReplicateTo="NONE"
    )["Id"]
    number = api.start_deployment(
        **profile,
        EnvironmentId=environment,
        DeploymentStrategyId=strategy,
        ConfigurationVersion=str(version),
        KmsKeyIdentifier=KEY,
        Tags={"System": "shop"},
    )["DeploymentNumber"]
    found = api.get_deployment(
        ApplicationId=profile["ApplicationId"], EnvironmentId=environment, DeploymentNumber=number
    )
    assert found["KmsKeyIdentifier"] == KEY
    resource = f"application/{profile['ApplicationId']}/environment/{environment}/deployment/{number}"
    tags = api.list_tags_for_resource(ResourceArn=f"arn:aws:appconfig:us-east-1:{ACCOUNT}:{resource}")
    assert tags["Tags"] == {"System": "shop"}


def test_a_profile_changes_its_key(client, profile):
    api = client("appconfig")
    assert api.get_configuration_profile(**profile)["KmsKeyIdentifier"] == KEY
    api.update_configuration_profile(**profile, KmsKeyIdentifier=OTHER)
    assert api.get_configuration_profile(**profile)["KmsKeyIdentifier"] == OTHER
