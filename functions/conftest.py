"""Load a function as Lambda does: its folder and the shared files are the import path, and nothing else.

Every function has a module named ``handler``, so each test file gets its own, imported anew.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

FUNCTIONS = Path(__file__).resolve().parent


@pytest.fixture
def handler(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """Import the handler beside the test file, with fresh modules and no way out to a real account."""
    folder = request.path.parent
    for key, value in {
        "AWS_ACCESS_KEY_ID": "111111111111",
        "AWS_SECRET_ACCESS_KEY": "offline",
        "AWS_REGION": "us-east-1",
        "AWS_DEFAULT_REGION": "us-east-1",
        "EVENT_SOURCE": "acme.orders",
    }.items():
        monkeypatch.setenv(key, value)
    for key in ("AWS_ENDPOINT_URL", "AWS_CA_BUNDLE", "AWS_PROFILE"):
        monkeypatch.delenv(key, raising=False)
    monkeypatch.syspath_prepend(str(FUNCTIONS / "_shared"))
    monkeypatch.syspath_prepend(str(folder))
    names = [path.stem for path in [*folder.glob("*.py"), *(FUNCTIONS / "_shared").glob("*.py")]]
    for name in names:
        sys.modules.pop(name, None)
    import handler as loaded

    yield loaded
    for name in names:
        sys.modules.pop(name, None)
