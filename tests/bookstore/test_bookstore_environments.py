"""platform and bookstore as staging and prod have them: each with its sizes and regions, on an embedded AWS of its own."""

import json
from collections.abc import Iterator
from uuid import uuid4

import pytest

from tests.bookstore.system import EVERYTHING_QUICK, changing
from tests.checkout import Checkout, own_checkout
from tests.requests.system import System, rehearsed

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
    with own_checkout(tmp_path_factory.mktemp(f"bookstore-{environment}")) as made:
        finished = made.invoke("apply", *selected, "--yes", timeout=1800)
        assert finished.code == 0, finished.out + finished.err
        yield made


@pytest.fixture(scope="module")
def system(environment: str, place: Checkout) -> System:
    return rehearsed(place, environment, "bookstore")


def tables(system):
    return set(system.client("dynamodb").list_tables()["TableNames"])


def test_a_second_plan_is_empty(place, selected):
    finished = place.invoke("plan", *selected, "--json")
    assert changing(json.loads(finished.out)) == {}, finished.err


@in_prod
def test_what_is_written_in_one_region_is_read_in_the_other(place, system):
    table = system.outputs["tables"]["table_names"]["reviews"]
    item = {"book_id": {"S": "b-1"}, "review_id": {"S": uuid4().hex}, "stars": {"N": "5"}}
    system.client("dynamodb").put_item(TableName=table, Item=item)
    key = {name: item[name] for name in ("book_id", "review_id")}
    west = place.client("dynamodb", "us-west-2", account=system.account)
    assert west.get_item(TableName=table, Key=key, ConsistentRead=True)["Item"] == item


@pytest.mark.parametrize(
    ("source", "kind", "taken"),
    [
        pytest.param("acme.warehouse", "OrderShipped", True, id="what it was let in for"),
        pytest.param("acme.bookstore", "OrderShipped", False, id="in our name"),
        pytest.param("acme.warehouse", "OrderPlaced", False, id="something else"),
    ],
)
def test_the_warehouse_tells_from_its_own_account_what_it_sent_and_nothing_else(
    place, system, source, kind, taken
):
    entry = {
        "Source": source,
        "DetailType": kind,
        "Detail": json.dumps({"order_id": "o-1"}),
        "EventBusName": system.outputs["events"]["bus_arn"],
    }
    answer = place.client("events", account=WAREHOUSE).put_events(Entries=[entry])
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
