"""The way from the front to the real provider, which is started again if it ends before its run does."""

import asyncio
import contextlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import grpc
import grpc.aio

from scripts.warm_provider.real_provider import ProviderStartError, RealProvider, start_provider
from scripts.warm_provider.settings import PLAIN_HELPS

PROVIDER_SERVICE = "/tfplugin5.Provider/"
APPLY = f"{PROVIDER_SERVICE}ApplyResourceChange"
CONFIGURE = f"{PROVIDER_SERVICE}Configure"
PREPARE = f"{PROVIDER_SERVICE}PrepareProviderConfig"
STOP = f"{PROVIDER_SERVICE}Stop"

UNLIMITED = [("grpc.max_receive_message_length", -1), ("grpc.max_send_message_length", -1)]

# A provider that ends this often ends because of what it is asked, not by chance.
_STARTS = 4


class UpstreamError(Exception):
    """A call that got no answer, with the status that Terraform is to see."""

    def __init__(self, code: grpc.StatusCode, details: str) -> None:
        super().__init__(details)
        self.code = code
        self.details = details


@dataclass(frozen=True, slots=True)
class _Connection:
    provider: RealProvider
    channel: grpc.aio.Channel


class Upstream:
    """One real provider at a time. A provider that replaces a dead one is configured before it is asked."""

    def __init__(
        self, binary: Path, cwd: Path, environment: Mapping[str, str], say: Callable[[str], None]
    ) -> None:
        self._binary = binary
        self._cwd = cwd
        self._environment = environment
        self._say = say
        self._configuration: bytes | None = None
        self._connections: list[_Connection] = []
        self._connecting: asyncio.Task[_Connection] | None = None

    def warm_up(self) -> None:
        """Start the provider before anybody asks."""
        self._connecting = asyncio.create_task(self._connect())

    def keep_configuration(self, request: bytes) -> None:
        """Remember what a replacement must be configured with."""
        self._configuration = request

    async def call(self, method: str, request: bytes) -> bytes:
        """Make one call; if the provider ends over it, ask its replacement, unless that could act twice."""
        while True:
            connection = await self._connected()
            try:
                return await _ask(connection.channel, method, request)
            except grpc.aio.AioRpcError as error:
                if error.code() != grpc.StatusCode.UNAVAILABLE or not await connection.provider.has_ended():
                    raise UpstreamError(error.code(), error.details() or "") from None
                if method == APPLY:
                    details = _cut_short(connection.provider)
                    raise UpstreamError(grpc.StatusCode.UNAVAILABLE, details) from None

    async def stop_operations(self) -> None:
        """Ask the provider to cut its waits short, as Terraform does at Ctrl-C."""
        if self._connections:
            with contextlib.suppress(grpc.aio.AioRpcError):
                await _ask(self._connections[-1].channel, STOP, b"")

    async def close(self) -> None:
        """End the provider at once."""
        if self._connecting is not None:
            self._connecting.cancel()
            await asyncio.gather(self._connecting, return_exceptions=True)
        for connection in self._connections:
            await connection.channel.close(None)
            await connection.provider.kill()

    async def _connected(self) -> _Connection:
        if self._connecting is None or _is_spent(self._connecting):
            self._connecting = asyncio.create_task(self._connect())
        # Shielded, because the one who asked first may go away while others wait for the same start.
        return await asyncio.shield(self._connecting)

    async def _connect(self) -> _Connection:
        if self._connections:
            ended = self._connections[-1].provider.how_it_ended
            if len(self._connections) == _STARTS:
                details = f"The provider ended {_STARTS} times in this run ({ended}). {PLAIN_HELPS}"
                raise UpstreamError(grpc.StatusCode.UNAVAILABLE, details)
            self._say(f"The provider ended ({ended}) and is started again.")
        try:
            provider = await start_provider(self._binary, self._cwd, self._environment)
        except (ProviderStartError, OSError) as error:
            details = f"The warm provider does not start: {error}. {PLAIN_HELPS}"
            raise UpstreamError(grpc.StatusCode.UNAVAILABLE, details) from None
        # The channel to a dead provider stays open until the run ends: closing it would cancel those who are
        # about to learn from it that they have to ask again.
        channel = grpc.aio.insecure_channel(f"unix:{provider.socket}", options=UNLIMITED)
        self._connections.append(_Connection(provider, channel))
        if self._configuration is not None:
            await _ask(channel, CONFIGURE, self._configuration)
        return self._connections[-1]


def _is_spent(connecting: asyncio.Task[_Connection]) -> bool:
    if not connecting.done():
        return False
    return connecting.exception() is not None or not connecting.result().provider.is_alive


async def _ask(channel: grpc.aio.Channel, method: str, request: bytes) -> bytes:
    call = channel.unary_unary(method, request_serializer=None, response_deserializer=None)
    answer: bytes = await call(request)
    return answer


def _cut_short(provider: RealProvider) -> str:
    return (
        f"The provider ended ({provider.how_it_ended}) while it was changing this resource, so the change "
        "may or may not have been made. Plan again; what exists without standing in the state has to be imported."
    )
