"""Hypothesis without time limits: how long an example takes says nothing of what is right, and machines differ."""

from hypothesis import settings

settings.register_profile("ascendant", deadline=None)
settings.load_profile("ascendant")
