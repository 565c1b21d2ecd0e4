"""EC2 Image Builder, which ministack 1.5.33 lacks: what builds an image is kept, and no image is ever built."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from ministack.core.responses import get_account_id, get_region

from scripts.local_aws.overlays.hooks import Document, Request, Response, ok, refused, store
from scripts.local_aws.overlays.services import serve
from scripts.local_aws.overlays.tagging import by_path

_KEPT = store("imagebuilder")
_TAGS = store("imagebuilder-tags")
_PATH = re.compile(r"/(?P<verb>Create|Get|Update|Delete)(?P<kind>\w+)$")
_NOT_KEPT = {"clientToken", "tags", "semanticVersion"}


@dataclass(frozen=True, slots=True)
class _Kind:
    """How the service spells one kind of thing, and what it fills in."""

    field: str
    path: str
    argument: str
    suffix: str = ""
    defaults: tuple[tuple[str, object], ...] = ()


_TESTS = {"imageTestsEnabled": True, "timeoutMinutes": 720}
_KINDS = {
    "Component": _Kind(
        "component", "component", "componentBuildVersionArn", "/1", (("type", "BUILD"), ("encrypted", True))
    ),
    "ImageRecipe": _Kind("imageRecipe", "image-recipe", "imageRecipeArn", "", (("platform", "Linux"),)),
    "InfrastructureConfiguration": _Kind(
        "infrastructureConfiguration", "infrastructure-configuration", "infrastructureConfigurationArn"
    ),
    "DistributionConfiguration": _Kind(
        "distributionConfiguration", "distribution-configuration", "distributionConfigurationArn"
    ),
    "ImagePipeline": _Kind(
        "imagePipeline",
        "image-pipeline",
        "imagePipelineArn",
        "",
        (("platform", "Linux"), ("status", "ENABLED"), ("imageTestsConfiguration", _TESTS)),
    ),
}


def install() -> None:
    serve("imagebuilder", _answer)


def _answer(request: Request) -> Response | None:
    if tags := by_path(request, _TAGS, "tags"):
        return tags
    found = _PATH.match(request.path)
    kind = _KINDS.get(found["kind"]) if found else None
    if found is None or kind is None:
        return None
    if found["verb"] == "Create":
        return _create(kind, request.json)
    data = request.json if found["verb"] == "Update" else {}
    arn = data.get(kind.argument) or request.query.get(kind.argument, [""])[0]
    if arn not in _KEPT:
        return refused("ResourceNotFoundException", f"There is no {arn}.", 404)
    if found["verb"] == "Get":
        return ok({kind.field: {**_KEPT[arn], "tags": _TAGS.get(arn, {})}})
    if found["verb"] == "Update":
        changed = {name: value for name, value in data.items() if name not in {*_NOT_KEPT, kind.argument}}
        _KEPT[arn].update(changed, dateUpdated=_now())
    else:
        _KEPT.pop(arn)
        _TAGS.pop(arn, None)
    return ok({kind.argument: arn})


def _create(kind: _Kind, data: Document) -> Response:
    # Names become lower case with dashes in an ARN; what has a version has it there, too.
    name = re.sub(r"[^a-z0-9-]", "-", data["name"].lower())
    version = f"/{data['semanticVersion']}{kind.suffix}" if "semanticVersion" in data else ""
    arn = f"arn:aws:imagebuilder:{get_region()}:{get_account_id()}:{kind.path}/{name}{version}"
    if arn in _KEPT:
        return refused("ResourceAlreadyExistsException", f"There is {arn} already.")
    kept = {field: value for field, value in data.items() if field not in _NOT_KEPT}
    if version:
        kept.update(version=data["semanticVersion"], owner=get_account_id())
    _KEPT[arn] = {**dict(kind.defaults), **kept, "arn": arn, "dateCreated": _now()}
    _TAGS[arn] = data.get("tags") or {}
    return ok({kind.argument: arn})


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
