"""For all tests: a property holds or not, however busy the machine is."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("house", deadline=None)
settings.load_profile("house")
