"""platform and bookstore as staging and prod have them: each with its sizes and regions, on an embedded AWS of its own."""

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

WAREHOUSE = "444444444444"
HOLDING_DATA = ("aws_db_instance", "aws_dynamodb_table", "aws_cognito_user_pool")
PROTECTED = {
    "auth": ("mfa ", "deletion_protection = false\nmfa "),
    "database": ("multi_az ", "deletion_protection = false\nmulti_az "),
    "load-balancer": ("deletion_protection = true", "deletion_protection = false"),
    "load-balancer-link": ("deletion_protection = true", "deletion_protection = false"),
    "tables": ("{ us-west-2 = {} }", "{ us-west-2 = {} }\n    deletion_protection = false"),
}
"""What AWS refuses to delete in prod, and the line that a person edits before it may go."""

in_prod = pytest.mark.parametrize("environment", ["prod"], indirect=True, scope="module")


@pytest.fixture(scope="module", params=["staging", "prod"])
def environment(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture(scope="module")
def selected(environment: str) -> tuple[str, ...]:
    """The flags that choose everything quick of it."""
    return ("--env", environment, "--local", *EVERYTHING_QUICK)


@pytest.fixture(scope="module")
def place(
    environment: str, selected: tuple[str, ...], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Checkout]:
    """The checkout in which the environment is applied."""
    made = copy_checkout(tmp_path_factory.mktemp(f"bookstore-{environment}") / "stagecraft")
    try:
        finished = made.invoke("apply", *selected, "--yes", timeout=1800)
        assert finished.code == 0, finished.out + finished.err
        yield made
    finally:
        made.invoke("local.stop")


@pytest.fixture(scope="module")
def system(environment: str, place: Checkout) -> System:
    return applied(place, environment)


def client(system, service, account=None, region="us-east-1"):
    return boto3.client(
        service,
        endpoint_url=system.endpoint,
        region_name=region,
        aws_access_key_id=account or system.account,
        aws_secret_access_key=SECRET_KEY,
    )


def tables(system):
    return set(system.client("dynamodb").list_tables()["TableNames"])


def test_a_second_plan_is_empty(place, selected):
    finished = place.invoke("plan", *selected, "--json")
    assert changing(json.loads(finished.out)) == {}, finished.err


@in_prod
def test_what_is_written_in_one_region_is_read_in_the_other(system):
    table = system.outputs["tables"]["table_names"]["reviews"]
    item = {"book_id": {"S": "b-1"}, "review_id": {"S": uuid4().hex}, "stars": {"N": "5"}}
    client(system, "dynamodb").put_item(TableName=table, Item=item)
    key = {name: item[name] for name in ("book_id", "review_id")}
    west = client(system, "dynamodb", region="us-west-2")
    assert west.get_item(TableName=table, Key=key, ConsistentRead=True)["Item"] == item


@pytest.mark.parametrize(
    ("source", "kind", "taken"),
    [
        pytest.param("acme.warehouse", "OrderShipped", True, id="what it was let in for"),
        pytest.param("acme.bookstore", "OrderShipped", False, id="in our name"),
        pytest.param("acme.warehouse", "OrderPlaced", False, id="something else"),
    ],
)
def test_the_warehouse_tells_from_its_own_account_what_it_sent_and_nothing_else(system, source, kind, taken):
    entry = {
        "Source": source,
        "DetailType": kind,
        "Detail": json.dumps({"order_id": "o-1"}),
        "EventBusName": system.outputs["events"]["bus_arn"],
    }
    answer = client(system, "events", account=WAREHOUSE).put_events(Entries=[entry])
    assert (answer["FailedEntryCount"] == 0) is taken


def test_what_holds_data_does_not_go_unless_it_is_named(place, selected, system):
    before = tables(system)
    refused = place.invoke("destroy", *selected, "--yes")
    assert refused.code == 3, refused.out + refused.err
    assert [kind for kind in HOLDING_DATA if kind not in refused.out + refused.err] == []
    assert tables(system) == before


def lift_protection(place):
    """What a person types before prod may go: a line in each of five files, and an apply of their units."""
    for unit, (old, new) in PROTECTED.items():
        file = place.path / "live/prod/us-east-1/bookstore" / unit / "terraform.tfvars"
        text = file.read_text()
        assert old in text, unit
        file.write_text(text.replace(old, new))
    for unit in PROTECTED:
        done = place.invoke("apply", "--env", "prod", "--local", "--unit", f"bookstore/{unit}", "--yes")
        assert done.code == 0, done.out + done.err


@in_prod
def test_named_or_not_prods_data_stays_until_its_protection_is_lifted(place, selected, system):
    finished = place.invoke("destroy", *selected, "--yes", "--allow", "*", timeout=1800)
    assert finished.code == 3, finished.out + finished.err
    assert set(system.outputs["tables"]["table_names"].values()) <= tables(system)
    lift_protection(place)


def test_destroy_then_leaves_nothing(place, selected, system):
    finished = place.invoke("destroy", *selected, "--yes", "--allow", "*", timeout=1800)
    assert finished.code == 0, finished.out + finished.err
    again = place.invoke("destroy", *selected, "--yes")
    assert (again.code, again.out) == (0, "Nothing to destroy: no chosen unit has resources.\n")
    assert tables(system) == set()
