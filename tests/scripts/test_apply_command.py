"""How an apply decides, before anything is started."""

import pytest

from scripts.commands.apply import plain
from scripts.commands.options import Flags


@pytest.mark.parametrize(
    ("flags", "warm", "expected"),
    [
        pytest.param(Flags(env="prod"), False, True, id="a real prod is plain"),
        pytest.param(Flags(env="prod"), True, False, id="unless asked"),
        pytest.param(Flags(env="prod", local=True), False, False, id="a rehearsed prod is warm"),
        pytest.param(Flags(env="staging"), False, False, id="other environments are warm"),
        pytest.param(Flags(env="staging", plain=True), True, True, id="plain is plain"),
    ],
)
def test_who_gets_a_provider_of_its_own(flags: Flags, warm: bool, expected: bool) -> None:
    assert plain(flags, warm) is expected
