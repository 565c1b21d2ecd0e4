"""Requests to an API of any account: ministack 1.5.33 looks only in the account of the caller.

A request to a REST or HTTP API carries no credentials, so without this only the default account's
APIs answer. Identifiers are random, hence unique over accounts.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ministack.services import apigateway, apigateway_v1

from scripts.local_aws.overlays.hooks import wrap

Scope = tuple[str, str]


def install() -> None:
    _search_all(apigateway_v1, "_rest_apis")
    _search_all(apigateway, "_apis")


def _search_all(module: Any, store: str) -> None:
    @wrap(module, "find_api_scope")
    def find_api_scope(inner: Callable[[str], Scope | None], api_id: str) -> Scope | None:
        own = inner(api_id)
        if own is not None:
            return own
        items = getattr(module, store).all_items()
        return next(((account, region) for (account, region, found), _ in items if found == api_id), None)
