resource "aws_ecr_repository" "this" {
  for_each = var.repositories

  name                 = "${var.name}/${each.key}"
  image_tag_mutability = each.value.allow_mutable_tags ? "MUTABLE" : "IMMUTABLE" # a tag that moves cannot be rolled back to
  force_delete         = each.value.allow_destroy_with_images
  tags                 = var.tags

  encryption_configuration {
    encryption_type = "KMS"
    kms_key         = var.kms_key_arn # null: the key that ECR manages
  }

  image_scanning_configuration {
    scan_on_push = true
  }
}
