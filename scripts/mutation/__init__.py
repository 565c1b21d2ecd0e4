"""Change one default of one module at a time, and see that one of its tests fails."""
