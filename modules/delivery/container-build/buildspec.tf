locals {
  _tests = var.docker == null ? [] : [for command in var.docker.test_commands : "docker run --rm \"$REPOSITORY_URL:$IMAGE_TAG\" ${command}"]

  # The tag is the commit, so that a running image says what it was built from; tags are never moved.
  buildspec = var.docker == null ? null : yamlencode({
    version = 0.2
    env     = { shell = "bash", exported-variables = ["IMAGE_TAG"] }
    phases = {
      pre_build = {
        commands = [
          "export IMAGE_TAG=\"$${CODEBUILD_RESOLVED_SOURCE_VERSION:0:12}\"",
          "aws ecr get-login-password | docker login --username AWS --password-stdin \"$${REPOSITORY_URL%%/*}\"",
        ]
      }
      build = {
        commands = concat(
          ["docker build --file ${var.docker.dockerfile} --tag \"$REPOSITORY_URL:$IMAGE_TAG\" ${var.docker.context}"],
          local._tests,
        )
      }
      post_build = {
        commands = [
          # CodeBuild runs this phase after a failed build too.
          "test \"$CODEBUILD_BUILD_SUCCEEDING\" = 1",
          "docker push \"$REPOSITORY_URL:$IMAGE_TAG\"",
          "printf '{\"ImageURI\":\"%s\"}' \"$REPOSITORY_URL:$IMAGE_TAG\" > imageDetail.json",
        ]
      }
    }
    artifacts = { files = ["imageDetail.json"] }
  })
}
