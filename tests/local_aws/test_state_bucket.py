"""The store of the states: made once, whole, and mended when somebody weakened it."""

import json
from typing import Any

import boto3
import pytest

from scripts.local_aws import lifecycle
from scripts.states.bucket import StateStore, bootstrap, exists, names

ACCOUNT = "123123123123"


@pytest.fixture
def session(server: lifecycle.Running, monkeypatch: pytest.MonkeyPatch) -> boto3.Session:
    for name, value in lifecycle.client_environment(server.url, ACCOUNT, "us-east-1").items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("AWS_CA_BUNDLE", raising=False)
    return boto3.Session(region_name="us-east-1")


def store_of(environment: str, lock: str = "s3") -> StateStore:
    return names("acme", environment, ACCOUNT, "us-east-1", lock, {"Project": "acme"})


def setting(session: boto3.Session, store: StateStore, name: str, field: str) -> Any:
    return getattr(session.client("s3"), name)(Bucket=store.bucket)[field]


def test_it_is_versioned_encrypted_with_its_own_key_closed_and_tls_only(session: boto3.Session) -> None:
    store = store_of("made")
    assert not exists(session, store)
    bootstrap(session, store)
    assert exists(session, store)
    assert setting(session, store, "get_bucket_versioning", "Status") == "Enabled"
    rules = setting(session, store, "get_bucket_encryption", "ServerSideEncryptionConfiguration")["Rules"]
    key = rules[0]["ApplyServerSideEncryptionByDefault"]
    assert key == {
        "SSEAlgorithm": "aws:kms",
        "KMSMasterKeyID": f"arn:aws:kms:us-east-1:{ACCOUNT}:alias/acme-made-tfstate",
    }
    assert set(
        setting(session, store, "get_public_access_block", "PublicAccessBlockConfiguration").values()
    ) == {True}
    policy = json.loads(setting(session, store, "get_bucket_policy", "Policy"))
    assert policy["Statement"][0]["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
    assert policy["Statement"][0]["Effect"] == "Deny"


def test_it_carries_the_tags_and_keeps_those_of_others(session: boto3.Session) -> None:
    store = store_of("tagged")
    bootstrap(session, store)
    assert setting(session, store, "get_bucket_tagging", "TagSet") == [{"Key": "Project", "Value": "acme"}]
    session.client("s3").put_bucket_tagging(
        Bucket=store.bucket, Tagging={"TagSet": [{"Key": "Backup", "Value": "weekly"}]}
    )
    assert bootstrap(session, store) == ("tagged it",)
    assert setting(session, store, "get_bucket_tagging", "TagSet") == [
        {"Key": "Backup", "Value": "weekly"},
        {"Key": "Project", "Value": "acme"},
    ]


def test_the_key_turns_by_itself(session: boto3.Session) -> None:
    store = store_of("turning")
    bootstrap(session, store)
    kms = session.client("kms")
    key = kms.describe_key(KeyId=store.key_alias)["KeyMetadata"]["KeyId"]
    assert kms.get_key_rotation_status(KeyId=key)["KeyRotationEnabled"]


def test_a_second_time_does_nothing(session: boto3.Session) -> None:
    store = store_of("twice")
    assert bootstrap(session, store)
    assert bootstrap(session, store) == ()


def test_settings_that_s3_adds_by_itself_are_no_difference(
    session: boto3.Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = store_of("extended")
    bootstrap(session, store)
    s3 = session.client("s3")
    answer = s3.get_bucket_encryption(Bucket=store.bucket)
    rule = answer["ServerSideEncryptionConfiguration"]["Rules"][0]
    rule["BlockedEncryptionTypes"] = {"EncryptionType": ["SSE-C"]}
    monkeypatch.setattr(s3, "get_bucket_encryption", lambda **_: answer)
    clients = {"s3": s3, "kms": session.client("kms"), "dynamodb": session.client("dynamodb")}
    monkeypatch.setattr(session, "client", clients.__getitem__)
    assert bootstrap(session, store) == ()


@pytest.mark.parametrize(
    ("weaken", "said"),
    [
        pytest.param("delete_public_access_block", "blocked public access", id="public access"),
        pytest.param("delete_bucket_policy", "refused requests without TLS", id="TLS"),
        pytest.param("delete_bucket_encryption", "encrypted it with the key", id="encryption"),
    ],
)
def test_what_somebody_took_away_is_put_back(session: boto3.Session, weaken: str, said: str) -> None:
    store = store_of("weakened")
    bootstrap(session, store)
    getattr(session.client("s3"), weaken)(Bucket=store.bucket)
    assert bootstrap(session, store) == (said,)


def test_the_lock_table_is_made_only_when_it_is_asked_for(session: boto3.Session) -> None:
    bootstrap(session, store_of("unlocked"))
    bootstrap(session, store_of("locked", "dynamodb"))
    tables = session.client("dynamodb").list_tables()["TableNames"]
    assert tables == ["acme-locked-tfstate-lock"]
