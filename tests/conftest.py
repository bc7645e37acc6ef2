"""Settings all tests share."""

import os

from hypothesis import settings

# no deadlines: a shared machine may stall for a moment; in CI the same examples every time, so that a red run is news
settings.register_profile("house", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "house")
