# One setting for the whole account and region, so one unit alone may give a key.
resource "aws_xray_encryption_config" "this" {
  count = var.encryption == null ? 0 : 1

  type   = "KMS"
  key_id = var.encryption.kms_key_arn
}
