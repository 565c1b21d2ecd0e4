"""How the s3 module copies objects to another bucket, by a role that may do just that; and what its entries default to."""

import json

import pytest

MODULE = "storage/s3"
ACCOUNT = "111111111111"
KEY = f"arn:aws:kms:us-east-1:{ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab"
OTHER_KEY = "arn:aws:kms:us-west-2:222222222222:key/1234abcd-12ab-34cd-56ef-1234567890ab"
COPY = "arn:aws:s3:::acme-copy"
AUDIT = f"arn:aws:sqs:us-east-1:{ACCOUNT}:audit"


@pytest.fixture(scope="module")
def full(plan_module):
    return plan_module(
        MODULE,
        name="acme-full",
        access_log=None,
        kms_key_arn=KEY,
        replication_rules={
            "all": {
                "destination_bucket_arn": COPY,
                "destination_account_id": "222222222222",
                "destination_kms_key_arn": OTHER_KEY,
                "priority": 1,
                "replicate_delete_markers": True,
                "storage_class": "GLACIER_IR",
                "prefix": "reports/",
            }
        },
        tags={"System": "orders"},
    )


@pytest.fixture(scope="module")
def sparse(plan_module):
    """One entry of everything that has entries, which says only what it must."""
    return plan_module(
        MODULE,
        name="a" * 63,
        access_log=None,
        lifecycle_rules={"old": {"expiration_days": 5}},
        notifications={"queues": {"audit": {"arn": AUDIT, "events": ["s3:ObjectRemoved:*"]}}},
        replication_rules={"all": {"destination_bucket_arn": COPY}},
    )


def one(plan, kind):
    (found,) = [
        value["values"] for key, value in plan.resources.items() if key.startswith(f"aws_s3_bucket{kind}.")
    ]
    return found


def listed(action):
    """The actions of a statement, which writes a single one without a list, in order."""
    return [action] if isinstance(action, str) else sorted(action)


def test_copies_go_to_the_other_account_under_its_key(full):
    (found,) = one(full, "_replication_configuration")["rule"]
    (destination,) = found["destination"]
    assert (found["id"], found["priority"], found["filter"][0]["prefix"]) == ("all", 1, "reports/")
    assert found["delete_marker_replication"] == [{"status": "Enabled"}]
    assert found["source_selection_criteria"][0]["sse_kms_encrypted_objects"] == [{"status": "Enabled"}]
    assert (destination["bucket"], destination["account"], destination["storage_class"]) == (
        COPY,
        "222222222222",
        "GLACIER_IR",
    )
    assert destination["encryption_configuration"] == [{"replica_kms_key_id": OTHER_KEY}]
    assert destination["access_control_translation"] == [{"owner": "Destination"}]


def test_the_copying_role_reads_here_and_writes_there(full):
    role = full.resources["aws_iam_role.replication[0]"]["values"]
    assert role["name"] == "acme-full-replication"
    (trust,) = json.loads(role["assume_role_policy"])["Statement"]
    assert (trust["Effect"], trust["Action"], trust["Principal"]) == (
        "Allow",
        "sts:AssumeRole",
        {"Service": "s3.amazonaws.com"},
    )
    assert trust["Condition"] == {"ArnEquals": {"aws:SourceArn": "arn:aws:s3:::acme-full"}}
    policy = json.loads(full.resources["aws_iam_role_policy.replication[0]"]["values"]["policy"])
    assert {found["Effect"] for found in policy["Statement"]} == {"Allow"}
    allowed = {found["Sid"]: (found["Resource"], listed(found["Action"])) for found in policy["Statement"]}
    assert allowed == {
        "ReadConfiguration": ("arn:aws:s3:::acme-full", ["s3:GetReplicationConfiguration", "s3:ListBucket"]),
        "ReadVersions": (
            "arn:aws:s3:::acme-full/*",
            ["s3:GetObjectVersionAcl", "s3:GetObjectVersionForReplication", "s3:GetObjectVersionTagging"],
        ),
        "WriteCopies": (
            f"{COPY}/*",
            [
                "s3:ObjectOwnerOverrideToBucketOwner",
                "s3:ReplicateDelete",
                "s3:ReplicateObject",
                "s3:ReplicateTags",
            ],
        ),
        "ReadEncrypted": (KEY, ["kms:Decrypt"]),
        "WriteEncrypted": (OTHER_KEY, ["kms:Encrypt", "kms:GenerateDataKey"]),
    }


def test_the_copying_role_uses_keys_by_way_of_s3_only(full):
    policy = json.loads(full.resources["aws_iam_role_policy.replication[0]"]["values"]["policy"])
    conditions = {found["Sid"]: found.get("Condition") for found in policy["Statement"]}
    assert conditions["ReadEncrypted"] == {"StringEquals": {"kms:ViaService": "s3.us-east-1.amazonaws.com"}}
    assert conditions["WriteEncrypted"] == {"StringLike": {"kms:ViaService": "s3.*.amazonaws.com"}}


def test_a_rule_that_says_only_what_it_must_covers_every_object(sparse):
    _, old = one(sparse, "_lifecycle_configuration")["rule"]
    (copying,) = one(sparse, "_replication_configuration")["rule"]
    (destination,) = copying["destination"]
    assert (old["status"], old["filter"][0]["prefix"]) == ("Enabled", "")
    assert (copying["status"], copying["priority"], copying["filter"][0]["prefix"]) == ("Enabled", 0, "")
    assert copying["delete_marker_replication"] == [{"status": "Disabled"}]
    assert destination["storage_class"] == "STANDARD_IA"
    assert one(sparse, "_notification")["eventbridge"] is False


def test_a_role_name_that_would_be_too_long_is_cut_and_kept_apart(sparse):
    found = sparse.resources["aws_iam_role.replication[0]"]["values"]["name"]
    assert len(found) == 64
    assert found.startswith("a" * 43 + "-") and found.endswith("-replication")
