"""Property tests without a clock."""

from hypothesis import settings

settings.register_profile("archive", deadline=None)
settings.load_profile("archive")
