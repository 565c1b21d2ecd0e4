"""Property tests give the same answer on every run and on a slow machine."""

from hypothesis import settings

settings.register_profile("stagecraft", deadline=None, derandomize=True)
settings.load_profile("stagecraft")
