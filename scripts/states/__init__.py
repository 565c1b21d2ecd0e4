"""Where Terraform keeps what it made: the bucket, states and their copies, locks."""
