"""CloudFront's visitors: ministack 1.5.33 looks for a distribution in the caller's account, and by its own name only.

A visitor signs nothing and belongs to no account, and comes by the names of the site (its aliases). ministack also keeps
origin groups without asking them: where the first origin of one fails, the second is asked.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import ministack.app
from ministack.core.responses import request_scope
from ministack.services import cloudfront

from scripts.local_aws.overlays.hooks import Document, wrap

_FAILOVER_METHODS = {"GET", "HEAD", "OPTIONS"}
# The codes that stand for an origin which gives no answer at all.
_CODES = {cloudfront.OriginUnreachable: 503, cloudfront.OriginTimeout: 504}
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

    @wrap(cloudfront, "parse_distribution_dataplane_config")
    def parse(inner: Callable[..., Document], distribution: Document) -> Document:
        parsed = inner(distribution)
        origins = parsed["origins"]
        for name, codes, (first, second) in _groups(distribution):
            origins[name] = origins[first] | {"failover": (codes, origins[second])}
        return parsed

    @wrap(cloudfront, "_fetch_from_origin")
    async def fetch(
        inner: Callable[..., Awaitable[Any]], origin: Document, method: str, *args: Any, **kwargs: Any
    ) -> Any:
        codes, second = origin.get("failover", (set(), None))
        if second is None or method not in _FAILOVER_METHODS:
            return await inner(origin, method, *args, **kwargs)
        try:
            answer = await inner(origin, method, *args, **kwargs)
        except (cloudfront.OriginUnreachable, cloudfront.OriginTimeout) as error:
            if _CODES[type(error)] not in codes:
                raise
        else:
            if answer[0] not in codes:
                return answer
        return await inner(second, method, *args, **kwargs)


def _groups(distribution: Document) -> Iterator[tuple[str, set[int], list[str]]]:
    """Each origin group: its id, the status codes it fails over on, its two origins."""
    for group in cloudfront._dist_config_el(distribution).iter():
        if cloudfront._local_tag_name(group) == "OriginGroup":
            texts = [(cloudfront._local_tag_name(part), str(part.text)) for part in group.iter()]
            codes = {int(text) for tag, text in texts if tag == "StatusCode"}
            members = [text for tag, text in texts if tag == "OriginId"]
            yield cloudfront._text(group, "Id"), codes, members


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
