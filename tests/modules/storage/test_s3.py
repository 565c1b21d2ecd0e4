"""The s3 module: closed by default, and each way to open, keep, copy or watch it."""

import json

import pytest

MODULE = "storage/s3"
ACCOUNT = "111111111111"
KEY = f"arn:aws:kms:us-east-1:{ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab"
OTHER_KEY = "arn:aws:kms:us-west-2:222222222222:key/1234abcd-12ab-34cd-56ef-1234567890ab"
COPY = "arn:aws:s3:::acme-copy"
PLAIN = {"name": "acme-plain", "access_log": None}


def target(service, name, event, **filters):
    return {
        "arn": f"arn:aws:{service}:us-east-1:{ACCOUNT}:{name}",
        "events": [f"s3:Object{event}:*"],
        **filters,
    }


GUEST = f"arn:aws:iam::{ACCOUNT}:role/guest"


@pytest.fixture(scope="module")
def plain(plan_module):
    return plan_module(MODULE, **PLAIN)


@pytest.fixture(scope="module")
def full(plan_module):
    return plan_module(
        MODULE,
        name="acme-full",
        access_log={"bucket_name": "acme-logs"},
        abort_incomplete_upload_days=3,
        allow_destroy_with_objects=True,
        cors_rules={"pages": {"allowed_origins": ["https://acme.example"], "allowed_methods": ["GET"]}},
        kms_key_arn=KEY,
        lifecycle_rules={
            "old": {
                "prefix": "reports/",
                "transition_days": {"STANDARD_IA": 30, "GLACIER": 90},
                "expiration_days": 365,
                "noncurrent_expiration_days": 10,
            }
        },
        noncurrent_expiration_days=30,
        notifications={
            "eventbridge": True,
            "functions": {
                "resize": target("lambda", "function:resize", "Created", prefix="in/", suffix=".jpg")
            },
            "queues": {"audit": target("sqs", "audit", "Removed", prefix="q/", suffix=".csv")},
            "topics": {"news": target("sns", "news", "Restore", prefix="t/", suffix=".t")},
        },
        object_lock={"retention_days": 30},
        policy_statements={
            "ServePages": {
                "actions": ["s3:GetObject"],
                "services": ["cloudfront.amazonaws.com"],
                "conditions": {"StringEquals": {"aws:SourceAccount": [ACCOUNT]}},
            },
            "ListForDeploy": {
                "actions": ["s3:ListBucket"],
                "paths": [""],
                "principal_arns": [f"arn:aws:iam::{ACCOUNT}:role/deploy"],
            },
            "KeepOut": {"effect": "Deny", "actions": ["s3:PutObject"], "principal_arns": [GUEST]},
        },
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
def archive(plan_module):
    return plan_module(
        MODULE,
        name="acme-logs",
        access_log=None,
        account_id=ACCOUNT,
        log_writers=["s3-access-logs", "load-balancers", "log-delivery", "cloudtrail", "config"],
    )


def one(plan, kind):
    (found,) = [
        value["values"] for key, value in plan.resources.items() if key.startswith(f"aws_s3_bucket{kind}.")
    ]
    return found


def kinds(plan):
    return {key.partition(".")[0].removeprefix("aws_s3_bucket") for key in plan.resources}


def statements(plan):
    return {found["Sid"]: found for found in json.loads(one(plan, "_policy")["policy"])["Statement"]}


def test_nobody_outside_reads_it(plain):
    found = one(plain, "_public_access_block")
    switches = ("block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets")
    assert all(found[switch] for switch in switches)


def test_no_acl_counts(plain):
    assert one(plain, "_ownership_controls")["rule"] == [{"object_ownership": "BucketOwnerEnforced"}]
    assert "_acl" not in kinds(plain)


def test_no_website_is_served_from_it(full):
    assert not {"_website_configuration", "_acl"} & kinds(full)


def test_replaced_objects_can_be_brought_back(plain):
    assert one(plain, "_versioning")["versioning_configuration"][0]["status"] == "Enabled"


def test_versions_can_be_given_up_by_name(plan_module):
    plan = plan_module(MODULE, **PLAIN, suspend_versioning=True)
    assert one(plan, "_versioning")["versioning_configuration"][0]["status"] == "Suspended"


def encryption(plan):
    (rule,) = one(plan, "_server_side_encryption_configuration")["rule"]
    (default,) = rule["apply_server_side_encryption_by_default"]
    return default["sse_algorithm"], default["kms_master_key_id"], rule["bucket_key_enabled"]


def test_objects_are_encrypted_by_s3_or_by_the_callers_key(plain, full):
    assert encryption(plain)[0::2] == ("AES256", False)
    assert encryption(full) == ("aws:kms", KEY, True)


@pytest.mark.parametrize(
    ("sid", "condition"),
    [
        pytest.param("DenyWithoutTls", {"Bool": {"aws:SecureTransport": "false"}}, id="plain http"),
        pytest.param("DenyOldTls", {"NumericLessThan": {"s3:TlsVersion": "1.2"}}, id="old TLS"),
    ],
)
def test_every_action_is_denied_without_current_tls(plain, sid, condition):
    found = statements(plain)[sid]
    assert (found["Effect"], found["Action"], found["Principal"]) == ("Deny", "s3:*", "*")
    assert found["Resource"] == ["arn:aws:s3:::acme-plain/*", "arn:aws:s3:::acme-plain"]
    assert found["Condition"] == condition


HEADER = "s3:x-amz-server-side-encryption"


@pytest.mark.parametrize(
    ("bucket", "algorithm"),
    [pytest.param("plain", "AES256", id="S3's own key"), pytest.param("full", "aws:kms", id="KMS")],
)
def test_an_upload_that_asks_for_another_encryption_is_denied(request, bucket, algorithm):
    found = statements(request.getfixturevalue(bucket))["DenyOtherEncryption"]
    assert (found["Effect"], found["Action"]) == ("Deny", "s3:PutObject")
    assert found["Condition"] == {"Null": {HEADER: "false"}, "StringNotEquals": {HEADER: algorithm}}


def test_an_upload_under_another_key_is_denied(plain, full):
    found = statements(full)["DenyOtherKey"]
    header = f"{HEADER}-aws-kms-key-id"
    assert (found["Effect"], found["Action"]) == ("Deny", "s3:PutObject")
    assert found["Condition"] == {"Null": {header: "false"}, "StringNotEquals": {header: KEY}}
    assert "DenyOtherKey" not in statements(plain)


def test_an_upload_under_the_clients_own_key_is_denied(plain):
    found = statements(plain)["DenyClientKey"]
    assert (found["Effect"], found["Action"]) == ("Deny", "s3:PutObject")
    assert found["Condition"] == {"Null": {f"{HEADER}-customer-algorithm": "false"}}


def test_the_callers_statements_stand_beside_the_denials(full):
    pages, listing = statements(full)["ServePages"], statements(full)["ListForDeploy"]
    assert pages["Principal"] == {"Service": "cloudfront.amazonaws.com"}
    assert pages["Resource"] == "arn:aws:s3:::acme-full/*"
    assert pages["Condition"] == {"StringEquals": {"aws:SourceAccount": ACCOUNT}}
    assert listing["Principal"] == {"AWS": f"arn:aws:iam::{ACCOUNT}:role/deploy"}
    assert listing["Resource"] == "arn:aws:s3:::acme-full"
    assert (listing["Effect"], statements(full)["KeepOut"]["Effect"]) == ("Allow", "Deny")


@pytest.mark.parametrize(
    ("sid", "service"),
    [
        pytest.param("S3AccessLogsWrite", "logging.s3.amazonaws.com", id="S3 access logs"),
        pytest.param("LogDeliveryWrite", "delivery.logs.amazonaws.com", id="vended logs"),
        pytest.param("LogDeliveryCheck", "delivery.logs.amazonaws.com", id="vended logs, check"),
        pytest.param("CloudTrailWrite", "cloudtrail.amazonaws.com", id="CloudTrail"),
        pytest.param("CloudTrailCheck", "cloudtrail.amazonaws.com", id="CloudTrail, check"),
        pytest.param("ConfigWrite", "config.amazonaws.com", id="Config"),
        pytest.param("ConfigCheck", "config.amazonaws.com", id="Config, check"),
    ],
)
def test_a_log_writer_writes_for_this_account_only(archive, sid, service):
    found = statements(archive)[sid]
    assert found["Principal"] == {"Service": service}
    assert found["Condition"]["StringEquals"]["aws:SourceAccount"] == ACCOUNT


def test_load_balancers_write_into_this_accounts_folders(archive):
    found = statements(archive)["LoadBalancersWrite"]
    assert found["Principal"]["Service"] == "logdelivery.elasticloadbalancing.amazonaws.com"
    assert found["Principal"]["AWS"] == "arn:aws:iam::127311923021:root"  # AWS's own account for us-east-1
    assert found["Resource"] == [
        f"arn:aws:s3:::acme-logs/AWSLogs/{ACCOUNT}/*",
        f"arn:aws:s3:::acme-logs/*/AWSLogs/{ACCOUNT}/*",
    ]


def test_nobody_writes_logs_unless_named(plain):
    assert set(statements(plain)) == {"DenyWithoutTls", "DenyOldTls", "DenyOtherEncryption", "DenyClientKey"}


def rule(plan, name):
    (found,) = [found for found in one(plan, "_lifecycle_configuration")["rule"] if found["id"] == name]
    return found


def test_leftovers_are_cleared_away(plain, full):
    found = rule(plain, "leftovers")
    assert found["status"] == "Enabled"
    assert found["abort_incomplete_multipart_upload"] == [{"days_after_initiation": 7}]
    assert found["noncurrent_version_expiration"][0]["noncurrent_days"] == 90
    assert found["expiration"][0]["expired_object_delete_marker"] is True
    assert rule(full, "leftovers")["abort_incomplete_multipart_upload"] == [{"days_after_initiation": 3}]
    assert rule(full, "leftovers")["noncurrent_version_expiration"][0]["noncurrent_days"] == 30


def test_objects_age_as_the_caller_says(full):
    found = rule(full, "old")
    assert found["filter"][0]["prefix"] == "reports/"
    assert {move["storage_class"]: move["days"] for move in found["transition"]} == {
        "STANDARD_IA": 30,
        "GLACIER": 90,
    }
    assert found["expiration"][0]["days"] == 365
    assert found["noncurrent_version_expiration"][0]["noncurrent_days"] == 10


def test_requests_are_recorded_in_the_log_bucket_under_the_buckets_own_prefix(plain, full):
    found = one(full, "_logging")
    assert (found["target_bucket"], found["target_prefix"]) == ("acme-logs", "s3/acme-full/")
    assert found["target_object_key_format"][0]["partitioned_prefix"] == [
        {"partition_date_source": "EventTime"}
    ]
    assert "_logging" not in kinds(plain)


def test_the_log_prefix_can_be_chosen(plan_module):
    plan = plan_module(MODULE, name="acme-plain", access_log={"bucket_name": "acme-logs", "prefix": "mine/"})
    assert one(plan, "_logging")["target_prefix"] == "mine/"


def test_what_lies_in_it_outlives_a_destroy_unless_allowed(plain, full):
    assert one(plain, "")["force_destroy"] is False
    assert one(full, "")["force_destroy"] is True


def test_a_lock_is_of_the_kind_that_can_be_undone(plain, full):
    assert one(plain, "")["object_lock_enabled"] is False
    assert one(full, "")["object_lock_enabled"] is True
    assert one(full, "_object_lock_configuration")["rule"] == [
        {"default_retention": [{"mode": "GOVERNANCE", "days": 30, "years": None}]}
    ]


def test_compliance_mode_has_to_be_asked_for_by_its_whole_name(plan_module):
    lock = {"retention_days": 1, "compliance_mode_that_nobody_can_undo": True}
    plan = plan_module(MODULE, **PLAIN, object_lock=lock)
    assert one(plan, "_object_lock_configuration")["rule"][0]["default_retention"][0]["mode"] == "COMPLIANCE"


def test_events_reach_eventbridge_functions_queues_and_topics(full):
    found = one(full, "_notification")
    assert found["eventbridge"] is True
    (function,), (queue,), (topic,) = found["lambda_function"], found["queue"], found["topic"]
    assert (function["id"], function["events"]) == ("resize", ["s3:ObjectCreated:*"])
    assert (function["filter_prefix"], function["filter_suffix"]) == ("in/", ".jpg")
    assert (queue["id"], queue["queue_arn"]) == ("audit", f"arn:aws:sqs:us-east-1:{ACCOUNT}:audit")
    assert (queue["filter_prefix"], queue["filter_suffix"]) == ("q/", ".csv")
    assert (topic["id"], topic["topic_arn"]) == ("news", f"arn:aws:sns:us-east-1:{ACCOUNT}:news")
    assert (topic["filter_prefix"], topic["filter_suffix"]) == ("t/", ".t")


def test_pages_of_named_origins_may_read(full):
    (found,) = one(full, "_cors_configuration")["cors_rule"]
    assert (found["id"], found["allowed_origins"], found["allowed_methods"]) == (
        "pages",
        ["https://acme.example"],
        ["GET"],
    )
    assert found["max_age_seconds"] == 3600


def test_every_origin_can_be_allowed_by_name(plan_module):
    cors = {
        "all": {
            "allowed_origins": ["*"],
            "allowed_methods": ["HEAD"],
            "allow_any_origin": True,
            "allowed_headers": ["X-A"],
            "expose_headers": ["ETag"],
            "max_age_seconds": 60,
        }
    }
    (found,) = one(plan_module(MODULE, **PLAIN, cors_rules=cors), "_cors_configuration")["cors_rule"]
    assert (found["allowed_headers"], found["expose_headers"], found["max_age_seconds"]) == (
        ["X-A"],
        ["ETag"],
        60,
    )


def test_a_plain_bucket_has_no_role_and_nothing_it_does_not_need(plain):
    assert kinds(plain) == {
        "",
        "_lifecycle_configuration",
        "_ownership_controls",
        "_policy",
        "_public_access_block",
        "_server_side_encryption_configuration",
        "_versioning",
    }


def test_tags_reach_the_bucket_and_the_role(full):
    assert one(full, "")["tags"] == {"System": "orders"}
    assert full.resources["aws_iam_role.replication[0]"]["values"]["tags"] == {"System": "orders"}


def test_outputs_name_the_bucket(plain, full):
    assert plain.outputs["bucket_name"] == "acme-plain"
    assert plain.outputs["replication_role_arn"] is None
    assert {"bucket_arn", "bucket_regional_domain_name"} <= set(plain.planned_values["outputs"])
    assert "replication_role_arn" in full.planned_values["outputs"]
