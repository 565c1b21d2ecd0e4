# Which requests are traced, and which traces belong together.
terraform { source = "${get_repo_root()}/modules//monitoring/xray" }
