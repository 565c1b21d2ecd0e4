"""The gRPC server that Terraform talks to in place of the provider.

It hands every call through as bytes, except the few that are answered here: the schema, the configuration and
the ends of a conversation, which must not end the provider for the other units.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

import grpc
import grpc.aio

from scripts.warm_provider.configuration import Configuration, refusal
from scripts.warm_provider.schema import SchemaIndex, index_schema, trim
from scripts.warm_provider.upstream import PROVIDER_SERVICE, Upstream

Answer = Callable[[bytes, grpc.aio.ServicerContext], Awaitable[bytes]]

_OPTIONS = [
    ("grpc.max_receive_message_length", -1),
    ("grpc.max_send_message_length", -1),
    ("grpc.so_reuseport", 0),
]
_SHUTDOWN = "/plugin.GRPCController/Shutdown"


class Front:
    """All units of one run: one configuration, one provider, one socket a unit."""

    def __init__(self, upstream: Upstream, schema_file: Path) -> None:
        self._upstream = upstream
        self._schema_file = schema_file
        self._schema: SchemaIndex | None = None
        self._configuration = Configuration()
        self._configuring = asyncio.Lock()
        self._schema_loading = asyncio.Lock()
        self._kept_answer = b""
        self._servers: list[grpc.aio.Server] = []

    async def listen(self, sockets: Mapping[str, Path], types: Mapping[str, frozenset[str]]) -> None:
        """Open the socket of every unit."""
        for unit, socket in sockets.items():
            server = grpc.aio.server(options=_OPTIONS)
            server.add_generic_rpc_handlers((_UnitHandler(self, unit, types[unit]),))
            server.add_insecure_port(f"unix:{socket}")
            await server.start()
            self._servers.append(server)

    async def close(self) -> None:
        """Close every socket at once; calls under way are cancelled."""
        await asyncio.gather(*(server.stop(None) for server in self._servers))

    async def schema(self, types: frozenset[str], request: bytes) -> bytes:
        """Answer with the schema of *types*, from the cache on disk while the provider may still be starting."""
        async with self._schema_loading:
            if self._schema is None:
                self._schema = index_schema(await self._whole_schema(request))
        return trim(self._schema, types)

    async def _whole_schema(self, request: bytes) -> bytes:
        if self._schema_file.is_file():
            return self._schema_file.read_bytes()
        answer = await self._upstream.call(f"{PROVIDER_SERVICE}GetSchema", request)
        self._schema_file.parent.mkdir(parents=True, exist_ok=True)
        unfinished = self._schema_file.with_suffix(f".{id(self):x}")
        unfinished.write_bytes(answer)
        unfinished.replace(self._schema_file)
        return answer

    async def configure(self, unit: str, request: bytes) -> bytes:
        """Configure the provider once; answer the same configuration from memory and refuse any other."""
        async with self._configuring:
            if self._configuration.request is None:
                self._kept_answer = await self._upstream.configure(request)
                self._configuration.keep(request)
                return self._kept_answer
        return self._kept_answer if self._configuration.matches(request) else refusal(unit)

    async def forward(self, method: str, request: bytes) -> bytes:
        """Hand a call through unchanged."""
        return await self._upstream.call(method, request)


class _UnitHandler(grpc.GenericRpcHandler):
    """Answers on one unit's socket, and so knows which unit asks."""

    def __init__(self, front: Front, unit: str, types: frozenset[str]) -> None:
        self._front = front
        self._unit = unit
        self._types = types

    def service(self, handler_call_details: grpc.HandlerCallDetails) -> grpc.RpcMethodHandler | None:
        """Choose the answer by the method's name; None is UNIMPLEMENTED, which Terraform accepts for streams."""
        method = handler_call_details.method
        if method == _SHUTDOWN or method == f"{PROVIDER_SERVICE}Stop":
            return _unary(self._empty)
        if not method.startswith(PROVIDER_SERVICE):
            return None
        if method == f"{PROVIDER_SERVICE}GetSchema":
            return _unary(self._schema)
        if method == f"{PROVIDER_SERVICE}Configure":
            return _unary(self._configure)

        async def forward(request: bytes, context: grpc.aio.ServicerContext) -> bytes:
            return await self._front.forward(method, request)

        return _unary(forward)

    async def _empty(self, request: bytes, context: grpc.aio.ServicerContext) -> bytes:
        return b""

    async def _schema(self, request: bytes, context: grpc.aio.ServicerContext) -> bytes:
        return await self._front.schema(self._types, request)

    async def _configure(self, request: bytes, context: grpc.aio.ServicerContext) -> bytes:
        return await self._front.configure(self._unit, request)


def _unary(answer: Answer) -> grpc.RpcMethodHandler:
    async def guarded(request: bytes, context: grpc.aio.ServicerContext) -> bytes:
        try:
            return await answer(request, context)
        except grpc.aio.AioRpcError as error:
            await context.abort(error.code(), error.details() or "")
            raise AssertionError("abort always raises") from error

    return grpc.unary_unary_rpc_method_handler(guarded)
