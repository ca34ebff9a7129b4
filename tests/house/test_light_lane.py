"""A lane imports what it needs to forward, and nothing that another kind of lane or process needs."""

from __future__ import annotations

import subprocess
import sys

HEAVY = (
    "PIL", "_hashlib", "_ssl", "email", "escpos", "importlib.metadata", "pydantic", "qrcode", "requests", "rich",
    "segno", "serial", "sqlite_utils", "ssl", "textual", "typer", "usb",
)  # fmt: skip
# As the unit starts it, up to where it finds no configuration.
START = f"""
import sys
from receiptbridge.__main__ import main
sys.argv = ["receiptbridge", "run", "--config", "/nowhere/config.toml", "--lane", "till-1"]
try:
    main()
finally:
    print([name for name in {HEAVY} if sys.modules.get(name)])
"""


def test_a_lane_over_tcp_leaves_serial_usb_tls_and_the_technicians_libraries_alone() -> None:
    done = subprocess.run([sys.executable, "-c", START], capture_output=True, text=True)
    assert (done.returncode, done.stdout.strip()) == (2, "[]")
    assert "/nowhere/config.toml: no configuration there" in done.stderr
