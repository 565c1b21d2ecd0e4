"""The tasks with a name of two parts, one file a group: flags and help, as in tasks.py; everything else elsewhere."""
