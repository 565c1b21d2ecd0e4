"""Secrets: rotation ends, and copies in other Regions come and go."""

from typing import Any

import pytest
from botocore.exceptions import ClientError

from scripts.local_aws.lifecycle import Running
from tests.local_aws.conftest import client_of

ROTATION = {
    "RotationLambdaARN": "arn:aws:lambda:us-east-1:111111111111:function:rotate",
    "RotationRules": {"AutomaticallyAfterDays": 30},
}


def test_a_secret_no_longer_rotates_once_that_is_cancelled(client: Any) -> None:
    secrets = client("secretsmanager")
    secrets.create_secret(Name="rotated", SecretString="not-a-secret")
    secrets.rotate_secret(SecretId="rotated", **ROTATION)
    assert secrets.describe_secret(SecretId="rotated")["RotationEnabled"]
    secrets.cancel_rotate_secret(SecretId="rotated")
    found = secrets.describe_secret(SecretId="rotated")
    assert not found.get("RotationEnabled")
    assert not {"RotationLambdaARN", "RotationRules"} & set(found)


def test_a_copy_in_another_region_comes_and_goes(client: Any, server: Running) -> None:
    secrets, west = client("secretsmanager"), client_of(server.url, "secretsmanager", region="us-west-2")
    secrets.create_secret(
        Name="copied", SecretString="not-a-secret", AddReplicaRegions=[{"Region": "us-west-2"}]
    )
    status = secrets.describe_secret(SecretId="copied")["ReplicationStatus"]
    assert [each["Region"] for each in status] == ["us-west-2"]
    assert west.get_secret_value(SecretId="copied")["SecretString"] == "not-a-secret"
    secrets.remove_regions_from_replication(SecretId="copied", RemoveReplicaRegions=["us-west-2"])
    assert not secrets.describe_secret(SecretId="copied").get("ReplicationStatus")
    with pytest.raises(ClientError, match="ResourceNotFound"):
        west.describe_secret(SecretId="copied")
