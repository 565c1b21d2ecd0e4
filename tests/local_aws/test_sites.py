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


@pytest.fixture(scope="module")
def guarded(client: Any, distribution: dict[str, Any]) -> str:
    """A second distribution: its bucket has a standby, and so has a host that nobody listens on."""
    s3, cloudfront = client("s3"), client("cloudfront")
    s3.put_object(Bucket="site-pages", Key="both.html", Body=b"first")
    s3.create_bucket(Bucket="site-standby")
    for key in ("both.html", "gone/page.html", "lost/page.html", "standby.html"):
        s3.put_object(Bucket="site-standby", Key=key, Body=b"standby")
    config = cloudfront.get_distribution_config(Id=distribution["Id"])["DistributionConfig"]
    (pages,) = config["Origins"]["Items"]
    behavior = config["DefaultCacheBehavior"]
    standby = pages | {"Id": "standby", "DomainName": "site-standby.s3.us-east-1.amazonaws.com"}
    gone = {
        "Id": "gone",
        "DomainName": "localhost",
        "CustomOriginConfig": {"HTTPPort": 9, "HTTPSPort": 9, "OriginProtocolPolicy": "http-only"},
    }
    made = cloudfront.create_distribution(
        DistributionConfig=config
        | {
            "CallerReference": "guarded",
            "Aliases": {"Quantity": 0},
            "Origins": {"Quantity": 3, "Items": [pages, standby, gone]},
            "OriginGroups": {
                "Quantity": 3,
                "Items": [
                    group("pages-failover", "pages", [403, 404]),
                    group("gone-failover", "gone", [503]),
                    group("lost-failover", "gone", [404]),
                ],
            },
            "DefaultCacheBehavior": behavior | {"TargetOriginId": "pages-failover"},
            "CacheBehaviors": {
                "Quantity": 2,
                "Items": [
                    behavior | {"PathPattern": f"/{name}/*", "TargetOriginId": f"{name}-failover"}
                    for name in ("gone", "lost")
                ],
            },
        }
    )["Distribution"]
    for bucket in ("site-pages", "site-standby"):
        let_in = {
            "Effect": "Allow",
            "Principal": {"Service": "cloudfront.amazonaws.com"},
            "Action": "s3:GetObject",
            "Resource": f"arn:aws:s3:::{bucket}/*",
            "Condition": {"ArnEquals": {"aws:SourceArn": [distribution["ARN"], made["ARN"]]}},
        }
        policy = json.dumps({"Version": "2012-10-17", "Statement": [let_in]})
        s3.put_bucket_policy(Bucket=bucket, Policy=policy)
    return str(made["DomainName"])


def group(name: str, first: str, codes: list[int]) -> dict[str, Any]:
    """*first*, and the standby where it answers with one of *codes*."""
    return {
        "Id": name,
        "FailoverCriteria": {"StatusCodes": {"Quantity": len(codes), "Items": codes}},
        "Members": {"Quantity": 2, "Items": [{"OriginId": first}, {"OriginId": "standby"}]},
    }


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        pytest.param("/both.html", (200, b"first"), id="the first origin has it"),
        pytest.param("/standby.html", (200, b"standby"), id="the standby alone has it"),
        pytest.param("/gone/page.html", (200, b"standby"), id="the first origin cannot be reached"),
    ],
)
def test_where_the_first_origin_of_a_group_fails_the_second_is_asked(
    server: lifecycle.Running, guarded: str, path: str, answer: tuple[int, bytes]
) -> None:
    assert visit(server.url, guarded, path)[0::2] == answer


@pytest.mark.parametrize(
    ("path", "status"),
    [
        pytest.param("/nowhere.html", 403, id="no origin has it"),
        pytest.param("/lost/page.html", 502, id="the group does not count an origin that cannot be reached"),
    ],
)
def test_a_visitor_learns_of_what_a_group_cannot_mend(
    server: lifecycle.Running, guarded: str, path: str, status: int
) -> None:
    assert visit(server.url, guarded, path)[0] == status
