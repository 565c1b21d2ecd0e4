"""`invoke validate` looks at the values of the units that were chosen, and always at the tree as a whole."""

from __future__ import annotations

import pytest

from scripts.commands import validate as command
from scripts.commands.options import Flags
from tests.scripts.scratch import TFVARS, build, edited

WRONG_VALUE = edited(TFVARS, "retention_days = 4", "retention_days = 40")
NO_HCL = edited(TFVARS, "retention_days = 4", "retention_days = = 4")


@pytest.mark.parametrize(
    ("change", "flags", "code", "said"),
    [
        pytest.param({}, Flags(), 0, "4 units: fine.", id="a sound tree"),
        pytest.param({}, Flags(env="dev"), 0, "2 units: fine.", id="a sound environment"),
        pytest.param({}, Flags(env="dev", unit="key"), 0, "1 unit: fine.", id="a sound unit"),
        pytest.param(WRONG_VALUE, Flags(), 3, "4 units: 1 finding.", id="all"),
        pytest.param(WRONG_VALUE, Flags(env="dev"), 3, "2 units: 1 finding.", id="its environment"),
        pytest.param(WRONG_VALUE, Flags(env="prod"), 0, "2 units: fine.", id="another environment"),
        pytest.param(WRONG_VALUE, Flags(system="platform"), 0, "2 units: fine.", id="another system"),
        pytest.param(NO_HCL, Flags(env="prod"), 3, "2 units: 1 finding.", id="no HCL in another environment"),
    ],
)
def test_the_flags_choose_whose_values_are_checked(tmp_path, monkeypatch, capsys, change, flags, code, said):
    monkeypatch.setenv("STAGECRAFT_TREE", str(build(tmp_path, change)))
    assert command.validate(flags) == code
    assert capsys.readouterr().out.splitlines()[-1] == said
