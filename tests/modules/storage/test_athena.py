"""The athena module: results are encrypted, queries limited, and tables fit the logs they read."""

import re

import pytest
import tftest

MODULE = "storage/athena"
KEY = "arn:aws:kms:us-east-1:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab"
FOLDER = "s3://acme-logs/alb/AWSLogs/111111111111/elasticloadbalancing/us-east-1/"
BASE = {"name": "acme-shop", "account_id": "111111111111", "results": {"bucket_name": "acme-results"}}
LOGS = {"location": FOLDER, "first_day": "2026/01/01"}

# From AWS's own description of the format, with the fields that came last.
ALB_LINE = (
    "https 2026-07-02T22:23:00.186641Z app/acme/50dc6c495c0c9188 192.168.131.39:2817 10.0.0.1:80 0.086 0.048 0.037 "
    '200 200 0 57 "GET https://www.example.com:443/ HTTP/1.1" "curl/7.46.0" ECDHE-RSA-AES128-GCM-SHA256 TLSv1.2 '
    "arn:aws:elasticloadbalancing:us-east-1:111111111111:targetgroup/acme/73e2d6bc24d8a067 "
    '"Root=1-58337281-1d84f3d73c47ec4e58577259" '
    '"www.example.com" "arn:aws:acm:us-east-1:111111111111:certificate/12345678" 1 2026-07-02T22:22:48.364000Z '
    '"authenticate,forward" "-" "-" "10.0.0.1:80" "200" "-" "-" TID_1234abcd5678ef90'
)


@pytest.fixture(scope="module")
def plain(plan_module):
    return plan_module(MODULE, **BASE)


@pytest.fixture(scope="module")
def full(plan_module):
    return plan_module(
        MODULE,
        **(BASE | {"results": {"bucket_name": "acme-results", "prefix": "mine/", "kms_key_arn": KEY}}),
        allow_destroy_with_queries=True,
        queries={"slowest": {"sql": "SELECT 1", "description": "Slowest requests"}},
        scan_limit_gb=0.5,
        tables={
            "requests": LOGS | {"kind": "alb", "description": "Requests"},
            "visits": LOGS | {"kind": "cloudfront"},
            "calls": LOGS | {"kind": "cloudtrail"},
            "app": LOGS | {"kind": "json", "columns": {"level": "string", "took": "double"}},
        },
        tags={"System": "shop"},
    )


def configuration(plan):
    return plan.resources["aws_athena_workgroup.this"]["values"]["configuration"][0]


def table(plan, name):
    return plan.resources[f'aws_glue_catalog_table.this["{name}"]']["values"]


def columns(plan, name):
    return {
        column["name"]: column["type"] for column in table(plan, name)["storage_descriptor"][0]["columns"]
    }


def serde(plan, name):
    return table(plan, name)["storage_descriptor"][0]["ser_de_info"][0]


@pytest.mark.parametrize(
    ("which", "location", "option", "key"),
    [
        pytest.param("plain", "s3://acme-results/athena-results/", "SSE_S3", "", id="S3's own key"),
        pytest.param("full", "s3://acme-results/mine/", "SSE_KMS", KEY, id="the caller's key"),
    ],
)
def test_results_are_encrypted_in_a_bucket_of_this_account(request, which, location, option, key):
    (result,) = configuration(request.getfixturevalue(which))["result_configuration"]
    (encryption,) = result["encryption_configuration"]
    assert (result["output_location"], result["expected_bucket_owner"]) == (location, "111111111111")
    assert (encryption["encryption_option"], encryption["kms_key_arn"] or "") == (option, key)


def test_no_client_gets_around_the_limits(plain, full):
    assert configuration(plain)["enforce_workgroup_configuration"] is True
    assert configuration(plain)["publish_cloudwatch_metrics_enabled"] is True
    assert configuration(plain)["bytes_scanned_cutoff_per_query"] == 10 * 1024**3
    assert configuration(full)["bytes_scanned_cutoff_per_query"] == 1024**3 // 2


def test_the_workgroup_keeps_its_history_unless_the_caller_lets_it_go(plain, full):
    assert plain.resources["aws_athena_workgroup.this"]["values"]["force_destroy"] is False
    workgroup = full.resources["aws_athena_workgroup.this"]["values"]
    assert (workgroup["force_destroy"], workgroup["tags"]) == (True, {"System": "shop"})


@pytest.mark.parametrize(
    "name", [pytest.param(name, id=name) for name in ("requests", "visits", "calls", "app")]
)
def test_a_table_knows_its_days_by_itself(full, name):
    found = table(full, name)
    assert found["partition_keys"][0]["name"] == "day"
    assert found["parameters"]["projection.enabled"] == "true"
    assert found["parameters"]["projection.day.format"] == "yyyy/MM/dd"
    assert found["parameters"]["projection.day.range"] == "2026/01/01,NOW"
    assert found["parameters"]["storage.location.template"] == f"{FOLDER}${{day}}/"
    assert (found["database_name"], found["storage_descriptor"][0]["location"]) == ("acme_shop", FOLDER)


def test_a_line_of_a_load_balancer_fills_every_column(full):
    pattern = serde(full, "requests")["parameters"]["input.regex"]
    found = re.fullmatch(pattern, ALB_LINE)
    assert found
    line = dict(zip(columns(full, "requests"), found.groups(), strict=False))
    assert (line["client_ip"], line["elb_status_code"], line["request_verb"]) == (
        "192.168.131.39",
        "200",
        "GET",
    )
    assert (line["request_url"], line["domain_name"]) == ("https://www.example.com:443/", "www.example.com")
    assert (line["classification_reason"], line["conn_trace_id"]) == ("-", "TID_1234abcd5678ef90")


def test_each_kind_has_its_reader(full):
    assert serde(full, "visits")["serialization_library"].endswith("ParquetHiveSerDe")
    assert serde(full, "calls")["serialization_library"].endswith("hcatalog.data.JsonSerDe")
    assert serde(full, "app")["serialization_library"].endswith("jsonserde.JsonSerDe")
    assert table(full, "calls")["storage_descriptor"][0]["input_format"].endswith("CloudTrailInputFormat")


def test_columns_are_those_of_the_logs(full):
    assert {"date", "c_ip", "cs_uri_stem", "sc_status"} <= set(columns(full, "visits"))
    assert columns(full, "calls")["useridentity"].startswith("struct<type:string,")
    assert {"eventname", "sourceipaddress", "errorcode"} <= set(columns(full, "calls"))
    assert columns(full, "app") == {"level": "string", "took": "double"}


def test_queries_are_saved_in_the_workgroup(full):
    query = full.resources['aws_athena_named_query.this["slowest"]']["values"]
    assert (query["name"], query["database"], query["query"]) == ("slowest", "acme_shop", "SELECT 1")
    assert query["description"] == "Slowest requests"
    assert table(full, "requests")["description"] == "Requests"


def test_removing_a_table_leaves_the_others_at_their_addresses(full, plan_module):
    fewer = plan_module(MODULE, **BASE, tables={"visits": LOGS | {"kind": "cloudfront"}})
    assert 'aws_glue_catalog_table.this["visits"]' in fewer.resources
    assert set(fewer.resources) < set(full.resources)


def test_outputs_are_what_a_query_names(full):
    assert full.outputs["database_name"] == "acme_shop"
    assert full.outputs["table_names"]["requests"] == "acme_shop.requests"
    assert full.outputs["workgroup_name"] == "acme-shop"
    assert {"query_ids", "workgroup_arn"} <= set(full.planned_values["outputs"])


def logs(**changes):
    return {"tables": {"t": LOGS | {"kind": "alb"} | changes}}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        pytest.param({"account_id": "1"}, '12 digits; got "1"', id="account"),
        pytest.param({"name": "Acme"}, 'small letters.*"Acme"', id="name"),
        pytest.param({"results": {"bucket_name": "b", "prefix": "a"}}, 'ends with a slash.*"a"', id="prefix"),
        pytest.param(
            {"results": {"bucket_name": "b", "kms_key_arn": "k"}}, 'ARN of a KMS key; got "k"', id="key"
        ),
        pytest.param({"queries": {"q": {"sql": ""}}}, r'262,144 characters; got \{"q":0\}', id="empty query"),
        pytest.param({"scan_limit_gb": 0}, "at least 0.01; got 0", id="no limit"),
        pytest.param(
            {"tables": {"a-b": LOGS | {"kind": "alb"}}}, r'underscores; got \["a-b"\]', id="table's name"
        ),
        pytest.param(logs(kind="csv"), r'cloudtrail or json; got \{"t":"csv"\}', id="kind"),
        pytest.param(
            logs(location="s3://bucket"), r's3://bucket/folder/; got \{"t":"s3://bucket"\}', id="location"
        ),
        pytest.param(logs(first_day="today"), r'2026/01/31; got \{"t":"today"\}', id="first day"),
        pytest.param(logs(kind="json"), r'names its columns.*"kind":"json"', id="json without columns"),
    ],
)
def test_is_refused_with_rule_and_value(plan_module, change, message):
    with pytest.raises(tftest.TerraformTestError, match=f"(?s){message}"):
        plan_module(MODULE, **(BASE | change))
