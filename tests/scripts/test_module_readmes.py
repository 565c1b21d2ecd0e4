"""The modules' READMEs say what the modules' files say today, and their examples keep the modules' rules."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from scripts.checks.expansion import expand
from scripts.checks.rules import broken_rules
from scripts.checks.values import default_of
from scripts.docs.module_readme import outdated
from scripts.hcl.evaluate import Lazy, Scope
from scripts.hcl.fitting import Fitting
from scripts.hcl.functions import TERRAFORM
from scripts.hcl.parser import parse
from scripts.hcl.types import ANYTHING
from scripts.live.modules import module_paths, read_module

REPOSITORY = Path(__file__).resolve().parents[2]
EXAMPLE = re.compile(r"^## Example\n+```hcl\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def assignments_of(body):
    """The locals of an example."""
    return {
        name: found.value
        for block in body.of_type("locals")
        for name, found in block.body.assignments.items()
    }


def source_of(call):
    """The folder of the module that an example calls."""
    return Fitting(Scope({}, TERRAFORM)).fit(call.body.assignments["source"].value, ANYTHING, "source")


@pytest.mark.parametrize("path", module_paths(REPOSITORY))
def test_the_readme_is_current(path):
    assert [str(finding) for finding in outdated(REPOSITORY, [path])] == []


@pytest.mark.parametrize("path", module_paths(REPOSITORY))
def test_the_example_fits_the_module_and_breaks_none_of_its_rules(path):
    module = read_module(REPOSITORY, path)
    found = EXAMPLE.search((REPOSITORY / path / "README.md").read_text())
    assert found is not None
    body, _ = parse(found[1])
    # What is made beside it is the other module's to check; the values that it gives are not known here.
    (call,) = (one for one in body.of_type("module") if source_of(one) == f"./{path}")
    fitting = Fitting(Scope({"local": Lazy(assignments_of(body), TERRAFORM)}, TERRAFORM))
    values = {
        name: fitting.fit(call.body.assignments[name].value, variable.type, name)
        if name in call.body.assignments
        else default_of(variable)
        for name, variable in module.variables.items()
    }
    assert set(call.body.assignments) - set(module.variables) == {"source"}
    assert [wrong.message for wrong in fitting.mismatches] == []
    required = {name for name, variable in module.variables.items() if variable.required}
    assert required <= set(call.body.assignments)
    instances = expand(module, values, lambda inner: read_module(REPOSITORY, inner))
    assert [
        f"{variable.file}:{validation.line}"
        for instance in instances
        for variable, validation in broken_rules(instance)
    ] == []
