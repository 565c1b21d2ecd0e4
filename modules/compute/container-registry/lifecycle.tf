locals {
  # Rules run by priority. An image that a rule has counted is never touched by a later one, so the tags that are to
  # be kept stand first, the images that lost their tag last.
  lifecycle_rules = { for key, repository in var.repositories : key => concat(
    [for position, prefix in sort(keys(repository.keep_by_tag_prefix)) : {
      rulePriority = position + 1
      description  = "Keep the last ${repository.keep_by_tag_prefix[prefix]} images tagged ${prefix}*"
      selection = {
        tagStatus     = "tagged"
        tagPrefixList = [prefix]
        countType     = "imageCountMoreThan"
        countNumber   = repository.keep_by_tag_prefix[prefix]
      }
      action = { type = "expire" }
    }],
    [{
      rulePriority = length(repository.keep_by_tag_prefix) + 1
      description  = "Delete images without a tag after ${repository.untagged_days} days"
      selection = {
        tagStatus   = "untagged"
        countType   = "sinceImagePushed"
        countUnit   = "days"
        countNumber = repository.untagged_days
      }
      action = { type = "expire" }
    }],
  ) }
}

resource "aws_ecr_lifecycle_policy" "this" {
  for_each = var.repositories

  repository = aws_ecr_repository.this[each.key].name
  policy     = jsonencode({ rules = local.lifecycle_rules[each.key] })
}
