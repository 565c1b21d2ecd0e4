"""A site is visited by its own names, by somebody who belongs to no account."""

import json
import urllib.error
import urllib.request
from typing import Any

import pytest

from scripts.local_aws import lifecycle

NAME = "shop.example.com"


def visit(url: str, host: str, path: str = "/", proto: str = "https") -> tuple[int, dict[str, str], bytes]:
    """As CloudFront's edge sees it: TLS ends before, and a header says that there was TLS."""

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_args: Any) -> None:
            return None

    request = urllib.request.Request(f"{url}{path}", headers={"Host": host, "X-Forwarded-Proto": proto})
    try:
        with urllib.request.build_opener(Stay).open(request, timeout=60) as answer:
            return answer.status, dict(answer.headers), answer.read()
    except urllib.error.HTTPError as error:
        return error.code, dict(error.headers), error.read()


@pytest.fixture(scope="module")
def distribution(client: Any) -> dict[str, Any]:
    """A closed bucket with a page, and a distribution that its policy lets in."""
    s3, cloudfront = client("s3"), client("cloudfront")
    s3.create_bucket(Bucket="site-pages")
    s3.put_object(Bucket="site-pages", Key="index.html", Body=b"<h1>Shop</h1>", ContentType="text/html")
    control = cloudfront.create_origin_access_control(
        OriginAccessControlConfig={
            "Name": "site",
            "OriginAccessControlOriginType": "s3",
            "SigningBehavior": "always",
            "SigningProtocol": "sigv4",
        }
    )["OriginAccessControl"]["Id"]
    origin = {
        "Id": "pages",
        "DomainName": "site-pages.s3.us-east-1.amazonaws.com",
        "OriginAccessControlId": control,
        "S3OriginConfig": {"OriginAccessIdentity": ""},
    }
    made: dict[str, Any] = cloudfront.create_distribution(
        DistributionConfig={
            "CallerReference": "site",
            "Comment": "",
            "Enabled": True,
            "Aliases": {"Quantity": 1, "Items": [NAME]},
            "DefaultRootObject": "index.html",
            "Origins": {"Quantity": 1, "Items": [origin]},
            "DefaultCacheBehavior": {
                "TargetOriginId": "pages",
                "ViewerProtocolPolicy": "redirect-to-https",
                "CachePolicyId": "658327ea-f89d-4fab-a63d-7e88639e58f6",
            },
        }
    )["Distribution"]
    let_in = {
        "Effect": "Allow",
        "Principal": {"Service": "cloudfront.amazonaws.com"},
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::site-pages/*",
        "Condition": {"ArnEquals": {"aws:SourceArn": made["ARN"]}},
    }
    s3.put_bucket_policy(
        Bucket="site-pages", Policy=json.dumps({"Version": "2012-10-17", "Statement": [let_in]})
    )
    return made


def test_a_site_answers_a_visitor_of_no_account_by_each_of_its_names(
    server: lifecycle.Running, distribution: dict[str, Any]
) -> None:
    for host in (distribution["DomainName"], NAME):
        assert visit(server.url, host)[0::2] == (200, b"<h1>Shop</h1>")


def test_a_name_that_no_site_has_is_no_site(server: lifecycle.Running, distribution: dict[str, Any]) -> None:
    assert b"Shop" not in visit(server.url, "other.example.com")[2]


def test_a_visitor_by_plain_http_is_sent_to_https(
    server: lifecycle.Running, distribution: dict[str, Any]
) -> None:
    status, headers, _ = visit(server.url, NAME, "/cart?a=1", proto="http")
    assert (status, headers["Location"]) == (301, f"https://{NAME}/cart?a=1")
