"""The front's own process: it reads its settings from stdin and serves until stdin is closed."""

import asyncio
import contextlib
import os
import resource
import shutil
import signal
import sys

from scripts.warm_provider.front import Front
from scripts.warm_provider.real_provider import provider_environment
from scripts.warm_provider.settings import READY, Settings
from scripts.warm_provider.upstream import Upstream


async def main() -> None:
    """Serve every unit until the end of the run: SIGTERM, or stdin closed because the parent is gone."""
    loop = asyncio.get_running_loop()
    ended = asyncio.Event()
    settings = Settings.from_json(sys.stdin.readline())
    loop.add_signal_handler(signal.SIGTERM, ended.set)
    loop.add_reader(sys.stdin.fileno(), _hear_parent, ended)

    environment = provider_environment(os.environ, settings.directory)
    fronts: list[Front] = []
    try:
        for units in settings.regions().values():
            upstream = Upstream(settings.provider, settings.working_directory, environment, _say)
            fronts.append(Front(upstream, settings.schema_file))
            await fronts[-1].listen({unit: settings.sockets[unit] for unit in units}, settings.types)
        _say(READY)
        await ended.wait()
    finally:
        await asyncio.gather(*(front.close() for front in fronts))
        shutil.rmtree(settings.directory, ignore_errors=True)


def _hear_parent(ended: asyncio.Event) -> None:
    """The parent never writes after the settings, so what is read here is the end."""
    asyncio.get_running_loop().remove_reader(sys.stdin.fileno())
    ended.set()


def _say(message: str) -> None:
    """Hand a message to the parent, which may be gone."""
    with contextlib.suppress(OSError):
        print(message, flush=True)


def _allow_many_sockets() -> None:
    """A unit takes a socket and a connection or two; the usual soft limit of 1,024 files is for 300 units."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


_allow_many_sockets()
asyncio.run(main())
