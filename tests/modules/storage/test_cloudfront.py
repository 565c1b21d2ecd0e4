"""The cloudfront module: HTTPS only, closed buckets, ordered behaviours, and headers that protect visitors."""

import pytest
import tftest

MODULE = "storage/cloudfront"
CERTIFICATE = "arn:aws:acm:us-east-1:111111111111:certificate/1234"
ACL = "arn:aws:wafv2:us-east-1:111111111111:global/webacl/acme/1234"
LOGS = "arn:aws:s3:::acme-logs"
PAGES = {"domain_name": "acme-pages.s3.us-east-1.amazonaws.com"}
STANDBY = {"domain_name": "acme-standby.s3.us-west-2.amazonaws.com"}
BASE = {"name": "acme", "origins": {"pages": PAGES}, "default_behavior": {"origin": "pages"}}
FILES, NONE = "658327ea-f89d-4fab-a63d-7e88639e58f6", "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"


@pytest.fixture(scope="module")
def plain(plan_module):
    return plan_module(MODULE, **BASE)


@pytest.fixture(scope="module")
def full(plan_module):
    return plan_module(
        MODULE,
        name="acme",
        origins={
            "pages": PAGES | {"path": "/site", "failover": {"origin": "standby"}},
            "standby": STANDBY | {"failover": {"origin": "api", "status_codes": [404, 503]}},
            "api": {"domain_name": "api.acme.example", "kind": "https"},
        },
        default_behavior={"origin": "pages", "functions": {"viewer-request": "rewrite"}},
        behaviors={
            "zz-first": {
                "order": 5,
                "path": "/api/health",
                "origin": "api",
                "functions": {"viewer-response": "rewrite"},
            },
            "api": {"order": 10, "path": "/api/*", "origin": "api", "cache": "none", "methods": "all"},
            "images": {"order": 100, "path": "/img/*", "origin": "pages"},
        },
        functions={
            "rewrite": {"code": "function handler(e) { return e.request; }", "comment": "Adds index.html"},
            "unused": {"code": "function handler(e) { return e.response; }"},
        },
        aliases=["acme.example"],
        allowed_countries=["DE", "FR"],
        certificate_arn=CERTIFICATE,
        content_security_policy="default-src 'none'",
        default_root_object="home.html",
        access_log={"bucket_arn": LOGS},
        price_class="PriceClass_All",
        single_page_application=True,
        tags={"System": "shop"},
        web_acl={"arn": ACL},
    )


def distribution(plan):
    return plan.resources["aws_cloudfront_distribution.this"]["values"]


def origin(plan, key):
    (found,) = [found for found in distribution(plan)["origin"] if found["origin_id"] == key]
    return found


def test_visitors_are_sent_to_https_on_every_path(full):
    behaviors = [*distribution(full)["default_cache_behavior"], *distribution(full)["ordered_cache_behavior"]]
    assert {behavior["viewer_protocol_policy"] for behavior in behaviors} == {"redirect-to-https"}
    assert len(behaviors) == 4


def test_an_own_certificate_brings_current_tls_and_its_absence_cloudfronts_own(plain, full):
    (own,) = distribution(full)["viewer_certificate"]
    assert (own["acm_certificate_arn"], own["minimum_protocol_version"]) == (CERTIFICATE, "TLSv1.2_2021")
    assert own["ssl_support_method"] == "sni-only"
    assert distribution(plain)["viewer_certificate"][0]["cloudfront_default_certificate"] is True


def test_a_bucket_is_read_by_signed_requests(full):
    found = full.resources["aws_cloudfront_origin_access_control.this[0]"]["values"]
    assert (found["name"], found["signing_behavior"], found["signing_protocol"]) == (
        "acme",
        "always",
        "sigv4",
    )
    assert found["origin_access_control_origin_type"] == "s3"
    assert (origin(full, "pages")["origin_path"], origin(full, "pages")["custom_origin_config"]) == (
        "/site",
        [],
    )


def test_another_host_is_asked_by_current_tls_only(full):
    (config,) = origin(full, "api")["custom_origin_config"]
    assert (config["origin_protocol_policy"], config["origin_ssl_protocols"]) == ("https-only", ["TLSv1.2"])


def test_no_bucket_no_origin_access_control(plan_module):
    plan = plan_module(
        MODULE,
        name="acme",
        origins={"api": {"domain_name": "api.acme.example", "kind": "https"}},
        default_behavior={"origin": "api", "cache": "none", "methods": "all"},
    )
    assert "POST" in distribution(plan)["default_cache_behavior"][0]["allowed_methods"]
    assert not [address for address in plan.resources if "origin_access_control" in address]


def test_where_an_origin_fails_the_one_it_names_is_asked(full):
    groups = {
        group["origin_id"]: (
            [member["origin_id"] for member in group["member"]],
            group["failover_criteria"][0]["status_codes"],
        )
        for group in distribution(full)["origin_group"]
    }
    assert groups == {
        "pages-failover": (["pages", "standby"], [500, 502, 503, 504]),
        "standby-failover": (["standby", "api"], [404, 503]),
    }


def test_a_behaviour_asks_the_group_of_its_origin_and_an_origin_without_failover_itself(plain, full):
    assert distribution(full)["default_cache_behavior"][0]["target_origin_id"] == "pages-failover"
    _, api, images = distribution(full)["ordered_cache_behavior"]
    assert (api["target_origin_id"], images["target_origin_id"]) == ("api", "pages-failover")
    assert distribution(plain)["default_cache_behavior"][0]["target_origin_id"] == "pages"
    assert distribution(plain)["origin_group"] == []


def test_behaviours_stand_in_the_callers_order(full):
    found = distribution(full)["ordered_cache_behavior"]
    assert [behavior["path_pattern"] for behavior in found] == ["/api/health", "/api/*", "/img/*"]


def test_an_api_is_not_cached_and_takes_every_method(full):
    _, api, images = distribution(full)["ordered_cache_behavior"]
    assert (api["cache_policy_id"], api["target_origin_id"]) == (NONE, "api")
    assert "POST" in api["allowed_methods"]
    assert api["origin_request_policy_id"] == "b689b0a8-53d0-40ab-baf2-68738e2966ac"
    assert (images["cache_policy_id"], images["allowed_methods"]) == (FILES, ["GET", "HEAD", "OPTIONS"])


def test_functions_run_where_the_caller_says(full):
    found = full.resources['aws_cloudfront_function.this["rewrite"]']["values"]
    assert (found["name"], found["runtime"], found["publish"]) == ("acme-rewrite", "cloudfront-js-2.0", True)
    assert (found["comment"], found["code"]) == (
        "Adds index.html",
        "function handler(e) { return e.request; }",
    )
    unused = full.resources['aws_cloudfront_function.this["unused"]']["values"]
    assert (unused["name"], unused["comment"]) == ("acme-unused", "Managed by Terraform")
    (default,) = distribution(full)["default_cache_behavior"]
    assert default["function_association"][0]["event_type"] == "viewer-request"
    first = distribution(full)["ordered_cache_behavior"][0]
    assert first["function_association"][0]["event_type"] == "viewer-response"


def test_answers_carry_headers_that_protect_visitors(plain, full):
    found = plain.resources["aws_cloudfront_response_headers_policy.this"]["values"]
    (headers,) = found["security_headers_config"]
    (transport,) = headers["strict_transport_security"]
    assert (transport["access_control_max_age_sec"], transport["include_subdomains"]) == (63072000, True)
    assert headers["frame_options"][0]["frame_option"] == "DENY"
    assert headers["content_type_options"][0]["override"] is True
    assert headers["referrer_policy"][0]["referrer_policy"] == "strict-origin-when-cross-origin"
    assert "object-src 'none'" in headers["content_security_policy"][0]["content_security_policy"]
    assert found["remove_headers_config"][0]["items"][0]["header"] == "Server"
    (headers,) = full.resources["aws_cloudfront_response_headers_policy.this"]["values"][
        "security_headers_config"
    ]
    assert headers["content_security_policy"][0]["content_security_policy"] == "default-src 'none'"


def test_logs_go_to_the_bucket_by_log_delivery(plain, full):
    assert not [address for address in plain.resources if "log_delivery" in address]
    source = full.resources["aws_cloudwatch_log_delivery_source.this[0]"]["values"]
    destination = full.resources["aws_cloudwatch_log_delivery_destination.this[0]"]["values"]
    delivery = full.resources["aws_cloudwatch_log_delivery.this[0]"]["values"]
    assert (source["name"], source["log_type"]) == ("acme", "ACCESS_LOGS")
    (configuration,) = destination["delivery_destination_configuration"]
    assert configuration["destination_resource_arn"] == f"{LOGS}/cloudfront/acme"
    assert (destination["output_format"], destination["tags"]) == ("parquet", {"System": "shop"})
    assert delivery["delivery_source_name"] == "acme"
    assert (
        delivery["s3_delivery_configuration"][0]["suffix_path"] == "/{DistributionId}/{yyyy}/{MM}/{dd}/{HH}"
    )
    assert distribution(full)["logging_config"] == []


def test_a_single_page_application_answers_unknown_paths_with_its_root(plain, full):
    assert distribution(plain)["custom_error_response"] == []
    found = distribution(full)["custom_error_response"]
    assert {
        (error["error_code"], error["response_code"], error["response_page_path"]) for error in found
    } == {
        (403, 200, "/home.html"),
        (404, 200, "/home.html"),
    }


@pytest.mark.parametrize(
    ("setting", "default", "chosen"),
    [
        pytest.param("aliases", None, ["acme.example"], id="aliases"),
        pytest.param("default_root_object", "index.html", "home.html", id="root object"),
        pytest.param("price_class", "PriceClass_100", "PriceClass_All", id="price class"),
        pytest.param("web_acl_id", None, ACL, id="web ACL"),
        pytest.param("tags", None, {"System": "shop"}, id="tags"),
        pytest.param("comment", "acme", "acme", id="name"),
        pytest.param("http_version", "http2and3", "http2and3", id="HTTP"),
    ],
)
def test_the_distribution_is_as_the_caller_says(plain, full, setting, default, chosen):
    assert (distribution(plain)[setting] or None) == default
    assert distribution(full)[setting] == chosen


def test_countries_can_be_chosen(plain, full):
    def restriction(plan):
        (found,) = distribution(plan)["restrictions"][0]["geo_restriction"]
        return found["restriction_type"], found.get("locations") or []

    assert restriction(plain) == ("none", [])
    assert restriction(full) == ("whitelist", ["DE", "FR"])


def test_outputs_are_what_buckets_records_and_invalidations_need(full):
    assert {"distribution_arn", "distribution_id", "domain_name", "hosted_zone_id"} == set(
        full.planned_values["outputs"]
    )


def behavior(**changes):
    return {"behaviors": {"api": {"order": 1, "path": "/a", "origin": "pages"} | changes}}


def failover(**changes):
    pages = PAGES | {"failover": {"origin": "standby"} | changes}
    return {"origins": {"pages": pages, "standby": STANDBY}}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        pytest.param(
            {"default_behavior": {"origin": "x"}}, r'key of origins \(pages\); got "x"', id="unknown origin"
        ),
        pytest.param(
            {"default_behavior": {"origin": "pages", "cache": "all"}}, 'files or none.*"all"', id="cache"
        ),
        pytest.param(
            {"default_behavior": {"origin": "pages", "functions": {"origin-request": "x"}}},
            "viewer-request or viewer-response.*origin-request",
            id="function's event",
        ),
        pytest.param({"name": "a" * 56}, r"1 to 55 letters.*\(56 characters\)", id="name too long"),
        pytest.param(
            {"origins": {"pages": PAGES | {"kind": "http"}}}, 's3 or https.*"http"', id="plain origin"
        ),
        pytest.param(
            {"origins": {"pages": PAGES | {"path": "a/"}}}, 'begins with a slash.*"a/"', id="origin path"
        ),
        pytest.param(
            failover(origin="x"), r'another origin \(pages, standby\).*"pages":"x"', id="no standby"
        ),
        pytest.param(
            failover(origin="pages"),
            r'another origin \(pages, standby\).*"pages":"pages"',
            id="its own standby",
        ),
        pytest.param(failover(status_codes=[501]), r"502, 503 and 504.*\[501\]", id="status code"),
        pytest.param(failover(status_codes=[]), r"502, 503 and 504.*\[\]", id="no status code"),
        pytest.param(
            {"origins": failover()["origins"] | {"pages-failover": STANDBY}},
            r'no origin has such a key; got \["pages","pages-failover","standby"\]',
            id="an origin with a group's id",
        ),
        pytest.param(
            failover() | {"default_behavior": {"origin": "pages", "methods": "all"}},
            'GET, HEAD and OPTIONS only, so methods is read.*"all"',
            id="writing to a group",
        ),
        pytest.param(
            failover() | behavior(methods="all"),
            r"GET, HEAD and OPTIONS only, so a behaviour's.*\[\"pages\",\"all\"\]",
            id="writing to a group by a path",
        ),
        pytest.param(
            {"aliases": ["a.example"]}, r'set certificate_arn; got \["a.example"\]', id="no certificate"
        ),
        pytest.param({"allowed_countries": ["Germany"]}, 'two capital letters.*"Germany"', id="country"),
        pytest.param(
            {"behaviors": {key: {"order": 1, "path": "/", "origin": "pages"} for key in "ab"}},
            r'own order.*\{"a":1,"b":1\}',
            id="equal order",
        ),
        pytest.param(behavior(origin="x"), r'key of origins \(pages\).*"x"', id="behaviour's origin"),
        pytest.param(behavior(methods="some"), 'read or all.*"some"', id="behaviour's methods"),
        pytest.param(
            behavior(functions={"viewer-request": "x"}), 'key of var.functions.*"x"', id="unknown function"
        ),
        pytest.param(
            {"certificate_arn": CERTIFICATE.replace("us-east-1", "eu-west-1")},
            "us-east-1 only.*eu-west-1",
            id="region",
        ),
        pytest.param({"default_root_object": "/a"}, 'no slash in front; got "/a"', id="root object"),
        pytest.param(
            {"functions": {"f": {"code": "x" * 10241}}}, r"10,240 characters.*10241", id="long function"
        ),
        pytest.param({"access_log": {"bucket_arn": "logs"}}, 'ARN of a bucket; got.*"logs"', id="log bucket"),
        pytest.param({"price_class": "cheap"}, 'PriceClass_All; got "cheap"', id="price class"),
        pytest.param(
            {"web_acl": {"arn": ACL.replace("global", "regional")}},
            "CLOUDFRONT scope.*regional",
            id="regional ACL",
        ),
    ],
)
def test_is_refused_with_rule_and_value(plan_module, change, message):
    with pytest.raises(tftest.TerraformTestError, match=f"(?s){message}"):
        plan_module(MODULE, **(BASE | change))
