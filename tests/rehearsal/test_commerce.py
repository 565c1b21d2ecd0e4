"""platform and commerce on the embedded AWS: applied, stable, answering, gone without a trace; dev's size and prod's."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import boto3
import pytest

from scripts.endpoints import reachable
from scripts.local_aws.differences import read
from scripts.local_aws.lifecycle import SECRET_KEY
from scripts.signed_requests import Caller
from tests.checkout import Checkout, copy_checkout
from tests.requests.system import System

pytestmark = pytest.mark.slow

BOTH = ("--system", "platform,commerce")
DEV = ("--env", "dev", "--local", *BOTH)
PROD = ("--env", "prod", "--local", *BOTH)
LONG = 1800.0
ACCOUNT = "111111111111"
CART = {"items": [{"product": "teapot", "quantity": 2}]}


def undeclared(checkout: Checkout, *words: str) -> dict[str, list[Any]]:
    """What a second plan would change and scripts/local_aws/differences.toml does not name."""
    known = {entry.type for entry in read()}
    rows = json.loads(checkout.invoke("plan", *words, "--json", timeout=LONG).out)
    found = {
        row["unit"]: [change for change in row["changes"] if change["type"] not in known] for row in rows
    }
    return {unit: changes for unit, changes in found.items() if changes}


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Checkout]:
    """A checkout of its own: what is destroyed here is nobody else's."""
    made = copy_checkout(tmp_path_factory.mktemp("commerce") / "stagecraft")
    finished = made.invoke("apply", *DEV, "--yes", timeout=LONG)
    assert finished.code == 0, finished.out + finished.err
    yield made
    made.invoke("local.stop")


@pytest.fixture(scope="module")
def dev(shop: Checkout) -> System:
    shown = shop.invoke_json("output", "--env", "dev", "--local", "--system", "commerce")
    outputs = {unit.rpartition("/")[2]: values for unit, values in shown.items()}
    endpoint = shop.invoke_json("local.status")["url"]
    return System(
        caller=Caller(reachable(outputs["api"]["invoke_url"], endpoint), "us-east-1"),
        endpoint=endpoint,
        name="acme-dev-commerce",
        account=ACCOUNT,
        session=boto3.Session(
            aws_access_key_id=ACCOUNT, aws_secret_access_key=SECRET_KEY, region_name="us-east-1"
        ),
        outputs=outputs,
    )


def test_dev_applies_answers_and_its_second_plan_is_empty(shop: Checkout, dev: System) -> None:
    assert dev.send("POST", "/sessions").status == 201
    assert undeclared(shop, *DEV) == {}


def test_a_session_keeps_its_cart(dev: System) -> None:
    session = dev.patiently("POST", "/sessions").body["session_id"]
    assert dev.patiently("PUT", f"/sessions/{session}/cart", CART).body["cart"] == CART["items"]
    assert dev.patiently("GET", f"/sessions/{session}").body["cart"] == CART["items"]
    ended = dev.caller.send("DELETE", f"/sessions/{session}", "", {})
    assert (ended.status, ended.body) == (204, b"")
    assert dev.patiently("GET", f"/sessions/{session}").status == 404


def test_a_cart_that_is_none_is_refused_by_the_api_or_by_field(dev: System) -> None:
    session = dev.patiently("POST", "/sessions").body["session_id"]
    assert dev.patiently("PUT", f"/sessions/{session}/cart", {"items": "all"}).status == 400
    answer = dev.patiently("PUT", f"/sessions/{session}/cart", {"items": [{"product": "a", "quantity": 0}]})
    assert (answer.status, answer.body["field"]) == (400, "items[0].quantity")


def test_without_a_search_domain_the_search_says_so(dev: System) -> None:
    answer = dev.patiently("GET", "/products?q=teapot")
    assert (answer.status, answer.body) == (503, {"message": "this environment has no search"})


def test_the_password_of_the_database_stands_in_no_state_plan_or_log(shop: Checkout, dev: System) -> None:
    secret = dev.client("secretsmanager").get_secret_value(
        SecretId=dev.outputs["database"]["connection_secret_arn"]
    )
    password = json.loads(secret["SecretString"])["password"].encode()
    files = [path for folder in (".cache", "live") for path in (shop.path / folder).rglob("*")]
    texts = [path for path in files if path.is_file() and not path.is_symlink()]
    assert len(texts) > 100
    assert [path for path in texts if password in path.read_bytes()] == []


def test_containers_are_switched_on_by_a_value_and_off_again(shop: Checkout, dev: System) -> None:
    file = shop.path / "live/dev/us-east-1/commerce/containers/terraform.tfvars"
    off = file.read_text()
    unit = ("--env", "dev", "--local", "--unit", "commerce/containers")
    file.write_text(off.replace("services = {}", "services = { fulfilment = { port = 8080 } }"))
    assert shop.invoke("apply", *unit, "--yes").code == 0
    clusters = dev.client("ecs").list_clusters()["clusterArns"]
    file.write_text(off)
    refused = shop.invoke("apply", *unit, "--yes")
    assert (refused.code, "--allow 'module.repositories[0]" in refused.err) == (3, True), refused.err
    finished = shop.invoke("apply", *unit, "--yes", "--allow", "*.aws_ecr_repository.*")
    assert finished.code == 0, finished.out + finished.err
    assert [arn.rpartition("/")[2] for arn in clusters] == ["acme-dev-commerce-containers"]
    assert undeclared(shop, *unit) == {}


def test_dev_is_destroyed_to_nothing(shop: Checkout) -> None:
    finished = shop.invoke("destroy", *DEV, "--yes", "--allow", "*", timeout=LONG)
    assert finished.code == 0, finished.out + finished.err
    again = shop.invoke("destroy", *DEV, "--yes")
    assert (again.code, again.out) == (0, "Nothing to destroy: no chosen unit has resources.\n")


def test_prod_applies_with_everything_it_may_have_and_its_second_plan_is_empty(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """All but the search, for which the provider waits ten minutes; both regions; containers and machines."""
    made = copy_checkout(tmp_path_factory.mktemp("commerce-prod") / "stagecraft")
    search = made.path / "live/prod/us-east-1/commerce/search/terraform.tfvars"
    search.write_text("domains = {}\n")
    try:
        finished = made.invoke("apply", *PROD, "--yes", timeout=LONG)
        assert finished.code == 0, finished.out + finished.err
        assert undeclared(made, *PROD) == {}
        west = boto3.client(
            "dynamodb",
            endpoint_url=made.invoke_json("local.status")["url"],
            region_name="us-west-2",
            aws_access_key_id="333333333333",
            aws_secret_access_key=SECRET_KEY,
        )
        assert set(west.list_tables()["TableNames"]) == {
            "acme-prod-commerce-carts",
            "acme-prod-commerce-sessions",
        }
    finally:
        made.invoke("local.stop")
