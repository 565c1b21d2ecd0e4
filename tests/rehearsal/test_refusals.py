"""What is refused before Terraform starts, with code 3, a reason, and nothing changed."""

import time

import pytest

from tests.checkout import Checkout

FOUNDATION = "live/staging/us-east-1/order-analytics/foundation/terraform.tfvars"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param((), "--env: name an environment: dev, prod, staging.", id="no environment"),
        pytest.param(
            ("--env", "pord"),
            'there is no environment "pord"; did you mean "prod"?',
            id="a slip of the finger",
        ),
        pytest.param(
            ("--env", "dev", "--system", "order-analitics"),
            'did you mean "order-analytics"?',
            id="unknown system",
        ),
        pytest.param(("--env", "dev", "--unit", "storag"), 'did you mean "storage"?', id="unknown unit"),
    ],
)
def test_an_unknown_name_is_refused_with_the_nearest_one(
    checkout: Checkout, words: tuple[str, ...], said: str
) -> None:
    finished = checkout.invoke("apply", "--local", "--yes", *words)
    assert finished.code == 3
    assert said in finished.err


def test_without_credentials_an_apply_is_refused_at_once_and_told_of_rehearsals(checkout: Checkout) -> None:
    began = time.monotonic()
    finished = checkout.invoke("apply", "--env", "prod", HOME=str(checkout.path / "nobody"))
    assert finished.code == 3
    assert "there are no AWS credentials" in finished.err
    assert "--local" in finished.err
    assert time.monotonic() - began < 10  # 2 s on an idle machine; the suite runs several at once


def test_credentials_of_another_account_are_refused_before_terraform(checkout: Checkout) -> None:
    url = checkout.invoke("local.start").out.split()[5]
    finished = checkout.invoke(
        "apply", "--env", "prod", "--yes",
        AWS_ENDPOINT_URL=url, AWS_ACCESS_KEY_ID="999999999999", AWS_SECRET_ACCESS_KEY="x",
    )  # fmt: skip
    assert finished.code == 3
    assert (
        "live/prod/env.hcl:4: the credentials belong to account 999999999999, and prod is 333333333333"
        in finished.err
    )


@pytest.mark.parametrize(
    ("line", "said"),
    [
        pytest.param('vpc_cidr_blok = "10.0.0.0/16"', 'did you mean "vpc_cidr_block"?', id="unknown key"),
        pytest.param("flow_logs = 7", "flow_logs", id="wrong type"),
    ],
)
def test_a_wrong_line_in_a_tfvars_is_refused_with_its_place(checkout: Checkout, line: str, said: str) -> None:
    path = checkout.path / FOUNDATION
    before = path.read_text()
    path.write_text(f"{before}\n{line}\n")
    finished = checkout.invoke("apply", "--env", "staging", "--local", "--yes")
    path.write_text(before)
    place = f"{FOUNDATION}:{before.count(chr(10)) + 2}: "
    assert finished.code == 3
    assert place in finished.err and said in finished.err, finished.err
