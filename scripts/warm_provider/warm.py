"""Start the front for one run and end it with the run."""

import contextlib
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from scripts.warm_provider.settings import Settings
from scripts.warm_provider.unit_types import UnreadableModuleError, unit_types
from scripts.warm_provider.upstream import front_environment

PROVIDER_ADDRESS = "registry.terraform.io/hashicorp/aws"
_REPOSITORY = Path(__file__).resolve().parents[2]


def unit_key(unit: str) -> str:
    """Return the short name of a unit's file and socket; the root terragrunt.hcl computes the same."""
    return hashlib.sha1(unit.encode(), usedforsecurity=False).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class WarmProvider:
    """A running front: one region of one environment, with one identity."""

    directory: Path
    process: subprocess.Popen[str]

    @classmethod
    @contextlib.contextmanager
    def start(
        cls,
        provider: Path,
        environment: Mapping[str, str],
        units: Mapping[str, Path],
        state_types: Callable[[str], frozenset[str]] | None,
        cache: Path,
        say: Callable[[str], None],
    ) -> Iterator["WarmProvider"]:
        """Serve *units* (unit path to module folder) until the block is left."""
        directory = Path(tempfile.mkdtemp(prefix="warm-"))
        (directory / "cwd" / "artifacts").mkdir(parents=True)
        types = _types_by_unit(units, state_types, say)
        settings = Settings(
            provider=provider,
            directory=directory,
            schema_file=cache / f"schema-{_identity(provider)}.bin",
            sockets={unit: directory / f"{unit_key(unit)}.sock" for unit in types},
            types=types,
        )
        process = subprocess.Popen(
            [sys.executable, "-m", "scripts.warm_provider"],
            cwd=_REPOSITORY,
            env=front_environment(environment),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,  # Ctrl-C goes to the foreground group; the provider must outlast Terraform
        )
        try:
            assert process.stdin is not None and process.stdout is not None
            process.stdin.write(settings.to_json() + "\n")
            process.stdin.flush()
            process.stdout.readline()
            for unit, socket in settings.sockets.items():
                offer = directory / f"{unit_key(unit)}.json"
                offer.write_text(_reattach(process.pid, socket))
            yield cls(directory, process)
        finally:
            if process.stdin is not None:
                process.stdin.close()
            process.wait()
            shutil.rmtree(directory, ignore_errors=True)


def _reattach(pid: int, socket: Path) -> str:
    address = {"Network": "unix", "String": str(socket)}
    entry = {"Protocol": "grpc", "ProtocolVersion": 5, "Pid": pid, "Test": True, "Addr": address}
    return json.dumps({PROVIDER_ADDRESS: entry})


def _types_by_unit(
    units: Mapping[str, Path],
    state_types: Callable[[str], frozenset[str]] | None,
    say: Callable[[str], None],
) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for unit, module_dir in units.items():
        try:
            found[unit] = unit_types(module_dir) | (state_types(unit) if state_types else frozenset())
        except (UnreadableModuleError, OSError) as error:
            say(f"{unit} runs without the warm provider: {error}.")
    return found


def _identity(provider: Path) -> str:
    """Name this very provider file: hashing its 700 MB at every start would cost what the cache saves."""
    real = provider.resolve()
    seen = os.stat(real)
    text = f"{real}\0{seen.st_size}\0{seen.st_mtime_ns}"
    return hashlib.sha256(text.encode()).hexdigest()[:16]
