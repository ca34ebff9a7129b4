"""A lane imports what it needs to forward, and nothing that another kind of lane or process needs."""

from __future__ import annotations

import subprocess
import sys

HEAVY = ("PIL", "escpos", "qrcode", "requests", "rich", "serial", "sqlite_utils", "textual", "usb")


def test_a_lane_over_tcp_leaves_serial_usb_and_the_technicians_libraries_alone() -> None:
    code = f"import sys, receiptbridge.assemble, receiptbridge.cli.run; print([m for m in {HEAVY} if m in sys.modules])"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert said.strip() == "[]"
