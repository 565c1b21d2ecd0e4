"""A rotation is one number in a tfvars; everything else in the file stays as it was written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.checks.finding import Refused
from scripts.hcl.evaluate import evaluate
from scripts.hcl.parser import parse
from scripts.secrets.versions import KEYED, WHOLE, choose, raised


def values(text: str) -> dict[str, object]:
    return {name: evaluate(each.value) for name, each in parse(text)[0].assignments.items()}


@pytest.mark.parametrize(
    ("text", "key", "expected"),
    [
        ("", "", "\n\npassword_version = 2\n"),
        ("size = 1 # a reason\n", "", "size = 1 # a reason\n\npassword_version = 2\n"),
        (
            "password_version = 9 # monthly\nsize = 9\n",
            "",
            "password_version = 10 # monthly\nsize = 9\n",
        ),
        ("size = 1\n", "KEY", "size = 1\n\napplication_secret_versions = { KEY = 2 }\n"),
        (
            "application_secret_versions = { KEY = 4, OTHER = 4 }\n",
            "OTHER",
            "application_secret_versions = { KEY = 4, OTHER = 5 }\n",
        ),
        (
            "application_secret_versions = { MY_KEY = 4, KEY = 7 }\n",
            "KEY",
            "application_secret_versions = { MY_KEY = 4, KEY = 8 }\n",
        ),
        (
            "application_secret_versions = {\n  KEY = 4 # since March\n}\n",
            "KEY",
            "application_secret_versions = {\n  KEY = 5 # since March\n}\n",
        ),
        (
            'application_secret_versions = { "KEY" : 4 }\n',
            "KEY",
            'application_secret_versions = { "KEY" : 5 }\n',
        ),
        (
            "application_secret_versions = { OTHER = 3 }\n",
            "KEY",
            "application_secret_versions = { KEY = 2,  OTHER = 3 }\n",
        ),
        ("application_secret_versions = {}\n", "KEY", "application_secret_versions = { KEY = 2}\n"),
    ],
)
def test_the_version_is_raised_where_it_stands(text: str, key: str, expected: str) -> None:
    made = raised("terraform.tfvars", text, KEYED if key else WHOLE, key)
    assert made.text == expected
    assert made.after == made.before + 1


@given(
    st.dictionaries(
        st.sampled_from(["size", "days", "retention_days", "class"]), st.integers(0, 99), max_size=4
    ),
    st.none() | st.integers(1, 99),
    st.booleans(),
)
def test_nothing_else_changes(others: dict[str, int], version: int | None, first: bool) -> None:
    lines = [f"{name} = {value}" for name, value in others.items()]
    if version is not None:
        lines.insert(0 if first else len(lines), f"password_version = {version}")
    made = raised("terraform.tfvars", "\n".join(lines) + "\n", WHOLE, "")
    assert values(made.text) == {**others, WHOLE: (version or 1) + 1}


@pytest.mark.parametrize(
    "text",
    [
        "password_version = 1 + 1\n",
        'password_version = "3"\n',
        "password_version = -1\n",
        "password_version = 1.5\n",
    ],
)
def test_what_cannot_be_edited_safely_is_left_to_people(text: str) -> None:
    with pytest.raises(Refused, match="by hand"):
        raised("terraform.tfvars", text, WHOLE, "")


def test_a_module_without_such_a_secret_is_refused() -> None:
    assert choose("unit", [WHOLE, KEYED], "KEY") == KEYED
    assert choose("unit", [WHOLE, KEYED], "") == WHOLE
    with pytest.raises(Refused, match="no variable application_secret_versions"):
        choose("unit", [WHOLE], "KEY")
