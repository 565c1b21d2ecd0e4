"""Keep moto's backends over a restart; moto 5.2.5 has no option for it."""

from __future__ import annotations

import io
import logging
import os
import pickle
import threading
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import ministack.app
import moto
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from moto.core.base_backend import BackendDict

logger = logging.getLogger("stagecraft.moto_state")

_LOCKS = {"lock": type(threading.Lock()), "rlock": type(threading.RLock())}
# moto types its look-up by literal names; ours come from a file.
_backend_of = cast(Callable[[str], Any], moto.backends.get_backend)
_all_backends = cast(list[Any], cast(Any, BackendDict)._instances)


def load_key(pem: bytes) -> object:
    return serialization.load_pem_private_key(pem, None)


def load_certificate(pem: bytes) -> object:
    return x509.load_pem_x509_certificate(pem)


class _Pickler(pickle.Pickler):
    def persistent_id(self, obj: object) -> tuple[str, str] | None:
        for name, kind in _LOCKS.items():
            if isinstance(obj, kind):
                return ("lock", name)
        if isinstance(obj, BackendDict):
            return ("backend", obj.service_name)
        if isinstance(obj, types.ModuleType):
            return ("module", obj.__name__)
        return None

    def reducer_override(self, obj: Any) -> Any:  # the pickle protocol's own type
        if hasattr(obj, "private_bytes"):
            pem = obj.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
            return load_key, (pem,)
        if isinstance(obj, x509.Certificate):
            return load_certificate, (obj.public_bytes(serialization.Encoding.PEM),)
        return NotImplemented


class _Unpickler(pickle.Unpickler):
    def persistent_load(self, pid: Any) -> object:
        kind, name = pid
        if kind == "lock":
            return threading.Lock() if name == "lock" else threading.RLock()
        if kind == "backend":
            return _backend_of(name)
        return __import__(name, fromlist=["_"])


def _file() -> Path:
    return Path(os.environ["STATE_DIR"]) / "moto.pickle"


def _dump(backends: dict[tuple[str, str, str], object]) -> bytes:
    buffer = io.BytesIO()
    _Pickler(buffer, protocol=pickle.HIGHEST_PROTOCOL).dump(backends)
    return buffer.getvalue()


def _live_backends() -> dict[tuple[str, str, str], object]:
    found: dict[tuple[str, str, str], object] = {}
    for backend_dict in list(_all_backends):
        for account, regions in list(backend_dict.items()):
            for region, backend in list(regions.items()):
                found[(backend_dict.service_name, account, region)] = backend
    return found


def save() -> None:
    """Write one pickle of all backends, so that links between them stay links."""
    backends = _live_backends()
    if not backends:
        return
    try:
        data = _dump(backends)
    except Exception as error:  # one backend that refuses must not lose the others
        logger.warning("moto state is saved without the backends that refuse: %s", error)
        data = _dump({key: backend for key, backend in backends.items() if _picklable(key, backend)})
    target = _file()
    draft = target.with_suffix(".tmp")
    draft.write_bytes(data)
    draft.replace(target)


def _picklable(key: tuple[str, str, str], backend: object) -> bool:
    try:
        _dump({key: backend})
    except Exception as error:
        logger.warning("moto backend %s is not kept: %s", key, error)
        return False
    return True


def load() -> None:
    """Put the saved backends in place of the empty ones."""
    if not _file().exists():
        return
    with _file().open("rb") as file:
        try:
            backends: dict[tuple[str, str, str], object] = _Unpickler(file).load()
        except Exception as error:  # a damaged or foreign file raises whatever it likes
            raise SystemExit(
                f"{_file()} cannot be read ({error}); reset the embedded AWS to start anew."
            ) from None
    for (service, account, region), backend in backends.items():
        dict.__setitem__(_backend_of(service)[account], region, backend)
    logger.info("loaded %d moto backends", len(backends))


def install() -> None:
    """Save and load together with ministack's own state."""
    save_ministack = ministack.app.save_all
    load_ministack = ministack.app._load_persisted_state

    def save_both(services: object) -> None:
        save_ministack(services)
        save()

    def load_both() -> None:
        load_ministack()
        load()

    ministack.app.save_all = save_both
    ministack.app._load_persisted_state = load_both
