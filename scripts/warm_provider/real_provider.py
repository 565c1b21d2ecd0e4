"""Start the real provider process and keep it from outliving the front."""

import asyncio
import contextlib
import json
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Mapping
from pathlib import Path

from scripts.warm_provider.sizing import machine_memory, provider_memory_limit

_START_SECONDS = 120.0
_END_SECONDS = 5.0

# A killed process cannot clean up, so the kernel does it: PR_SET_PDEATHSIG is 1, SIGKILL is 9. It is set in a
# small Python in between, because code between fork and exec may hang in a process that has threads.
_DIE_WITH_PARENT = """
import ctypes, os, sys
if sys.platform == "linux":
    ctypes.CDLL(None).prctl(1, 9)
if os.getppid() != int(sys.argv[1]):
    sys.exit("the process that asked for the provider is gone")
os.execv(sys.argv[2], sys.argv[2:])
"""


class ProviderStartError(Exception):
    """The provider ended, or said nothing usable, before it could be asked."""


class RealProvider:
    """A running provider process and the unix socket it listens on."""

    def __init__(self, process: Process, socket: str, log: Path) -> None:
        self.socket = socket
        self._log = log
        self._process = process
        self._ended = asyncio.create_task(_outlast(process))

    @property
    def is_alive(self) -> bool:
        """Whether the process was alive when last heard of."""
        return not self._ended.done()

    @property
    def how_it_ended(self) -> str:
        """Name the signal or the exit code, and the panic if there was one."""
        code = self._process.returncode
        how = signal.Signals(-code).name if code is not None and code < 0 else f"exit code {code}"
        lines = self._log.read_text(errors="replace").splitlines() if self._log.is_file() else []
        return ", ".join([how, *[line for line in lines if line.startswith("panic: ")][-1:]])

    async def has_ended(self) -> bool:
        """Tell whether the process is gone, or just going: a broken connection shows before the end."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(asyncio.shield(self._ended), _END_SECONDS)
        return self._ended.done()

    async def kill(self) -> None:
        """End the process and wait until it is gone."""
        if self._process.returncode is None:
            self._process.kill()
        await self._ended


async def start_provider(binary: Path, cwd: Path, environment: Mapping[str, str]) -> RealProvider:
    """Start *binary* in debug mode, in which it serves any number of Terraform processes."""
    log = cwd.parent / "provider.log"
    command = [sys.executable, "-I", "-S", "-c", _DIE_WITH_PARENT, str(os.getpid()), str(binary), "-debug"]
    with log.open("ab") as complaints:
        process = await asyncio.create_subprocess_exec(
            *command, cwd=cwd, env=environment, stdin=DEVNULL, stdout=PIPE, stderr=complaints
        )
    try:
        async with asyncio.timeout(_START_SECONDS):
            socket = await _announced_socket(process)
    except BaseException as error:
        if process.returncode is None:
            process.kill()
        await process.wait()
        if isinstance(error, TimeoutError):
            raise ProviderStartError(f"the provider said nothing for {_START_SECONDS:.0f} s") from None
        raise
    return RealProvider(process, socket, log)


def provider_environment(environment: Mapping[str, str], socket_folder: Path) -> dict[str, str]:
    """Return what the provider is started with: the run's identity, a lazier collector, no log.

    A log at debug level holds the bodies of requests, and what Terraform reads with it is not connected here.
    """
    limit = provider_memory_limit(machine_memory())
    defaults = {"GOGC": "400", "GOMEMLIMIT": str(limit)}
    made = {**defaults, **environment, "PLUGIN_UNIX_SOCKET_DIR": str(socket_folder)}
    # With a bundle and a plain http endpoint, concurrent configurations fail: "unable to add custom RootCAs".
    if any(
        value.startswith("http://") for name, value in made.items() if name.startswith("AWS_ENDPOINT_URL")
    ):
        made.pop("AWS_CA_BUNDLE", None)
    unwanted = ("TF_LOG", "TF_REATTACH_PROVIDERS", "TF_PLUGIN_MAGIC_COOKIE")
    return {name: value for name, value in made.items() if not name.startswith(unwanted)}


async def _announced_socket(process: Process) -> str:
    assert process.stdout is not None
    async for line in process.stdout:
        name, _, value = line.decode(errors="replace").strip().partition("=")
        if name == "TF_REATTACH_PROVIDERS":
            offered = json.loads(value.strip("'"))
            (address,) = (entry["Addr"]["String"] for entry in offered.values())
            return str(address)
    code = await process.wait()
    raise ProviderStartError(f"the provider ended with code {code} before it said where it listens")


async def _outlast(process: Process) -> None:
    """Read away what the provider still prints, or it would stop at a full pipe, until it ends."""
    assert process.stdout is not None
    while await process.stdout.read(65536):
        pass
    await process.wait()
