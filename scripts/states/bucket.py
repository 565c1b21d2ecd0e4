"""Make the bucket that holds an environment's states, before any unit needs it.

Terragrunt can bootstrap it too, but from every unit at once (NoSuchBucket races) and without our key and policy.
Every step asks first and changes only what differs, so it is part of each apply.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

if TYPE_CHECKING:
    import boto3


@dataclass(frozen=True, slots=True)
class StateStore:
    """Where the states of one environment and region live; the names are those of live/context.hcl."""

    bucket: str
    key_alias: str
    region: str
    account_id: str
    lock_table: str | None
    tags: dict[str, str]


def names(
    project: str, environment: str, account_id: str, region: str, lock: str, tags: dict[str, str]
) -> StateStore:
    """The store of one environment and region, spelled as live/context.hcl spells it."""
    prefix = f"{project}-{environment}-tfstate"
    return StateStore(
        bucket=f"{prefix}-{account_id}-{region}",
        key_alias=f"alias/{prefix}",
        region=region,
        account_id=account_id,
        lock_table=f"{prefix}-lock" if lock == "dynamodb" else None,
        tags=tags,
    )


def bootstrap(session: boto3.Session, store: StateStore) -> tuple[str, ...]:
    """Bring the store to its required form and return what was done, one line each; empty when nothing was."""
    return (
        *_key(session.client("kms"), store),
        *_bucket(session.client("s3"), store),
        *_lock_table(session.client("dynamodb"), store),
    )


def exists(session: boto3.Session, store: StateStore) -> bool:
    """Whether the bucket is there and ours."""
    try:
        session.client("s3").head_bucket(Bucket=store.bucket, ExpectedBucketOwner=store.account_id)
    except ClientError as error:
        if error.response["Error"]["Code"] in {"404", "NoSuchBucket"}:
            return False
        raise
    return True


def _key(kms: Any, store: StateStore) -> Iterator[str]:
    try:
        kms.describe_key(KeyId=store.key_alias)
    except ClientError as error:
        if error.response["Error"]["Code"] != "NotFoundException":
            raise
        key = kms.create_key(
            Description=f"Encrypts the Terraform states in {store.bucket}",
            Tags=[{"TagKey": name, "TagValue": value} for name, value in store.tags.items()],
        )["KeyMetadata"]["KeyId"]
        kms.enable_key_rotation(KeyId=key)
        kms.create_alias(AliasName=store.key_alias, TargetKeyId=key)
        yield f"made the key {store.key_alias}"


def _bucket(s3: Any, store: StateStore) -> Iterator[str]:
    owned = {"Bucket": store.bucket, "ExpectedBucketOwner": store.account_id}
    try:
        s3.head_bucket(**owned)
    except ClientError as error:
        if error.response["Error"]["Code"] not in {"404", "NoSuchBucket"}:
            raise
        # us-east-1 is the one region that may not be named (S3 API, CreateBucketConfiguration).
        place = (
            {}
            if store.region == "us-east-1"
            else {"CreateBucketConfiguration": {"LocationConstraint": store.region}}
        )
        s3.create_bucket(Bucket=store.bucket, ObjectOwnership="BucketOwnerEnforced", **place)
        yield f"made the bucket {store.bucket}"

    tags = {tag["Key"]: tag["Value"] for tag in _answer(s3.get_bucket_tagging, owned, "TagSet") or []}
    if tags | store.tags != tags:
        # The call replaces all tags; those that somebody else gave stay.
        tag_set = [{"Key": name, "Value": value} for name, value in (tags | store.tags).items()]
        s3.put_bucket_tagging(**owned, Tagging={"TagSet": tag_set})
        yield "tagged it"

    if s3.get_bucket_versioning(**owned).get("Status") != "Enabled":
        s3.put_bucket_versioning(**owned, VersioningConfiguration={"Status": "Enabled"})
        yield "turned versioning on"

    encryption = {
        "Rules": [
            {
                "ApplyServerSideEncryptionByDefault": {
                    "SSEAlgorithm": "aws:kms",
                    "KMSMasterKeyID": f"arn:aws:kms:{store.region}:{store.account_id}:{store.key_alias}",
                },
                "BucketKeyEnabled": True,
            }
        ]
    }
    if not _encrypted(
        _answer(s3.get_bucket_encryption, owned, "ServerSideEncryptionConfiguration"), encryption
    ):
        s3.put_bucket_encryption(**owned, ServerSideEncryptionConfiguration=encryption)
        yield "encrypted it with the key"

    block = {
        "BlockPublicAcls": True,
        "IgnorePublicAcls": True,
        "BlockPublicPolicy": True,
        "RestrictPublicBuckets": True,
    }
    if _answer(s3.get_public_access_block, owned, "PublicAccessBlockConfiguration") != block:
        s3.put_public_access_block(**owned, PublicAccessBlockConfiguration=block)
        yield "blocked public access"

    policy = _tls_only(store.bucket)
    if json.loads(_answer(s3.get_bucket_policy, owned, "Policy") or "{}") != policy:
        s3.put_bucket_policy(**owned, Policy=json.dumps(policy))
        yield "refused requests without TLS"


def _encrypted(found: Any, wanted: dict[str, Any]) -> bool:
    """Whether the rules say what is wanted; S3 adds settings of its own, such as which encryption it refuses."""
    rules = found["Rules"] if found else []
    return bool([{name: rule.get(name) for name in wanted["Rules"][0]} for rule in rules] == wanted["Rules"])


def _answer(call: Any, owned: dict[str, str], field: str) -> Any:
    """One field of a bucket setting, None where the setting was never made."""
    try:
        return call(**owned)[field]
    except ClientError as error:
        if error.response["ResponseMetadata"]["HTTPStatusCode"] != 404:
            raise
        return None


def _tls_only(bucket: str) -> dict[str, Any]:
    return {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "TlsOnly",
                "Effect": "Deny",
                "Principal": "*",
                "Action": "s3:*",
                "Resource": [f"arn:aws:s3:::{bucket}", f"arn:aws:s3:::{bucket}/*"],
                "Condition": {"Bool": {"aws:SecureTransport": "false"}},
            }
        ],
    }


def _lock_table(dynamodb: Any, store: StateStore) -> Iterator[str]:
    if store.lock_table is None:
        return
    try:
        dynamodb.describe_table(TableName=store.lock_table)
    except ClientError as error:
        if error.response["Error"]["Code"] != "ResourceNotFoundException":
            raise
        dynamodb.create_table(
            TableName=store.lock_table,
            BillingMode="PAY_PER_REQUEST",
            AttributeDefinitions=[{"AttributeName": "LockID", "AttributeType": "S"}],
            KeySchema=[{"AttributeName": "LockID", "KeyType": "HASH"}],
            DeletionProtectionEnabled=True,
            Tags=[{"Key": name, "Value": value} for name, value in store.tags.items()],
        )
        dynamodb.get_waiter("table_exists").wait(TableName=store.lock_table)
        yield f"made the lock table {store.lock_table}"
