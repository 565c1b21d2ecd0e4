"""CodeBuild takes projects of a pipeline, keeps their settings and changes them."""

from typing import Any

import pytest
from botocore.exceptions import ClientError

KEY = "arn:aws:kms:us-east-1:111111111111:key/11111111-2222-3333-4444-555555555555"
MACHINE = {"type": "ARM_CONTAINER", "computeType": "BUILD_GENERAL1_SMALL", "image": "any"}
PROJECT = {
    "source": {"type": "CODEPIPELINE", "buildspec": "version: 0.2"},
    "artifacts": {"type": "CODEPIPELINE"},
    "environment": MACHINE,
    "serviceRole": "arn:aws:iam::111111111111:role/build",
}


def test_a_pipeline_s_project_keeps_its_settings_and_changes(client: Any) -> None:
    codebuild = client("codebuild")

    def read() -> Any:
        return codebuild.batch_get_projects(names=["cart"])["projects"][0]

    codebuild.create_project(name="cart", encryptionKey=KEY, concurrentBuildLimit=2, **PROJECT)
    assert (read()["encryptionKey"], read()["concurrentBuildLimit"]) == (KEY, 2)
    assert read()["source"]["type"] == "CODEPIPELINE"
    codebuild.update_project(name="cart", concurrentBuildLimit=3, timeoutInMinutes=20)
    assert (read()["concurrentBuildLimit"], read()["timeoutInMinutes"]) == (3, 20)
    codebuild.delete_project(name="cart")
    with pytest.raises(ClientError, match="ResourceNotFound"):
        codebuild.update_project(name="cart", timeoutInMinutes=30)


def test_a_repository_still_needs_its_place(client: Any) -> None:
    with pytest.raises(ClientError, match="location is required"):
        client("codebuild").create_project(name="cart", **{**PROJECT, "source": {"type": "GITHUB"}})
