"""platform and pyshop on the embedded AWS: applied, stable, free of secrets, released, gone without a trace."""

from __future__ import annotations

import json
import re

import pytest

from scripts.local_aws.lifecycle import SECRET_KEY
from scripts.machine import REPOSITORY
from tests.rehearsal.pyshop import DEV, SELECTED, Shop

pytestmark = pytest.mark.slow

SECRETS = ("acme-dev-pyshop-db-password", "acme-dev-pyshop-db-connection", "acme-dev-pyshop-db-SECRET_KEY")
PARAMETER = "/acme-dev-pyshop-api/image-tag"
RELEASED = {
    "module.service.aws_ecs_service.rolling[0]": "update",
    "module.service.aws_ecs_task_definition.this": "replace",
}


def test_pyshop_applies_and_its_second_plan_is_empty(pyshop: Shop) -> None:
    assert pyshop.changes() == {}


def test_every_unit_of_pyshop_stands(pyshop: Shop) -> None:
    shown = pyshop.checkout.invoke_json("output", *DEV, "--system", "pyshop")
    outputs = {unit.rpartition("/")[2]: values for unit, values in shown.items()}
    assert outputs["service"]["service_name"] == "acme-dev-pyshop-api"
    assert outputs["dns-zone"]["plain_http"] is True
    assert outputs["database"]["secret_references"].keys() == {"DATABASE_URL", "SECRET_KEY"}


def test_no_secret_stands_in_a_state_a_plan_or_a_log(pyshop: Shop) -> None:
    manager = pyshop.checkout.client("secretsmanager")
    texts = [manager.get_secret_value(SecretId=name)["SecretString"] for name in SECRETS]
    connection = json.loads(texts[1])
    secrets = [texts[0], texts[2], connection["password"], connection["DATABASE_URL"]]
    assert connection["password"] == texts[0]
    assert min(map(len, secrets)) >= 32
    assert pyshop.changes() == {}
    held = pyshop.left_behind()
    assert sum("tfstate" in place for place in held) >= 10
    assert sum("tfplan" in place for place in held) >= 10
    for secret in (*secrets, SECRET_KEY):
        assert [place for place, text in held.items() if secret.encode() in text] == []
        assert secret not in pyshop.applied.out + pyshop.applied.err


def test_a_released_tag_is_what_the_next_plan_runs_and_nothing_else(pyshop: Shop) -> None:
    parameters = pyshop.checkout.client("ssm")
    parameters.put_parameter(Name=PARAMETER, Value="v2", Type="String", Overwrite=True)
    assert pyshop.changes() == {"service": RELEASED}
    finished = pyshop.checkout.invoke("apply", *DEV, "--system", "pyshop", "--unit", "service", "--yes")
    assert finished.code == 0, finished.out + finished.err
    assert pyshop.changes() == {}
    assert parameters.get_parameter(Name=PARAMETER)["Parameter"]["Value"] == "v2"


def test_the_release_that_the_document_shows_goes_there_and_back(pyshop: Shop) -> None:
    """docs/release.md, as it is written; then what another tag leaves behind is what stood there before."""
    block = re.search(r"```sh\n(.*?)```", (REPOSITORY / "docs/release.md").read_text(), re.DOTALL)
    assert block is not None
    finished = pyshop.checkout.type(block[1])
    assert finished.code == 0, finished.out + finished.err
    assert "v1.4.2" in finished.out
    assert pyshop.changes() == {}


@pytest.mark.last
def test_the_database_is_not_destroyed_unless_it_is_named(pyshop: Shop) -> None:
    finished = pyshop.checkout.invoke("destroy", *SELECTED, "--yes")
    assert finished.code == 3
    assert "aws_db_instance.this" in finished.err


@pytest.mark.last
def test_pyshop_is_destroyed_to_nothing(pyshop: Shop) -> None:
    finished = pyshop.checkout.invoke("destroy", *SELECTED, "--yes", "--allow", "*")
    assert finished.code == 0, finished.out + finished.err
    again = pyshop.checkout.invoke("destroy", *SELECTED, "--yes")
    assert (again.code, again.out) == (0, "Nothing to destroy: no chosen unit has resources.\n")
