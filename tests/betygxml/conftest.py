"""Property tests take the time they need: a slow machine is no failure."""

from hypothesis import settings

settings.register_profile("betygxml", deadline=None)
settings.load_profile("betygxml")
