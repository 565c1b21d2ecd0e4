"""One file a task: flags in, one call, exit code out. tasks.py only collects them."""
