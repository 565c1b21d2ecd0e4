"""Ways into the emulators that the overlays share: requests, answers, kept state."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs

import ministack.app
from ministack.core.responses import AccountRegionScopedDict

Response = tuple[int, dict[str, str], bytes]
# The emulators keep their resources as plain JSON documents.
Document = dict[str, Any]

_STORES: dict[str, Any] = {}
_STATE_NAME = "stagecraft"


@dataclass(frozen=True, slots=True)
class Request:
    """One request as ministack hands it to a service."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    query: dict[str, list[str]]

    @property
    def json(self) -> Document:
        try:
            return dict(json.loads(self.body or b"{}"))
        except ValueError:
            return {}

    @property
    def form(self) -> dict[str, str]:
        """Fields of a query-protocol request, wherever they stand."""
        fields = {**self.query, **parse_qs(self.body.decode("utf-8", "replace"), keep_blank_values=True)}
        return {name: values[0] if isinstance(values, list) else values for name, values in fields.items()}

    @property
    def action(self) -> str:
        """Operation of a JSON- or query-protocol request."""
        target = self.headers.get("x-amz-target", "")
        return target.rpartition(".")[2] if target else self.form.get("Action", "")


Handler = Callable[[Request], Response | None]


def answer_first(module: Any, handler: Handler) -> None:
    """Ask *handler* before the service itself; None hands the request on."""
    inner = module.handle_request

    async def handle_request(
        method: str, path: str, headers: dict[str, str], body: bytes, query_params: dict[str, list[str]]
    ) -> Any:
        answer = handler(Request(method, path, headers, body, query_params))
        if answer is not None:
            return answer
        return await inner(method, path, headers, body, query_params)

    module.handle_request = handle_request


def wrap(module: Any, name: str) -> Callable[[Callable[..., Any]], None]:
    """Decorator: replace ``module.name`` by a function that gets the original as first argument."""
    inner = getattr(module, name)

    def decorate(outer: Callable[..., Any]) -> None:
        @functools.wraps(inner)
        def replacement(*args: Any, **kwargs: Any) -> Any:
            return outer(inner, *args, **kwargs)

        setattr(module, name, replacement)

    return decorate


def store(name: str) -> Any:
    """A dictionary separated by account and region that is saved with the emulators' state."""
    return _STORES.setdefault(name, AccountRegionScopedDict())


def install_state() -> None:
    """Save, load and reset the stores together with ministack's services."""

    def get_state() -> Document:
        return dict(_STORES)

    def load_persisted_state(data: Document) -> None:
        for name, saved in data.items():
            store(name).update(saved)

    def reset() -> None:
        for kept in _STORES.values():
            kept.clear()

    ministack.app._loaded_modules[_STATE_NAME] = SimpleNamespace(
        get_state=get_state, load_persisted_state=load_persisted_state, reset=reset
    )
    ministack.app._state_map[_STATE_NAME] = _STATE_NAME


def ok(document: Document | None = None, status: int = 200) -> Response:
    """A JSON answer."""
    return status, {"Content-Type": "application/json"}, json.dumps(document or {}).encode()


def refused(code: str, message: str, status: int = 400) -> Response:
    """A JSON error, named in the body and in the header as AWS does."""
    body = json.dumps({"__type": code, "message": message}).encode()
    return status, {"Content-Type": "application/json", "x-amzn-ErrorType": code}, body
