"""Start the real provider process and keep it from outliving the front."""

import asyncio
import json
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

START_TIMEOUT = 120.0

# A process that is killed cannot clean up, so the kernel does: PR_SET_PDEATHSIG (1) with SIGKILL (9). Set in a
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


@dataclass(frozen=True, slots=True)
class RealProvider:
    """A running provider process and the unix socket it listens on."""

    process: Process
    socket: str


async def start_provider(binary: Path, cwd: Path, environment: Mapping[str, str]) -> RealProvider:
    """Start *binary* in debug mode, where it serves any number of Terraform processes, and wait for its address."""
    command = [sys.executable, "-I", "-S", "-c", _DIE_WITH_PARENT, str(os.getpid()), str(binary), "-debug"]
    process = await asyncio.create_subprocess_exec(
        *command, cwd=cwd, env=environment, stdin=DEVNULL, stdout=PIPE, stderr=DEVNULL
    )
    try:
        async with asyncio.timeout(START_TIMEOUT):
            return RealProvider(process, await _announced_socket(process))
    except TimeoutError:
        process.kill()
        await process.wait()
        raise ProviderStartError(f"{binary.name} said nothing within {START_TIMEOUT:.0f} s") from None


async def _announced_socket(process: Process) -> str:
    assert process.stdout is not None
    async for line in process.stdout:
        name, _, value = line.decode().strip().partition("=")
        if name == "TF_REATTACH_PROVIDERS":
            offered = json.loads(value.strip("'"))
            (address,) = (entry["Addr"]["String"] for entry in offered.values())
            return str(address)
    raise ProviderStartError(
        f"the provider ended with code {await process.wait()} before it said where it listens"
    )
