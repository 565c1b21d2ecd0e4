"""One unit's gRPC server: it knows who is asking by the socket it is asked on."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING

import grpc
import grpc.aio

from scripts.warm_provider.upstream import (
    CONFIGURE,
    PREPARE,
    PROVIDER_SERVICE,
    STOP,
    UNLIMITED,
    UpstreamError,
)

if TYPE_CHECKING:  # these classes take parameters in their stubs only
    from scripts.warm_provider.front import Front

    Context = grpc.aio.ServicerContext[bytes, bytes]
    Handler = grpc.RpcMethodHandler[bytes, bytes]
    GenericHandler = grpc.GenericRpcHandler[bytes, bytes]
else:
    GenericHandler = grpc.GenericRpcHandler

_GET_SCHEMA = f"{PROVIDER_SERVICE}GetSchema"
_SHUTDOWN = "/plugin.GRPCController/Shutdown"


class UnitServer(GenericHandler):
    """Answers one unit's Terraform processes, one after the other or at the same time."""

    def __init__(self, front: Front, unit: str, types: frozenset[str]) -> None:
        self._front = front
        self._unit = unit
        self._types = types
        self._server = grpc.aio.server(options=UNLIMITED)

    async def listen(self, socket: Path) -> None:
        """Start to answer on *socket*."""
        self._server.add_generic_rpc_handlers((self,))
        self._server.add_insecure_port(f"unix:{socket}")
        await self._server.start()

    async def close(self) -> None:
        """Hang up."""
        await self._server.stop(None)

    def service(self, handler_call_details: grpc.HandlerCallDetails) -> Handler | None:
        """Choose the answer by the method's name.

        None is UNIMPLEMENTED. Terraform accepts that for go-plugin's streams (its log, its broker), which
        stay open as long as Terraform runs and have nothing to say here.
        """
        method = handler_call_details.method
        if method == _SHUTDOWN:
            return _unary(_nothing)
        if not method.startswith(PROVIDER_SERVICE):
            return None
        if method == _GET_SCHEMA:
            return _unary(lambda request: self._front.schema(self._unit, self._types, request))
        if method == PREPARE:
            return _unary(lambda request: self._front.prepare(self._unit, request))
        if method == CONFIGURE:
            return _unary(lambda request: self._front.configure(self._unit, request))
        if method == STOP:
            return _unary(lambda request: self._front.stop(self._unit))
        return _unary(lambda request: self._front.forward(self._unit, method, request))


async def _nothing(request: bytes) -> bytes:
    return b""


def _unary(answer: Callable[[bytes], Awaitable[bytes]]) -> Handler:
    async def guarded(request: bytes, context: Context) -> bytes:
        try:
            return await answer(request)
        except UpstreamError as error:
            await context.abort(error.code, error.details)
            raise

    return grpc.unary_unary_rpc_method_handler(guarded)
