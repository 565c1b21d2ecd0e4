"""platform and storefront on the embedded AWS: applied, stable, visited, free of secrets in wrong hands, gone."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from botocore.exceptions import ClientError

from scripts.processes import Finished
from tests.checkout import ACCOUNTS, Checkout, own_checkout

pytestmark = pytest.mark.slow

ACCOUNT = ACCOUNTS["dev"]
NAME = "acme-dev-storefront"
SITE = "storefront.dev.example.com"
SELECTED = ("--env", "dev", "--local", "--system", "platform,storefront")
PAGE = b"<h1>Shop</h1>"


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Checkout]:
    """A checkout of its own: what is destroyed here is nobody else's."""
    with own_checkout(tmp_path_factory.mktemp("storefront")) as made:
        yield made


@pytest.fixture(scope="module")
def applied(shop: Checkout) -> Finished:
    finished = shop.invoke("apply", *SELECTED, "--yes", timeout=1800)
    assert finished.code == 0, finished.out + finished.err
    return finished


@pytest.fixture(scope="module")
def outputs(shop: Checkout, applied: Finished) -> dict[str, dict[str, Any]]:
    shown = shop.invoke_json("output", *SELECTED[:3], "--system", "storefront")
    return {unit.rpartition("/")[2]: values for unit, values in shown.items()}


@pytest.fixture(scope="module")
def aws(shop: Checkout, applied: Finished) -> Callable[..., Any]:
    """Clients of dev's account, or of whoever's credentials are given."""
    return shop.client


@dataclass(frozen=True)
class Answer:
    """What a visitor got."""

    status: int
    headers: dict[str, str]
    body: bytes


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args: Any) -> None:
        return None


@pytest.fixture(scope="module")
def visit(
    shop: Checkout, aws: Callable[..., Any], outputs: dict[str, dict[str, Any]]
) -> Callable[..., Answer]:
    """Ask for a path of a site, as CloudFront's edge is asked; TLS ends before it, and a header says that there was."""
    aws("s3").put_object(
        Bucket=outputs["frontend"]["bucket_name"], Key="index.html", Body=PAGE, ContentType="text/html"
    )

    endpoint = shop.endpoint

    def ask(host: str, path: str = "/", proto: str = "https", method: str = "GET") -> Answer:
        request = urllib.request.Request(
            f"{endpoint}{path}", headers={"Host": host, "X-Forwarded-Proto": proto}, method=method
        )
        try:
            with urllib.request.build_opener(_Stay).open(request, timeout=30) as answer:
                return Answer(answer.status, dict(answer.headers), answer.read())
        except urllib.error.HTTPError as error:
            return Answer(error.code, dict(error.headers), error.read())

    return ask


def changes(shop: Checkout, *chosen: str) -> dict[str, list[Any]]:
    """What a plan would change, by unit."""
    finished = shop.invoke("plan", *SELECTED[:3], *chosen, "--json", timeout=1800)
    assert finished.out, finished.err
    rows = json.loads(finished.out)
    return {row["unit"].rpartition("/")[2]: row["changes"] for row in rows if row["changes"]}


def test_storefront_applies_and_its_second_plan_is_empty(shop: Checkout, applied: Finished) -> None:
    assert changes(shop, *SELECTED[3:]) == {}


@pytest.mark.parametrize("host", [SITE, f"www.{SITE}"])
def test_a_page_is_served_by_each_name_of_the_shop(visit: Callable[..., Answer], host: str) -> None:
    assert (visit(host).status, visit(host).body) == (200, PAGE)


def test_a_path_of_the_application_shows_its_root_page(visit: Callable[..., Answer]) -> None:
    assert (visit(SITE, "/cart/checkout").status, visit(SITE, "/cart/checkout").body) == (200, PAGE)


def test_the_bucket_itself_is_closed(
    visit: Callable[..., Answer], outputs: dict[str, dict[str, Any]]
) -> None:
    """Who goes past CloudFront signs nothing, and the bucket lets in this distribution alone."""
    bucket = outputs["frontend"]["bucket_name"]
    assert visit("127.0.0.1", f"/{bucket}/index.html").status == 403


def test_without_the_statement_for_the_distribution_cloudfront_is_refused_too(
    visit: Callable[..., Answer], aws: Callable[..., Any], outputs: dict[str, dict[str, Any]]
) -> None:
    s3, bucket = aws("s3"), outputs["frontend"]["bucket_name"]
    policy = s3.get_bucket_policy(Bucket=bucket)["Policy"]
    document = json.loads(policy)
    kept = [statement for statement in document["Statement"] if statement["Sid"] != "DistributionReads"]
    assert len(kept) == len(document["Statement"]) - 1
    s3.put_bucket_policy(Bucket=bucket, Policy=json.dumps(document | {"Statement": kept}))
    closed = visit(SITE)
    s3.put_bucket_policy(Bucket=bucket, Policy=policy)
    assert closed.status == 403
    assert visit(SITE).status == 200


def test_plain_http_is_sent_to_https_with_path_and_query(visit: Callable[..., Answer]) -> None:
    answer = visit(SITE, "/products?size=m", proto="http")
    assert (answer.status, answer.headers["Location"]) == (301, f"https://{SITE}/products?size=m")


@pytest.mark.parametrize(
    ("header", "value"),
    [
        pytest.param("Strict-Transport-Security", "max-age=63072000; includeSubDomains; preload", id="hsts"),
        pytest.param("X-Content-Type-Options", "nosniff", id="no guessing of types"),
        pytest.param("X-Frame-Options", "DENY", id="no frames"),
        pytest.param("Referrer-Policy", "strict-origin-when-cross-origin", id="referrer"),
    ],
)
def test_every_page_has_the_security_headers(visit: Callable[..., Answer], header: str, value: str) -> None:
    assert visit(SITE).headers[header] == value


def test_pages_may_talk_to_the_api_and_to_nobody_else(visit: Callable[..., Answer]) -> None:
    rules = visit(SITE).headers["Content-Security-Policy"].split("; ")
    assert f"connect-src 'self' https://api.{SITE}" in rules
    assert "default-src 'self'" in rules


def test_nobody_writes_through_cloudfront(visit: Callable[..., Answer]) -> None:
    assert visit(SITE, method="DELETE").status == 403


def test_the_names_of_the_zone_lead_to_cloudfront_and_the_load_balancer(
    aws: Callable[..., Any], outputs: dict[str, dict[str, Any]]
) -> None:
    records = aws("route53").list_resource_record_sets(HostedZoneId=outputs["dns-zone"]["zone_id"])
    found = {
        (record["Name"].rstrip("."), record["Type"]): record["AliasTarget"]["DNSName"].rstrip(".")
        for record in records["ResourceRecordSets"]
        if "AliasTarget" in record
    }
    site, api = outputs["frontend"]["domain_name"], outputs["load-balancer"]["dns_name"]
    names = {(name, kind): site for name in (SITE, f"www.{SITE}") for kind in ("A", "AAAA")}
    assert found == names | {(f"api.{SITE}", "A"): api}


def test_the_load_balancer_sends_each_path_to_its_service(
    aws: Callable[..., Any], outputs: dict[str, dict[str, Any]]
) -> None:
    rules = aws("elbv2").describe_rules(ListenerArn=outputs["load-balancer"]["main_listener_arn"])["Rules"]
    found = {
        path: rule["Actions"][0]["TargetGroupArn"]
        for rule in rules
        for condition in rule["Conditions"]
        if condition["Field"] == "path-pattern"
        for path in condition["PathPatternConfig"]["Values"]
    }
    services = ("product", "cart", "checkout")
    targets = [outputs[f"services-{name}"]["target_group_arns"]["tasks"] for name in services]
    assert found == dict(zip(("/products*", "/cart*", "/checkout*"), targets, strict=True))


def session(aws: Callable[..., Any], role: str) -> Any:
    """Credentials with the permissions of *role*, by a twin of it: the role itself trusts its service and nobody else."""
    iam, twin = aws("iam"), f"{role}-twin"
    trust = {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Action": "sts:AssumeRole",
                "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:root"},
            }
        ],
    }
    made = iam.create_role(RoleName=twin, AssumeRolePolicyDocument=json.dumps(trust))["Role"]["Arn"]
    names = iam.list_role_policies(RoleName=role)["PolicyNames"]
    assert names != []
    for name in names:
        document = iam.get_role_policy(RoleName=role, PolicyName=name)["PolicyDocument"]
        iam.put_role_policy(RoleName=twin, PolicyName=name, PolicyDocument=json.dumps(document))
    return aws("sts").assume_role(RoleArn=made, RoleSessionName="test")["Credentials"]


def test_the_proxys_role_serves_rds_and_nobody_else(aws: Callable[..., Any], applied: Finished) -> None:
    with pytest.raises(ClientError, match="AccessDenied"):
        aws("sts").assume_role(RoleArn=f"arn:aws:iam::{ACCOUNT}:role/{NAME}-proxy", RoleSessionName="test")


def test_the_proxy_reads_the_databases_secret(
    aws: Callable[..., Any], outputs: dict[str, dict[str, Any]]
) -> None:
    proxy = aws("secretsmanager", credentials=session(aws, f"{NAME}-proxy"))
    secret = proxy.get_secret_value(SecretId=outputs["database"]["connection_secret_arn"])
    assert json.loads(secret["SecretString"])["username"] == "storefront"


@pytest.mark.parametrize("role", [f"{NAME}-cart-task", f"{NAME}-cart-execution", f"{NAME}-apply"])
def test_nobody_else_reads_it(aws: Callable[..., Any], outputs: dict[str, dict[str, Any]], role: str) -> None:
    other = aws("secretsmanager", credentials=session(aws, role))
    with pytest.raises(ClientError, match="AccessDenied"):
        other.get_secret_value(SecretId=outputs["database"]["connection_secret_arn"])


def test_a_new_image_tag_is_one_change_of_one_service(
    shop: Checkout, aws: Callable[..., Any], applied: Finished
) -> None:
    """The pipeline writes the tag; the plan it shows for approval is this one."""
    aws("ssm").put_parameter(Name=f"/{NAME}-cart/image-tag", Value="0123456789ab", Overwrite=True)
    found = changes(shop, "--system", "storefront", "--unit", "services-*")
    aws("ssm").put_parameter(Name=f"/{NAME}-cart/image-tag", Value="initial", Overwrite=True)
    assert found.keys() == {"services-cart"}
    assert {change["type"] for change in found["services-cart"]} == {
        "aws_ecs_task_definition",
        "aws_ecs_service",
    }


@pytest.mark.last
def test_destroy_refuses_what_holds_data_until_it_is_named(shop: Checkout, applied: Finished) -> None:
    finished = shop.invoke("destroy", *SELECTED, "--yes")
    assert finished.code == 3
    assert "aws_db_instance.this" in finished.err


@pytest.mark.last
def test_storefront_is_destroyed_to_nothing(
    shop: Checkout, aws: Callable[..., Any], applied: Finished
) -> None:
    finished = shop.invoke("destroy", *SELECTED, "--yes", "--allow", "*", timeout=1800)
    assert finished.code == 0, finished.out + finished.err
    again = shop.invoke("destroy", *SELECTED, "--yes")
    assert (again.code, again.out) == (0, "Nothing to destroy: no chosen unit has resources.\n")
    assert aws("codebuild").list_projects()["projects"] == []
    assert aws("elbv2").describe_load_balancers()["LoadBalancers"] == []
    assert aws("rds").describe_db_instances()["DBInstances"] == []
