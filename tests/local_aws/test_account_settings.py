"""Settings of a whole account, which neither emulator has alone."""

import urllib.request
from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from scripts.local_aws.lifecycle import Running

KEY = "arn:aws:kms:us-east-1:000000000000:key/11111111-2222-3333-4444-555555555555"


def test_volumes_get_a_key_that_stands_in_the_other_emulator(client: Any) -> None:
    ec2 = client("ec2")
    ec2.modify_ebs_default_kms_key_id(KmsKeyId=KEY)
    assert ec2.get_ebs_default_kms_key_id()["KmsKeyId"] == KEY
    assert "alias/aws/ebs" in ec2.reset_ebs_default_kms_key_id()["KmsKeyId"]


def test_metadata_defaults_are_kept_and_taken_back(client: Any) -> None:
    ec2 = client("ec2")
    ec2.modify_instance_metadata_defaults(HttpTokens="required", HttpPutResponseHopLimit=2)
    level = ec2.get_instance_metadata_defaults()["AccountLevel"]
    assert (level["HttpTokens"], level["HttpPutResponseHopLimit"]) == ("required", 2)
    ec2.modify_instance_metadata_defaults(HttpTokens="no-preference")
    assert "HttpTokens" not in ec2.get_instance_metadata_defaults()["AccountLevel"]


def test_xray_keeps_its_key(client: Any) -> None:
    xray = client("xray")
    assert xray.get_encryption_config()["EncryptionConfig"]["Type"] == "NONE"
    xray.put_encryption_config(Type="KMS", KeyId=KEY)
    assert xray.get_encryption_config()["EncryptionConfig"] == {
        "KeyId": KEY,
        "Type": "KMS",
        "Status": "ACTIVE",
    }


def test_the_account_s_public_access_block_is_reached_through_the_proxy_form(server: Running) -> None:
    """The host name that S3 Control makes resolves nowhere, so Terraform comes through the proxy."""
    s3control = boto3.client(
        "s3control",
        endpoint_url="http://nowhere.invalid",
        aws_access_key_id="111111111111",
        aws_secret_access_key="x",
        region_name="us-east-1",
        config=Config(proxies={"http": server.url}, retries={"total_max_attempts": 1}),
    )
    block = dict.fromkeys(
        ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"), True
    )
    s3control.put_public_access_block(AccountId="111111111111", PublicAccessBlockConfiguration=block)
    answer = s3control.get_public_access_block(AccountId="111111111111")
    assert answer["PublicAccessBlockConfiguration"] == block
    s3control.delete_public_access_block(AccountId="111111111111")
    with pytest.raises(ClientError, match="NoSuchPublicAccessBlockConfiguration"):
        s3control.get_public_access_block(AccountId="111111111111")


def test_the_proxy_form_reaches_every_path(server: Running) -> None:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({"http": server.url}))
    assert opener.open("http://nowhere.invalid/_stagecraft/health").status == 200
