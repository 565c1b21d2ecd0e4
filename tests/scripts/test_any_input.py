"""Whatever stands in a file of the tree, validate answers with findings and never with a traceback."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scripts.checks.validate import validate
from scripts.live.tree import read_tree
from tests.scripts.scratch import DEFINITION, FILES, TFVARS, build, files

QUIET = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
VALUE = st.recursive(
    st.sampled_from(
        ["1", "-1", '"a"', '""', "true", "null", "1e99", '"\\u202e"', '"$${x}"', "var.x", 'f("x")']
    ),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]")
        | st.dictionaries(
            st.sampled_from(["orders", "visibility", "dead_letter", '"a b"', '"\\n"']), inner, max_size=3
        ).map(lambda pairs: "{ " + ", ".join(f"{key} = {value}" for key, value in pairs.items()) + " }")
    ),
    max_leaves=10,
)
CHANGED = sorted(
    [TFVARS, DEFINITION, "live/dev/env.hcl", "live/addresses.hcl", "terragrunt.hcl", "live/context.hcl"]
)


def findings_of(root, path, text):
    """Validate the tree with one file changed; every finding is one printable line with a place."""
    found = validate(read_tree(build(root, {path: text})))
    assert all(str(finding).isprintable() and finding.message and finding.path for finding in found)
    lines = (text.encode() if isinstance(text, str) else text).count(b"\n") + 1
    assert all(finding.line <= lines for finding in found if finding.path == path)
    return found


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    return tmp_path_factory.mktemp("tree")


@QUIET
@given(path=st.sampled_from(CHANGED), data=st.binary(max_size=60))
def test_any_bytes_in_any_file_give_findings(root, path, data):
    findings_of(root, path, data)


@QUIET
@given(path=st.sampled_from(CHANGED), data=st.data())
def test_any_piece_cut_out_of_any_file_gives_findings(root, path, data):
    text = files()[path]
    start = data.draw(st.integers(0, len(text)))
    length = data.draw(st.integers(1, 40))
    findings_of(root, path, text[:start] + text[start + length :])


@QUIET
@given(key=st.sampled_from(["queues", "mode", "contact", "retention_days", "networks"]), value=VALUE)
def test_any_value_of_any_key_gives_findings(root, key, value):
    kept = [line for line in FILES[TFVARS].splitlines() if line.startswith(("mode", "contact", "retention"))]
    lines = [line for line in kept if not line.startswith(key)]
    findings_of(root, TFVARS, "\n".join([*lines, f"{key} = {value}"]) + "\n")


@QUIET
@given(name=st.text(min_size=1, max_size=40).filter(lambda text: max(text) < "\ud800"))
def test_any_name_of_a_queue_gives_findings(root, name):
    key = (
        name.replace("\\", "\\\\")
        .replace('"', '\\"')
        .replace("\n", "\\n")
        .replace("${", "$${")
        .replace("%{", "%%{")
    )
    text = FILES[TFVARS].replace("  orders = {", f'  "{key}" = {{')
    findings_of(root, TFVARS, text)
