parent_image       = "arn:aws:imagebuilder:us-east-1:aws:image/amazon-linux-2023-arm64/x.x.x" # the latest of Amazon Linux 2023
managed_components = ["update-linux", "amazon-cloudwatch-agent-linux"]
schedule           = { expression = "cron(0 4 ? * tue)" } # two days after staging, if something moved
