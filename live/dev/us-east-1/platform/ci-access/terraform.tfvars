repository = "acme/infrastructure" # owner/name of this repository on GitHub
branches   = ["main", "develop"]   # may plan, beside pull requests; who may apply is set in GitHub, on the environment
