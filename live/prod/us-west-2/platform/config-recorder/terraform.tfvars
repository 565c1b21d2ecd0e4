recording_frequency     = "CONTINUOUS"
record_global_resources = false # IAM is recorded in us-east-1

# What concerns the account as a whole is checked in us-east-1.
rules = {
  encrypted-databases = { identifier = "RDS_STORAGE_ENCRYPTED", description = "Databases are encrypted" }
  encrypted-volumes   = { identifier = "ENCRYPTED_VOLUMES", description = "Volumes in use are encrypted" }
  no-open-ssh         = { identifier = "INCOMING_SSH_DISABLED", description = "Port 22 is not open to the world" }
  no-public-buckets   = { identifier = "S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED", description = "No bucket can be public" }
  no-public-databases = { identifier = "RDS_INSTANCE_PUBLIC_ACCESS_CHECK", description = "No database has a public address" }
}
