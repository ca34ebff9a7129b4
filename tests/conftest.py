"""For all tests: a property holds or not, however busy the machine is, and Ctrl-C ends what is started here."""

from __future__ import annotations

import signal

from hypothesis import settings

settings.register_profile("house", deadline=None)
settings.load_profile("house")

# A shell that starts the tests in the background has SIGINT ignored, and whatever they start would inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)
