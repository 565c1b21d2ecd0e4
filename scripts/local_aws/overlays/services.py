"""Serve a whole service that ministack 1.5.33 lacks.

ministack routes by credential scope, and returns a scope that it does not know as its own name; a handler that is
registered under that name is enough.
"""

from __future__ import annotations

import sys
import types
from typing import Any

import ministack.app

from scripts.local_aws.overlays.hooks import Handler, Request, refused


def serve(scope: str, handler: Handler) -> None:
    """Answer requests signed for *scope* by *handler*; what it returns None for is an unknown operation.

    The handler keeps its things in `hooks.store`, which is saved with everything else.
    """
    module: Any = types.ModuleType(f"ministack.services.{scope}")

    async def handle_request(
        method: str, path: str, headers: dict[str, str], body: bytes, query_params: dict[str, list[str]]
    ) -> Any:
        answer = handler(Request(method, path, headers, body, query_params))
        return answer or refused("UnknownOperationException", f"{method} {path} is not served here", 501)

    module.handle_request = handle_request
    module.reset = lambda: None
    sys.modules[module.__name__] = module
    ministack.app._loaded_modules[scope] = module
    ministack.app.SERVICE_REGISTRY[scope] = {"module": scope}
    ministack.app.SERVICE_HANDLERS[scope] = ministack.app._lazy_handler(scope)
