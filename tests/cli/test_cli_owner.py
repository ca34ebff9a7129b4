"""Root types a command; the lanes must be able to read what it wrote."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

_ENROL = """
import hashlib  # now: afterwards a Python in the home of root is out of reach
import sys
from pathlib import Path
from receiptbridge.cli.owner import become_owner_of
from receiptbridge.identity import adopt_key, make_key
state = Path(sys.argv[1])
become_owner_of(state)
adopt_key(state, make_key(state), bytes(6), "k:1")
"""


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_keys_that_root_makes_belong_to_the_user_of_the_lanes():
    # Not under pytest's own folder: that is closed to everybody else.
    made = subprocess.run(["mktemp", "-d", "/tmp/state.XXXXXX"], capture_output=True, text=True, check=True)
    state = Path(made.stdout.strip())
    os.chown(state, 65534, 65534)
    try:
        subprocess.run([sys.executable, "-c", _ENROL, state], check=True)
        owners = {(path.stat().st_uid, path.stat().st_gid) for path in (state, *state.rglob("*"))}
    finally:
        subprocess.run(["rm", "-r", state], check=True)
    assert owners == {(65534, 65534)}


def test_nothing_changes_for_others_nor_without_a_state_directory(tmp_path):
    code = "import os, sys; from pathlib import Path; from receiptbridge.cli.owner import become_owner_of\n"
    code += "before = os.geteuid(); become_owner_of(Path(sys.argv[1])); assert os.geteuid() == before"
    subprocess.run([sys.executable, "-c", code, tmp_path / "none"], check=True)
