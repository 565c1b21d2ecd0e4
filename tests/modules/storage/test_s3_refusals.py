"""What the s3 module refuses, and how it says so."""

import pytest
import tftest

MODULE = "storage/s3"
ACCOUNT = "111111111111"
KEY = f"arn:aws:kms:us-east-1:{ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab"
COPY = "arn:aws:s3:::acme-copy"
PLAIN = {"name": "acme-plain", "access_log": None}


def statement(**changes):
    return {"policy_statements": {"Do": {"actions": ["s3:GetObject"], "principal_arns": ["arn:x"]} | changes}}


def aging(**changes):
    return {"lifecycle_rules": {"old": changes}}


EVENTS = {"arn": "arn:aws:sqs:us-east-1:1:q"}

REFUSED = [
    pytest.param(
        {"access_log": {"bucket_name": "acme-plain"}}, "in itself.*acme-plain", id="log into itself"
    ),
    pytest.param({"name": "Acme_Logs"}, r'3 to 63 small letters.*"Acme_Logs" \(9', id="bad name"),
    pytest.param({"name": "xn--a"}, r'affixes that S3 keeps.*"xn--a"', id="reserved prefix"),
    pytest.param({"name": "acme-s3alias"}, "affixes that S3 keeps.*acme-s3alias", id="reserved suffix"),
    pytest.param({"abort_incomplete_upload_days": 0}, "at least 1; got 0", id="abort at once"),
    pytest.param({"account_id": "1"}, '12 digits; got "1"', id="short account id"),
    pytest.param(
        {"cors_rules": {"a": {"allowed_origins": ["https://a"], "allowed_methods": ["PATCH"]}}},
        "GET, HEAD, PUT, POST or DELETE.*PATCH",
        id="method S3 does not know",
    ),
    pytest.param(
        {"cors_rules": {"a": {"allowed_origins": ["*"], "allowed_methods": ["GET"]}}},
        r'allow_any_origin; got \* in \["a"\]',
        id="every origin",
    ),
    pytest.param(
        {"kms_key_arn": KEY.replace("key/", "alias/")},
        "ARN of a key, not of an alias.*alias/",
        id="alias for a key",
    ),
    pytest.param(
        {"lifecycle_rules": {"leftovers": {"expiration_days": 1}}}, "module's own.*leftovers", id="own rule"
    ),
    pytest.param(aging(prefix="a/"), r'expires or moves something.*\["old"\]', id="rule without effect"),
    pytest.param(aging(transition_days={"ICE": 30}), r"DEEP_ARCHIVE.*ICE", id="unknown storage class"),
    pytest.param(aging(transition_days={"STANDARD_IA": 7}), r"stay 30 days.*:7", id="infrequent too soon"),
    pytest.param(
        aging(transition_days={"GLACIER": 90}, expiration_days=60),
        "move before they expire.*90",
        id="moved when gone",
    ),
    pytest.param(
        {"log_writers": ["alb"], "account_id": ACCOUNT}, r'log_writers are.*\["alb"\]', id="unknown writer"
    ),
    pytest.param({"log_writers": ["config"]}, r"need account_id.*config", id="writer for anybody"),
    pytest.param(
        {"log_writers": ["load-balancers"], "account_id": ACCOUNT, "kms_key_arn": KEY},
        "cannot be written to a bucket encrypted with a KMS key.*load-balancers",
        id="load balancer logs under KMS",
    ),
    pytest.param(
        {"log_writers": ["s3-access-logs"], "account_id": ACCOUNT, "object_lock": {"retention_days": 1}},
        "default retention; leave object_lock out.*s3-access-logs",
        id="access logs under a lock",
    ),
    pytest.param({"noncurrent_expiration_days": 0.5}, "whole number of at least 1; got 0.5", id="half a day"),
    pytest.param(
        {"notifications": {"functions": {"a": EVENTS | {"events": []}}}}, "names its events", id="no events"
    ),
    pytest.param(
        {"notifications": {"queues": {"a": EVENTS | {"events": ["created"]}}}},
        "names its events.*created",
        id="event",
    ),
    pytest.param({"object_lock": {"retention_days": 0}}, "1 to 36500; got 0", id="no retention"),
    pytest.param(
        {"policy_statements": {"a b": {"actions": ["s3:GetObject"], "principal_arns": ["arn:x"]}}},
        "letters and digits only.*a b",
        id="bad Sid",
    ),
    pytest.param(statement(effect="Permit"), 'Allow or Deny.*"Permit"', id="unknown effect"),
    pytest.param(statement(principal_arns=[]), r'got nobody in \["Do"\]', id="nobody"),
    pytest.param(statement(principal_arns=["*"]), r'allowed to everybody.*\["Do"\]', id="everybody"),
    pytest.param(statement(actions=["s3:*"]), r's3:\* allows the policy itself.*\["Do"\]', id="every action"),
    pytest.param(
        {"replication_rules": {"a": {"destination_bucket_arn": COPY}}, "suspend_versioning": True},
        r'suspend_versioning must stay false; got it true with \["a"\]',
        id="copies without versions",
    ),
    pytest.param(
        {"replication_rules": {key: {"destination_bucket_arn": COPY} for key in "ab"}},
        r'own priority; got \{"a":0,"b":0\}',
        id="equal priorities",
    ),
    pytest.param(
        {"replication_rules": {"a": {"destination_bucket_arn": COPY}}, "kms_key_arn": KEY},
        r'destination_kms_key_arn names a key.*\["a"\]',
        id="copies without a key",
    ),
    pytest.param(
        {"suspend_versioning": True, "object_lock": {"retention_days": 1}},
        "locked bucket keeps versions.*got true",
        id="lock without versions",
    ),
]


@pytest.mark.parametrize(("change", "message"), REFUSED)
def test_is_refused_with_rule_and_value(plan_module, change, message):
    with pytest.raises(tftest.TerraformTestError, match=f"(?s){message}"):
        plan_module(MODULE, **(PLAIN | change))
