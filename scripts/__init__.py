"""What stands behind tasks.py: read the tree, plan, rehearse, apply, watch and undo."""
