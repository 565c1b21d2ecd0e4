"""A unit whose configuration Terragrunt 1.1.3 cannot work out has failed with the place and the line."""

import json
from pathlib import Path

import pytest

from scripts.configuration_errors import ConfigurationError, configuration_errors, of_unit

MESSAGE = (
    "Run failed: 2 errors occurred:\n\n* {file}:2,41-46: Invalid index; The given key does not identify an "
    "element in this collection value.\n\n* Unit '/tmp/c' did not run due to a failure in '/tmp/b'\n"
)
UNIT = "live/dev/us-east-1/shop/orders"


def error(file: str) -> ConfigurationError:
    return ConfigurationError("Invalid index", "", file, 3)


def test_it_says_where_and_shows_the_line_once(tmp_path: Path) -> None:
    file = tmp_path / "live/_units/shop/orders.hcl"
    file.parent.mkdir(parents=True)
    file.write_text('inputs = {\n  key = dependency.keys.outputs.key_arns["orders"]\n}\n')
    far = tmp_path / "live/dev/us-east-1/shop/orders/../../../../_units/shop/orders.hcl"
    said = json.dumps({"level": "error", "msg": MESSAGE.format(file=far)})
    assert configuration_errors([said, "no JSON", "[]", said], tmp_path) == (
        ConfigurationError(
            "Invalid index",
            "The given key does not identify an element in this collection value.\n"
            '  key = dependency.keys.outputs.key_arns["orders"]',
            "live/_units/shop/orders.hcl",
            2,
        ),
    )


def test_a_file_that_is_gone_is_named_without_its_line(tmp_path: Path) -> None:
    said = json.dumps({"msg": MESSAGE.format(file=tmp_path / "gone.hcl")})
    (found,) = configuration_errors([said], tmp_path)
    assert (found.file, found.line, found.detail.count("\n")) == ("gone.hcl", 2, 0)


@pytest.mark.parametrize(
    "own", ["live/_units/shop/orders.hcl", f"{UNIT}/terragrunt.hcl"], ids=["definition", "unit"]
)
def test_a_unit_is_told_of_its_own_files(own: str) -> None:
    assert of_unit([error("live/_units/shop/mail.hcl"), error(own)], UNIT) == (error(own),)


def test_a_unit_whose_files_are_called_otherwise_is_told_of_all() -> None:
    others = (error("live/_units/shop/containers.hcl"), error("live/_units/shop/mail.hcl"))
    assert of_unit(others, UNIT) == others
