repository = "acme/infrastructure" # owner/name of this repository on GitHub
branches   = ["main", "develop"]   # may plan, beside pull requests; who may apply is set in GitHub, on the environment

max_session_seconds = 10800 # as long as a job of .github/workflows/apply-environment.yml may wait for a database
