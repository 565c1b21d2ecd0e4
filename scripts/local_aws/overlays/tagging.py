"""Tags of the services served here: kept by ARN, answered in the service's own spelling."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

from scripts.local_aws.overlays.hooks import Document, Request, Response, ok


def by_path(request: Request, tags: Any, field: str) -> Response | None:
    """``/tags/{arn}`` of a REST service, whose tags are a map under *field*; None for any other path."""
    path = unquote(request.path)
    if not path.startswith("/tags/"):
        return None
    arn = path.removeprefix("/tags/")
    if request.method == "GET":
        return ok({field: tags.get(arn, {})})
    if request.method == "POST":
        tags[arn] = {**tags.get(arn, {}), **request.json.get(field, {})}
    if request.method == "DELETE":
        gone = request.query.get("tagKeys", [])
        tags[arn] = {key: value for key, value in tags.get(arn, {}).items() if key not in gone}
    return ok()


def as_list(tags: Document, key: str = "Key", value: str = "Value") -> list[Document]:
    """A map of tags as the list of pairs that JSON services speak of."""
    return [{key: name, value: text} for name, text in tags.items()]


def as_map(pairs: list[Document] | None, key: str = "Key", value: str = "Value") -> dict[str, str]:
    """The opposite of `as_list`."""
    return {pair[key]: pair.get(value, "") for pair in pairs or []}
