"""Start the front for one run and end it with the run."""

import contextlib
import hashlib
import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from scripts.warm_provider.run_folder import RunFolder, run_folder
from scripts.warm_provider.settings import READY, Settings
from scripts.warm_provider.unit_types import UnreadableModuleError, unit_types

PROVIDER_ADDRESS = "registry.terraform.io/hashicorp/aws"
_REPOSITORY = Path(__file__).resolve().parents[2]
_READY_SECONDS = 30.0
_END_SECONDS = 90.0  # longer than the front waits for changes under way

Say = Callable[[str], None]
StateTypes = Callable[[str], frozenset[str]]


def unit_key(unit: str) -> str:
    """Return the short name of a unit's file and socket; the root terragrunt.hcl computes the same."""
    return hashlib.sha1(unit.encode(), usedforsecurity=False).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class WarmProvider:
    """The providers of one environment, with one identity, one a region.

    A unit, named by its path (live/<environment>/<region>/<system>/<unit>), finds in *directory* whom to ask.
    """

    directory: Path
    say: Say

    @classmethod
    @contextlib.contextmanager
    def start(
        cls,
        provider: Path | None,
        environment: Mapping[str, str],
        units: Mapping[str, Path],
        state_types: StateTypes | None,
        cache: Path,
        say: Say,
    ) -> Iterator["WarmProvider"]:
        """Serve *units* (unit path to module folder) until the block is left.

        *environment* is the provider's whole environment. A unit that cannot be served gets no file in
        *directory*, so it runs plain, and *say* (called from another thread, too) tells why. That holds for
        all of them if the front does not start: a run is never refused for want of speed.
        """
        with run_folder() as folder:
            (folder.path / "cwd" / "artifacts").mkdir(parents=True)
            warm = cls(folder.path, say)
            if provider is None:
                say("The provider is not on this machine yet, so this run is plain and slower.")
                yield warm
                return
            with _front_process(folder, environment, say) as front:
                types = _types_by_unit(units, state_types, say)
                settings = Settings(
                    provider=provider,
                    directory=folder.path,
                    schema_file=cache / f"schema-{_identity(provider)}.bin",
                    sockets={unit: folder.path / f"{unit_key(unit)}.sock" for unit in types},
                    types=types,
                )
                if front.serve(settings):
                    for unit, socket in settings.sockets.items():
                        warm._offer(unit).write_text(_reattach(front.process.pid, socket))
                else:
                    say(f"The warm provider did not start, so this run is plain and slower: {front.reason()}")
                yield warm

    @property
    def working_directory(self) -> Path:
        """The folder the provider stands in: put artifacts/<name>.zip here, beside the unit's own copy."""
        return self.directory / "cwd"

    def serves(self, unit: str) -> bool:
        """Tell whether *unit* is served; if not, it runs plain."""
        return self._offer(unit).exists()

    def fall_back(self, unit: str, reason: str) -> None:
        """Let *unit* run plain from now on, and say so once."""
        if self.serves(unit):
            self._offer(unit).unlink()
            self.say(f"{unit} runs without the warm provider: {reason}")

    def _offer(self, unit: str) -> Path:
        return self.directory / f"{unit_key(unit)}.json"


class _Front:
    """The front's process, and the thread that hears what it says."""

    def __init__(self, process: subprocess.Popen[str], log: Path, say: Say) -> None:
        self.process = process
        self._log = log
        self._say = say
        self._heard_enough = threading.Event()
        self._is_ready = False
        self._heard = threading.Thread(target=self._hear, daemon=True)
        self._heard.start()

    def serve(self, settings: Settings) -> bool:
        """Hand over the settings; tell whether all sockets are open."""
        assert self.process.stdin is not None
        with contextlib.suppress(OSError):
            self.process.stdin.write(settings.to_json() + "\n")
            self.process.stdin.flush()
        self._heard_enough.wait(_READY_SECONDS)
        return self._is_ready

    def reason(self) -> str:
        """Return the last thing that the front complained of."""
        lines = self._log.read_text().strip().splitlines()
        return lines[-1] if lines else "it gave no reason."

    def _hear(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if line.strip() == READY:
                self._is_ready = True
                self._heard_enough.set()
            else:
                self._say(line.strip())
        self._heard_enough.set()


@contextlib.contextmanager
def _front_process(folder: RunFolder, environment: Mapping[str, str], say: Say) -> Iterator[_Front]:
    """Start the front while the caller still reads modules; end it by closing its stdin."""
    log = folder.path / "front.log"
    with log.open("w") as complaints:
        process = subprocess.Popen(
            [sys.executable, "-m", "scripts.warm_provider"],
            cwd=_REPOSITORY,
            # gRPC's fork handlers are of no use here and may hang.
            env={**environment, "GRPC_ENABLE_FORK_SUPPORT": "0", "GRPC_VERBOSITY": "NONE"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=complaints,
            text=True,
            pass_fds=[folder.lock],  # keeps the folder from being swept while the front lives
            start_new_session=True,  # Ctrl-C reaches a whole group, and Terraform needs the provider to stop
        )
    front = _Front(process, log, say)
    try:
        yield front
    finally:
        assert process.stdin is not None
        with contextlib.suppress(OSError):
            process.stdin.close()
        try:
            process.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _reattach(pid: int, socket: Path) -> str:
    address = {"Network": "unix", "String": str(socket)}
    entry = {"Protocol": "grpc", "ProtocolVersion": 5, "Pid": pid, "Test": True, "Addr": address}
    return json.dumps({PROVIDER_ADDRESS: entry})


def _types_by_unit(
    units: Mapping[str, Path], state_types: StateTypes | None, say: Say
) -> dict[str, frozenset[str]]:
    """Return the types of every unit whose types can be told. States may be far away: read many at once."""
    found: dict[str, frozenset[str]] = {}
    for unit, module_dir in units.items():
        try:
            found[unit] = unit_types(module_dir)
        except (UnreadableModuleError, OSError, UnicodeDecodeError) as error:
            say(f"{unit} runs without the warm provider: {error}.")
    if state_types is not None:
        with ThreadPoolExecutor(max_workers=16) as readers:
            for unit, types in zip(found, readers.map(state_types, found), strict=True):
                found[unit] |= types
    return found


def _identity(provider: Path) -> str:
    """Name this very provider file: hashing its 700 MB at every start would cost what the cache saves."""
    real = provider.resolve()
    seen = real.stat()
    text = f"{real}\0{seen.st_size}\0{seen.st_mtime_ns}"
    return hashlib.sha256(text.encode()).hexdigest()[:16]
