"""platform and bookstore with prod's sizes and both regions, on an embedded AWS of their own."""

import json
from collections.abc import Iterator
from uuid import uuid4

import boto3
import pytest

from scripts.local_aws.lifecycle import SECRET_KEY
from tests.bookstore.system import EVERYTHING_QUICK, applied, changing
from tests.checkout import Checkout, copy_checkout
from tests.requests.system import System

pytestmark = pytest.mark.slow

PROD = ("--env", "prod", "--local", *EVERYTHING_QUICK)
WAREHOUSE = "444444444444"


@pytest.fixture(scope="module")
def prod(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Checkout]:
    """The checkout in which prod is applied."""
    made = copy_checkout(tmp_path_factory.mktemp("bookstore-prod") / "stagecraft")
    try:
        finished = made.invoke("apply", *PROD, "--yes", timeout=1800)
        assert finished.code == 0, finished.out + finished.err
        yield made
    finally:
        made.invoke("local.stop")


@pytest.fixture(scope="module")
def shop(prod: Checkout) -> System:
    return applied(prod, "prod")


def client(shop, service, account=None, region="us-east-1"):
    return boto3.client(
        service,
        endpoint_url=shop.endpoint,
        region_name=region,
        aws_access_key_id=account or shop.account,
        aws_secret_access_key=SECRET_KEY,
    )


def test_a_second_plan_is_empty(prod):
    finished = prod.invoke("plan", *PROD, "--json")
    assert changing(json.loads(finished.out)) == {}, finished.err


def test_what_is_written_in_one_region_is_read_in_the_other(shop):
    table = shop.outputs["tables"]["table_names"]["reviews"]
    item = {"book_id": {"S": "b-1"}, "review_id": {"S": uuid4().hex}, "stars": {"N": "5"}}
    client(shop, "dynamodb").put_item(TableName=table, Item=item)
    key = {name: item[name] for name in ("book_id", "review_id")}
    west = client(shop, "dynamodb", region="us-west-2")
    assert west.get_item(TableName=table, Key=key, ConsistentRead=True)["Item"] == item


@pytest.mark.parametrize(
    ("source", "kind", "taken"),
    [
        pytest.param("acme.warehouse", "OrderShipped", True, id="what it was let in for"),
        pytest.param("acme.bookstore", "OrderShipped", False, id="in our name"),
        pytest.param("acme.warehouse", "OrderPlaced", False, id="something else"),
    ],
)
def test_the_warehouse_tells_from_its_own_account_what_it_sent_and_nothing_else(shop, source, kind, taken):
    entry = {
        "Source": source,
        "DetailType": kind,
        "Detail": json.dumps({"order_id": "o-1"}),
        "EventBusName": shop.outputs["events"]["bus_arn"],
    }
    answer = client(shop, "events", account=WAREHOUSE).put_events(Entries=[entry])
    assert (answer["FailedEntryCount"] == 0) is taken


def lift_protection(prod):
    """What a person types before prod may go: two values, and an apply of the two units."""
    folder = "live/prod/us-east-1/bookstore"
    database = prod.path / folder / "database" / "terraform.tfvars"
    database.write_text(f"{database.read_text()}\ndeletion_protection = false\n")
    tables = prod.path / folder / "tables" / "terraform.tfvars"
    replicas = "replicas         = { us-west-2 = {} }"
    lifted = f"{replicas}\n    deletion_protection = false"
    tables.write_text(tables.read_text().replace(replicas, lifted))
    for unit in ("database", "tables"):
        done = prod.invoke("apply", "--env", "prod", "--local", "--unit", f"bookstore/{unit}", "--yes")
        assert done.code == 0, done.out + done.err


def test_what_holds_data_stays_until_its_protection_is_lifted_and_then_nothing_is_left(prod, shop):
    destroy = ("destroy", *PROD, "--yes", "--allow", "*")
    assert prod.invoke(*destroy, timeout=1800).code == 1
    tables = shop.client("dynamodb").list_tables()["TableNames"]
    assert set(shop.outputs["tables"]["table_names"].values()) <= set(tables)
    lift_protection(prod)
    finished = prod.invoke(*destroy, timeout=1800)
    assert finished.code == 0, finished.out + finished.err
    again = prod.invoke("destroy", *PROD, "--yes")
    assert (again.code, again.out) == (0, "Nothing to destroy: no chosen unit has resources.\n")
