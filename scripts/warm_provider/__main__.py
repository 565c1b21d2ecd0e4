"""The front's own process: reads its settings from stdin, serves until stdin is closed."""

import asyncio
import contextlib
import json
import os
import signal
import sys

from scripts.warm_provider.front import Front
from scripts.warm_provider.settings import Settings
from scripts.warm_provider.upstream import Upstream, provider_environment


async def serve(settings: Settings, ended: asyncio.Event) -> None:
    """Serve every unit until *ended*."""
    environment = provider_environment(os.environ, settings.directory)
    upstream = Upstream(settings.provider, settings.directory / "cwd", environment)
    front = Front(upstream, settings.schema_file)
    try:
        await front.listen(settings.sockets, settings.types)
        print(json.dumps({"ready": True}), flush=True)
        await ended.wait()
    finally:
        await front.close()
        await upstream.close()


async def main() -> None:
    """Wait for the settings, then for the end: stdin closed (the parent is gone, however it went) or SIGTERM."""
    loop = asyncio.get_running_loop()
    ended = asyncio.Event()
    loop.add_signal_handler(signal.SIGTERM, ended.set)
    settings = Settings.from_json(sys.stdin.readline())

    def parent_is_gone() -> None:
        with contextlib.suppress(BlockingIOError):
            if not os.read(sys.stdin.fileno(), 4096):
                loop.remove_reader(sys.stdin.fileno())
                ended.set()

    loop.add_reader(sys.stdin.fileno(), parent_is_gone)
    await serve(settings, ended)


asyncio.run(main())
