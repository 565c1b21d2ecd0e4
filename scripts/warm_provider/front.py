"""The gRPC servers that Terraform talks to in place of the provider, one a unit.

Every call is handed through as bytes, except the few that are answered here: the schema, the configuration
and the ends of a conversation, which must not end the provider for the other units.
"""

import asyncio
import contextlib
import secrets
from collections.abc import Mapping
from pathlib import Path

import grpc
import grpc.aio

from scripts.warm_provider.configuration import PREPARE_DIAGNOSTICS, Configuration, refused
from scripts.warm_provider.schema import SchemaIndex, index_schema, trim
from scripts.warm_provider.unit_activity import Activity
from scripts.warm_provider.unit_server import UnitServer
from scripts.warm_provider.upstream import CONFIGURE, PREPARE, PROVIDER_SERVICE, Upstream, UpstreamError
from scripts.warm_provider.wire import MalformedMessageError

_DRAIN_SECONDS = 60.0
_OVER = "The run that this provider belonged to has ended. Run again."


class Front:
    """The units of one region in one run: one provider, one configuration."""

    def __init__(self, upstream: Upstream, schema_file: Path) -> None:
        self._upstream = upstream
        self._schema_file = schema_file
        self._schema: SchemaIndex | None = None
        self._reading_schema = asyncio.Lock()
        self._trimmed: dict[frozenset[str], bytes] = {}
        self._preparing = asyncio.Lock()
        self._prepared: tuple[bytes | None, bytes] = None, b""
        self._configuration: Configuration | None = None
        self._configuring = asyncio.Lock()
        self._activity = Activity()
        self._over = False
        self._servers: list[UnitServer] = []

    async def listen(self, sockets: Mapping[str, Path], types: Mapping[str, frozenset[str]]) -> None:
        """Open the socket of every unit, and start the provider before anybody asks."""
        for unit, socket in sockets.items():
            server = UnitServer(self, unit, types[unit])
            await server.listen(socket)
            self._servers.append(server)
        self._upstream.warm_up()

    async def close(self) -> None:
        """Let changes under way come to an end, so that their results reach a state, then hang up on all."""
        self._over = True
        if self._activity.calls:
            await self._upstream.stop_operations()
        deadline = asyncio.get_running_loop().time() + _DRAIN_SECONDS
        while self._activity.calls and asyncio.get_running_loop().time() < deadline:
            await asyncio.sleep(0.05)
        await asyncio.gather(*(server.close() for server in self._servers))
        await self._upstream.close()

    async def schema(self, unit: str, types: frozenset[str], request: bytes) -> bytes:
        """Answer with the schema of *types*, from the disk while the provider may still be starting."""
        self._activity.begin(unit)
        async with self._reading_schema:
            if self._schema is None:
                self._schema = self._cached_schema() or await self._provider_schema(unit, request)
        if types not in self._trimmed:
            self._trimmed[types] = trim(self._schema, types)
        return self._trimmed[types]

    async def prepare(self, unit: str, request: bytes) -> bytes:
        """Have a provider block checked once: the answer depends on nothing else and costs 0.2 s of CPU."""
        async with self._preparing:
            if request != self._prepared[0]:
                answer = await self.forward(unit, PREPARE, request)
                if refused(answer, PREPARE_DIAGNOSTICS):
                    return answer
                self._prepared = request, answer
        return self._prepared[1]

    async def configure(self, unit: str, request: bytes) -> bytes:
        """Configure the provider once; answer the same configuration from memory and refuse any other."""
        async with self._configuring:
            if self._configuration is None:
                answer = await self.forward(unit, CONFIGURE, request)
                if refused(answer):
                    return answer
                self._upstream.keep_configuration(request)
                self._configuration = Configuration(unit, request, answer)
        return self._configuration.answer_for(unit, request)

    async def stop(self, unit: str) -> bytes:
        """Stop the provider's operations if nobody else is served by it."""
        self._activity.wish_to_stop(unit)
        await self._stop_if_all_wish()
        return b""

    async def forward(self, unit: str, method: str, request: bytes) -> bytes:
        """Hand a call through unchanged."""
        if self._over:
            raise UpstreamError(grpc.StatusCode.UNAVAILABLE, _OVER)
        with self._activity.serving(unit):
            answer = await self._upstream.call(method, request)
        await self._stop_if_all_wish()
        return answer

    async def _stop_if_all_wish(self) -> None:
        if self._activity.take_stop():
            await self._upstream.stop_operations()

    def _cached_schema(self) -> SchemaIndex | None:
        with contextlib.suppress(OSError, MalformedMessageError):
            return index_schema(self._schema_file.read_bytes())
        return None

    async def _provider_schema(self, unit: str, request: bytes) -> SchemaIndex:
        answer = await self.forward(unit, f"{PROVIDER_SERVICE}GetSchema", request)
        # A full or read-only disk costs the next run two seconds; it is no reason to fail this one.
        with contextlib.suppress(OSError):
            self._schema_file.parent.mkdir(parents=True, exist_ok=True)
            unfinished = self._schema_file.with_suffix(f".{secrets.token_hex(4)}")
            unfinished.write_bytes(answer)
            unfinished.replace(self._schema_file)
        return index_schema(answer)
