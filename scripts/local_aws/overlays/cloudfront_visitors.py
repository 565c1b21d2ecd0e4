"""CloudFront's visitors: ministack 1.5.33 looks for a distribution in the caller's account, and by its own name only.

A visitor signs nothing and belongs to no account, and comes by the names of the site (its aliases).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import ministack.app
from ministack.core.responses import request_scope
from ministack.services import cloudfront

from scripts.local_aws.overlays.hooks import Document, wrap

_REGION = "us-east-1"  # distributions belong to no region; what they log does to this one


def install() -> None:
    @wrap(ministack.app, "_handle_cloudfront_dataplane_request")
    async def handle(inner: Callable[..., Awaitable[Any]], host: str, *args: Any, **kwargs: Any) -> Any:
        found = _distribution(host.split(":")[0].lower())
        if found is None:
            return await inner(host, *args, **kwargs)
        account, domain_name = found
        with request_scope(account, _REGION):
            return await inner(domain_name, *args, **kwargs)


def _distribution(host: str) -> tuple[str, str] | None:
    """The account and own name of the distribution that answers to *host*."""
    for (account, _), distribution in list(cloudfront._distributions._data.items()):
        own = str(distribution.get("DomainName", "")).lower()
        if host == own or host in _aliases(distribution):
            return account, own
    return None


def _aliases(distribution: Document) -> set[str]:
    aliases = cloudfront._find(cloudfront._dist_config_el(distribution), "Aliases")
    items = cloudfront._find(aliases, "Items") if aliases is not None else None
    return {str(item.text).lower() for item in items} if items is not None else set()
