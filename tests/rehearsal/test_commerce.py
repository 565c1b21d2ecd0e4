"""platform and commerce on the embedded AWS, dev's size: applied, stable, answering, gone without a trace."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from tests.checkout import Checkout, own_checkout
from tests.rehearsal.commerce import CART, LONG, plan, whole
from tests.requests.system import System, rehearsed

pytestmark = pytest.mark.slow

DEV = whole("dev")


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Checkout]:
    """A checkout of its own: what is destroyed here is nobody else's."""
    with own_checkout(tmp_path_factory.mktemp("commerce")) as made:
        finished = made.invoke("apply", *DEV, "--yes", timeout=LONG)
        assert finished.code == 0, finished.out + finished.err
        yield made


@pytest.fixture(scope="module")
def dev(shop: Checkout) -> System:
    return rehearsed(shop, "dev", "commerce")


def test_dev_applies_answers_and_its_second_plan_is_empty(shop: Checkout, dev: System) -> None:
    assert dev.patiently("POST", "/sessions").status == 201
    assert plan(shop, *DEV) == (0, {})


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
    switched = shop.invoke("apply", *unit, "--yes")
    assert switched.code == 0, switched.out + switched.err
    clusters = dev.client("ecs").list_clusters()["clusterArns"]
    file.write_text(off)
    refused = shop.invoke("apply", *unit, "--yes")
    assert (refused.code, "--allow 'module.repositories[0]" in refused.err) == (3, True), refused.err
    finished = shop.invoke("apply", *unit, "--yes", "--allow", "*.aws_ecr_repository.*")
    assert finished.code == 0, finished.out + finished.err
    assert [arn.rpartition("/")[2] for arn in clusters] == ["acme-dev-commerce-containers"]
    assert plan(shop, *unit) == (0, {})


def test_dev_is_destroyed_to_nothing(shop: Checkout) -> None:
    finished = shop.invoke("destroy", *DEV, "--yes", "--allow", "*", timeout=LONG)
    assert finished.code == 0, finished.out + finished.err
    again = shop.invoke("destroy", *DEV, "--yes")
    assert (again.code, again.out) == (0, "Nothing to destroy: no chosen unit has resources.\n")
