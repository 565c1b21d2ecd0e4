"""A project that was deleted by its ARN, as Terraform does, is gone."""

from typing import Any

from tests.local_aws.test_builds import PROJECT


def test_a_name_is_free_again_after_its_project_was_deleted_by_arn(client: Any) -> None:
    codebuild = client("codebuild")
    for _ in range(2):
        made = codebuild.create_project(name="checkout", **PROJECT)["project"]
        codebuild.delete_project(name=made["arn"])
    assert codebuild.batch_get_projects(names=["checkout"])["projects"] == []
