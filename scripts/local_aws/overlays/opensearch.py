"""OpenSearch: ministack 1.5.33 forgets which logs a domain publishes and where."""

from __future__ import annotations

from collections.abc import Callable

from ministack.services import opensearch

from scripts.local_aws.overlays.hooks import Document, Response, wrap

LOGS = "LogPublishingOptions"


def install() -> None:
    @wrap(opensearch, "_new_domain_record")
    def new_domain_record(inner: Callable[[str, Document], Document], name: str, asked: Document) -> Document:
        return {**inner(name, asked), LOGS: dict(asked.get(LOGS) or {})}

    @wrap(opensearch, "_update_domain_config")
    def update_domain_config(
        inner: Callable[[str, Document], Response], name: str, asked: Document
    ) -> Response:
        """A kind of log that is not named stays as it is."""
        domain = opensearch._domains.get(name)
        if domain is not None:
            domain[LOGS] = {**domain.get(LOGS, {}), **(asked.get(LOGS) or {})}
        return inner(name, asked)

    @wrap(opensearch, "_domain_config")
    def domain_config(inner: Callable[[Document], Document], domain: Document) -> Document:
        shown = inner(domain)
        return {**shown, LOGS: {"Options": domain.get(LOGS, {}), "Status": shown["EngineVersion"]["Status"]}}
