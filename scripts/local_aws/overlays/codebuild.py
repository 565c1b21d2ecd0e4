"""CodeBuild: moto 5.2.5 refuses projects that a pipeline feeds, forgets some settings and changes no project."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from moto.codebuild import responses
from moto.codebuild.exceptions import ResourceNotFoundException
from moto.codebuild.responses import CodeBuildResponse
from moto.core.responses import ActionResult

from scripts.local_aws.overlays.hooks import Document, wrap

# What comes from a pipeline, or from nowhere, has no place of its own.
_PLACELESS = {"CODEPIPELINE", "NO_SOURCE"}
_KEPT = (
    "artifacts",
    "autoRetryLimit",
    "buildBatchConfig",
    "cache",
    "concurrentBuildLimit",
    "description",
    "encryptionKey",
    "environment",
    "fileSystemLocations",
    "logsConfig",
    "queuedTimeoutInMinutes",
    "secondaryArtifacts",
    "secondarySources",
    "serviceRole",
    "source",
    "sourceVersion",
    "tags",
    "timeoutInMinutes",
    "vpcConfig",
)


def install() -> None:
    for validator in ("_validate_required_params_source", "_validate_required_params_artifacts"):
        wrap(responses, validator)(_unless_placeless)

    @wrap(CodeBuildResponse, "create_project")
    def create(inner: Callable[[Any], Any], self: Any) -> ActionResult:
        inner(self)
        return ActionResult({"project": _keep(self)})

    def update(self: Any) -> ActionResult:
        return ActionResult({"project": _keep(self)})

    CodeBuildResponse.update_project = update  # type: ignore[attr-defined]


def _unless_placeless(inner: Callable[[Document], None], asked: Document) -> None:
    if asked["type"] not in _PLACELESS:
        inner(asked)


def _keep(response: Any) -> Document:
    """Store what the request has, as it was sent."""
    name = response._get_param("name")
    project = response.codebuild_backend.codebuild_projects.get(name)
    if project is None:
        raise ResourceNotFoundException(f"Project {name} does not exist")
    metadata: Document = project.project_metadata
    for field in _KEPT:
        value = response._get_param(field)
        if value is not None:
            metadata[field] = value
    if metadata["artifacts"]["type"] == "CODEPIPELINE":
        metadata["artifacts"] = {"packaging": "NONE", **metadata["artifacts"], "name": name}
    return metadata
