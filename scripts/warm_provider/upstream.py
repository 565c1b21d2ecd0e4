"""The way from the front to the real provider."""

import asyncio
import os
from collections.abc import Mapping
from pathlib import Path

import grpc
import grpc.aio

from scripts.warm_provider.real_provider import RealProvider, start_provider

PROVIDER_SERVICE = "/tfplugin5.Provider/"

_OPTIONS = [("grpc.max_receive_message_length", -1), ("grpc.max_send_message_length", -1)]


class Upstream:
    """One real provider, started at the first call that needs it."""

    def __init__(self, binary: Path, cwd: Path, environment: Mapping[str, str]) -> None:
        self._binary = binary
        self._cwd = cwd
        self._environment = environment
        self._starting = asyncio.Lock()
        self._provider: RealProvider | None = None
        self._channel: grpc.aio.Channel | None = None

    async def call(self, method: str, request: bytes) -> bytes:
        """Make one call and return the encoded answer."""
        channel = await self._connected()
        answer: bytes = await channel.unary_unary(method)(request, wait_for_ready=True)
        return answer

    async def configure(self, request: bytes) -> bytes:
        """Send the one configuration."""
        return await self.call(f"{PROVIDER_SERVICE}Configure", request)

    async def close(self) -> None:
        """End the provider."""
        if self._channel is not None:
            await self._channel.close()
        if self._provider is not None and self._provider.process.returncode is None:
            self._provider.process.kill()
            await self._provider.process.wait()

    async def _connected(self) -> grpc.aio.Channel:
        async with self._starting:
            if self._channel is None:
                self._provider = await start_provider(self._binary, self._cwd, self._environment)
                self._channel = grpc.aio.insecure_channel(f"unix:{self._provider.socket}", options=_OPTIONS)
            return self._channel


def provider_environment(environment: Mapping[str, str], directory: Path) -> dict[str, str]:
    """Return the provider's environment: what the run has, its own socket folder, a lazier garbage collector."""
    made = {
        "GOGC": "400",
        "GOMEMLIMIT": "1500MiB",
        **environment,
        "PLUGIN_UNIX_SOCKET_DIR": str(directory),
    }
    # Concurrent requests fail with "unable to add custom RootCAs" when a bundle meets a plain http endpoint.
    if made.get("AWS_ENDPOINT_URL", "").startswith("http://"):
        made.pop("AWS_CA_BUNDLE", None)
    for name in [name for name in made if name.startswith("TF_LOG") or name == "TF_REATTACH_PROVIDERS"]:
        del made[name]
    return made


def front_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of the front itself: gRPC's fork handlers are of no use here and may hang."""
    return {**os.environ, **environment, "GRPC_ENABLE_FORK_SUPPORT": "0", "GRPC_VERBOSITY": "NONE"}
