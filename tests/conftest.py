"""Hypothesis without time limits: how long an example takes says nothing of what is right, and machines differ.

Where `CI` is set the examples are the same each time, so that a change is judged by what it changed. Everywhere else
each run draws new ones; what they find is put right and kept as an `@example`.
"""

import os

from hypothesis import settings

settings.register_profile("ascendant", deadline=None)
settings.register_profile("ascendant_ci", deadline=None, derandomize=True, database=None)
settings.load_profile("ascendant_ci" if os.environ.get("CI") else "ascendant")
