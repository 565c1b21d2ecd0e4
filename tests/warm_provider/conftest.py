"""A fake provider for what must be fast and exact, and the real one for what must be true."""

import contextlib
import json
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import grpc
import pytest

from scripts.toolchain import provider_binary
from scripts.warm_provider import WarmProvider, unit_key
from scripts.warm_provider.wire import encode_field

PROVIDER = "/tfplugin5.Provider/"
FAKE = Path(__file__).with_name("fake_provider.py")
DEADLINE = 60.0
UNLIMITED = [("grpc.max_receive_message_length", -1), ("grpc.max_send_message_length", -1)]


def schema_answer(**kinds: list[str]) -> bytes:
    """Encode a schema answer whose entries say what they are."""
    numbers = {"resources": 2, "data": 3, "ephemeral": 8}
    entries = [
        encode_field(
            numbers[kind], encode_field(1, name.encode()) + encode_field(2, f"schema of {name}".encode())
        )
        for kind, names in kinds.items()
        for name in names
    ]
    return encode_field(1, b"the provider block") + b"".join(entries)


def eventually(condition: Callable[[], bool], what: str) -> None:
    """Poll until *condition* holds, or fail with *what* was waited for."""
    deadline = time.monotonic() + DEADLINE
    while not condition():
        assert time.monotonic() < deadline, f"not within {DEADLINE:.0f} s: {what}"
        time.sleep(0.01)


@dataclass
class Unit:
    """A Terraform process's end of one unit's socket."""

    offer: dict[str, object]

    def __post_init__(self) -> None:
        self.pid = int(str(self.offer["Pid"]))
        self.socket = Path(self.offer["Addr"]["String"])  # type: ignore[index]
        self.channel = grpc.insecure_channel(f"unix:{self.socket}", options=UNLIMITED)

    def ask(self, method: str, request: bytes = b"") -> bytes:
        return self.channel.unary_unary(PROVIDER + method)(request, timeout=DEADLINE)

    def ask_later(self, method: str, request: bytes = b"") -> grpc.Future:
        return self.channel.unary_unary(PROVIDER + method).future(request, timeout=DEADLINE)


@dataclass
class Fake:
    """The fake provider's file and what it has noted."""

    binary: Path
    notes: Path
    environment: dict[str, str]
    cache: Path
    said: list[str] = field(default_factory=list)

    @property
    def calls(self) -> list[str]:
        path = self.notes / "calls"
        return path.read_text().splitlines() if path.exists() else []

    def starts(self) -> list[int]:
        return [int(call.split()[1]) for call in self.calls if call.startswith("start ")]

    @contextlib.contextmanager
    def serving(self, **units: Path) -> Iterator[dict[str, Unit]]:
        start = WarmProvider.start(self.binary, self.environment, units, None, self.cache, self.said.append)
        with start as warm:
            yield {unit: attached(warm.directory, unit) for unit in units}


def attached(directory: Path, unit: str) -> Unit:
    """Connect as Terraform would that was given the unit's file."""
    (offer,) = json.loads((directory / f"{unit_key(unit)}.json").read_text()).values()
    return Unit(offer)


@pytest.fixture
def fake(tmp_path: Path) -> Fake:
    binary = tmp_path / "terraform-provider-fake"
    binary.write_text(f"#!{sys.executable}\n{FAKE.read_text()}")
    binary.chmod(0o755)
    notes = tmp_path / "notes"
    notes.mkdir()
    schema = schema_answer(resources=["aws_queue", "aws_table"], data=["aws_queue"])
    environment = {
        **os.environ,
        "FAKE_PROVIDER_NOTES": str(notes),
        "FAKE_PROVIDER_SCHEMA": schema.hex(),
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    return Fake(binary, notes, environment, tmp_path / "cache")


@pytest.fixture(name="eventually")
def _eventually() -> Callable[[Callable[[], bool], str], None]:
    return eventually


@pytest.fixture(name="attached")
def _attached() -> Callable[[Path, str], Unit]:
    return attached


@pytest.fixture
def queue_module(tmp_path: Path) -> Path:
    return module(tmp_path / "queue_module", 'resource "aws_queue" "this" {\n}\n')


@pytest.fixture
def table_module(tmp_path: Path) -> Path:
    return module(tmp_path / "table_module", 'resource "aws_table" "this" {\n}\n')


def module(folder: Path, text: str) -> Path:
    folder.mkdir(parents=True)
    (folder / "main.tf").write_text(text)
    return folder


@pytest.fixture(scope="session")
def provider_file() -> Path:
    found = provider_binary()
    assert found, "the provider is not on this machine yet: `terraform init` of any module fetches it"
    return found


@pytest.fixture
def short_tmp() -> Iterator[Path]:
    """A folder with a short name: pytest's own are too long for a unix socket."""
    folder = Path("/tmp") / f"sct{os.getpid()}"
    folder.mkdir(mode=0o700)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)
