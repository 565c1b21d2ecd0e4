"""Load balancers: moto 5.2.5 gives a network or gateway one the ARN of an application one, and deletes a guarded one.

Who takes only one kind, as the VPC link of a REST API does, tells it by the ARN.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from moto.elbv2 import models
from moto.elbv2.exceptions import ELBClientError

from scripts.local_aws.overlays.hooks import wrap

_WORDS = {"network": "net", "gateway": "gwy"}
_kind: ContextVar[str] = ContextVar("kind of the load balancer that is being made", default="application")


def install() -> None:
    @wrap(models.ELBv2Backend, "create_load_balancer")
    def create(inner: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        token = _kind.set(kwargs.get("loadbalancer_type") or "application")
        try:
            return inner(*args, **kwargs)
        finally:
            _kind.reset(token)

    @wrap(models, "make_arn_for_load_balancer")
    def arn(inner: Callable[..., str], *args: Any, **kwargs: Any) -> str:
        word = _WORDS.get(_kind.get(), "app")
        return inner(*args, **kwargs).replace(":loadbalancer/app/", f":loadbalancer/{word}/")

    @wrap(models.ELBv2Backend, "delete_load_balancer")
    def delete(inner: Callable[..., Any], backend: Any, arn: str) -> Any:
        found = backend.load_balancers.get(arn)
        if found is not None and found.attrs["deletion_protection.enabled"] == "true":
            message = f"Load balancer '{arn}' cannot be deleted because deletion protection is enabled"
            raise ELBClientError("OperationNotPermitted", message)
        return inner(backend, arn)
