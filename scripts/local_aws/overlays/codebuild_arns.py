"""CodeBuild: Terraform deletes a project by its ARN; moto 5.2.5 looks for one of that name and reports success."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from moto.codebuild.models import CodeBuildBackend

from scripts.local_aws.overlays.hooks import wrap


def install() -> None:
    @wrap(CodeBuildBackend, "delete_project")
    def delete(inner: Callable[..., None], self: Any, project_name: str) -> None:
        inner(self, project_name.rpartition(":project/")[2])
