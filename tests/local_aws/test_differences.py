"""The list of differences is readable, complete, and says why each is there."""

from __future__ import annotations

import pytest

from scripts.local_aws.differences import Difference, read

ENTRY = """
[[difference]]
type = "aws_example"
attribute = "name"
emulator = "moto 5.2.5"
reason = "not returned"
"""


def test_the_declared_list_can_be_read():
    assert all(isinstance(entry, Difference) for entry in read())


def test_an_entry_becomes_a_value(tmp_path):
    path = tmp_path / "differences.toml"
    path.write_text(ENTRY)
    assert read(path) == (Difference("aws_example", "name", "moto 5.2.5", "not returned"),)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param(
            ENTRY.replace('reason = "not returned"', ""),
            r"difference 1: missing \['reason'\]",
            id="no reason",
        ),
        pytest.param(ENTRY.replace('"not returned"', '" "'), r"missing \['reason'\]", id="an empty reason"),
        pytest.param(ENTRY + 'atribute = "x"\n', r"unknown \['atribute'\]", id="a misspelt key"),
    ],
)
def test_a_wrong_entry_is_named(tmp_path, text, message):
    path = tmp_path / "differences.toml"
    path.write_text(text)
    with pytest.raises(ValueError, match=message):
        read(path)
