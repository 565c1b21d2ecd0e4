"""The embedded AWS: one local process on one loopback port, for rehearsals and tests."""
