"""platform and commerce with staging's and with prod's sizes, each on an embedded AWS of its own: one story for both."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.checkout import Checkout, own_checkout
from tests.rehearsal.commerce import CART, LONG, plan, whole
from tests.requests.system import System, rehearsed

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Size:
    """An environment, what it has besides, and what guards its data."""

    environment: str
    searches: bool
    """Its domain takes the provider ten minutes, so one of the two has it."""
    replicas: frozenset[str]
    """The tables that stand in us-west-2, too."""
    guards: tuple[tuple[str, str], ...]
    """Units whose data AWS itself keeps, each with the value beside which a line ends that."""

    @property
    def answer(self) -> int:
        """How a destroy ends that names all data, before anybody lifted the guards."""
        return 3 if self.guards else 0

    @property
    def all(self) -> tuple[str, ...]:
        return whole(self.environment)


STAGING = Size("staging", searches=True, replicas=frozenset(), guards=())
PROD = Size(
    "prod",
    searches=False,
    replicas=frozenset({"acme-prod-commerce-carts", "acme-prod-commerce-sessions"}),
    guards=(("database", "backup_retention_days"), ("sessions", "stream_view_type")),
)


@pytest.fixture(scope="module", params=[STAGING, PROD], ids=lambda size: size.environment)
def size(request: pytest.FixtureRequest) -> Size:
    found: Size = request.param
    return found


@pytest.fixture(scope="module")
def shop(size: Size, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Checkout]:
    """The checkout in which one command has applied it."""
    with own_checkout(tmp_path_factory.mktemp(f"commerce-{size.environment}")) as made:
        if not size.searches:
            (made.path / folder(size) / "search/terraform.tfvars").write_text("domains = {}\n")
        finished = made.invoke("apply", *size.all, "--yes", timeout=LONG)
        assert finished.code == 0, finished.out + finished.err
        yield made


@pytest.fixture(scope="module")
def system(size: Size, shop: Checkout) -> System:
    return rehearsed(shop, size.environment, "commerce")


def folder(size: Size) -> str:
    return f"live/{size.environment}/us-east-1/commerce"


def test_a_second_plan_is_empty(size: Size, shop: Checkout) -> None:
    assert plan(shop, *size.all) == (0, {})


def test_a_session_keeps_its_cart(system: System) -> None:
    session_id = system.patiently("POST", "/sessions").body["session_id"]
    assert system.patiently("PUT", f"/sessions/{session_id}/cart", CART).body["cart"] == CART["items"]
    assert system.patiently("GET", f"/sessions/{session_id}").body["cart"] == CART["items"]


def test_the_search_knows_its_domain_where_there_is_one(size: Size, system: System) -> None:
    """The embedded AWS has the domain and nothing that would answer in it."""
    answer = system.patiently("GET", "/products?q=teapot")
    said = "the search does not answer" if size.searches else "this environment has no search"
    assert (answer.status, answer.body["message"].startswith(said)) == (503, True), answer.body


def test_containers_and_machines_run(system: System) -> None:
    clusters = system.client("ecs").list_clusters()["clusterArns"]
    assert [arn.rpartition("/")[2] for arn in clusters] == [f"{system.name}-containers"]
    groups = system.client("autoscaling").describe_auto_scaling_groups()["AutoScalingGroups"]
    assert [group["AutoScalingGroupName"] for group in groups] == [
        system.outputs["workers"]["group_names"]["imports"]
    ]


def test_only_global_tables_stand_in_the_second_region(size: Size, shop: Checkout, system: System) -> None:
    west = shop.client("dynamodb", "us-west-2", account=system.account)
    assert set(west.list_tables()["TableNames"]) == size.replicas


def test_what_holds_data_goes_by_its_name_and_when_no_line_guards_it_any_more(
    size: Size, shop: Checkout, system: System
) -> None:
    destroy = ("destroy", *size.all, "--yes")
    unnamed = shop.invoke(*destroy)
    assert (unnamed.code, "holds data; name it to lose it" in unnamed.err) == (3, True), unnamed.err
    named = shop.invoke(*destroy, "--allow", "*", timeout=LONG)
    assert named.code == size.answer, named.out + named.err
    assert size.replicas <= set(system.client("dynamodb").list_tables()["TableNames"])
    lift_guards(size, shop)
    finished = shop.invoke(*destroy, "--allow", "*", timeout=LONG)
    assert finished.code == 0, finished.out + finished.err
    again = shop.invoke(*destroy)
    assert (again.code, again.out) == (0, "Nothing to destroy: no chosen unit has resources.\n")


def lift_guards(size: Size, shop: Checkout) -> None:
    """What a person types before prod may go: a line for the database and one a table, and an apply of both units."""
    for unit, beside in size.guards:
        values = shop.path / folder(size) / unit / "terraform.tfvars"
        text = values.read_text()
        assert beside in text
        values.write_text(text.replace(beside, f"deletion_protection = false\n{beside}"))
        chosen = ("--env", size.environment, "--local", "--unit", f"commerce/{unit}")
        lifted = shop.invoke("apply", *chosen, "--yes", timeout=LONG)
        assert lifted.code == 0, lifted.out + lifted.err
