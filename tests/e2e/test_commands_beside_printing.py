"""A box prints receipt after receipt while a technician types his commands: no byte of the register is another."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest
from box_rig import Box, start_box
from captures import captures
from paper_tools import less_blocks
from typed import typed

SALES = [c.data for c in captures() if c.is_text and c.is_escpos and c.truth["kind"] == "sale"
         and c.truth["currency"] == "CNY"][:3]  # fmt: skip


def commands(folder: Path) -> list[tuple[object, ...]]:
    raw = folder / "sale.bin"
    raw.write_bytes(SALES[0])
    return [
        ("journal", "verify"),
        ("journal", "export", "--out", folder / "sales.csv"),
        ("queue", "list"),
        ("queue", "drop", 1, "--why", "tried", "--yes"),
        ("queue", "retry", 2),
        ("report", "day"),
        ("report", "observe"),
        ("replay", raw),
        ("capture", "--receipts", 1, "--masked", "--out", folder / "a.capture"),
        ("bundle", "--out", folder / "bundle.tar.gz"),
        ("status",),
        ("doctor",),
        ("metrics", "--write", folder / "box.prom"),
        ("keys", "list"),
        ("inspect", raw),
        ("profiles", "list"),
        ("setup", "--list"),
        ("config", "show"),
        ("config", "check"),
        ("config", "set", "points.minor_per_point", "2000"),
        ("config", "history"),
        ("config", "rollback"),
    ]


OF_NO_BOX = ("inspect", "profiles")


FIND_SOMETHING = ("status", "doctor")  # as that sync does not run, and end with 1 then


def test_no_command_disturbs_a_receipt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("receiptbridge.cli.bundle.ASKED", ())
    monkeypatch.setattr("receiptbridge.cli.capture._end_on_signals", lambda: None)  # not the main thread
    state = tmp_path / "state"
    state.mkdir()
    with start_box(state, "CNY") as box:
        print_until_kept(box)
        typing = threading.Thread(target=type_all, args=(box, commands(tmp_path), said := []))
        typing.start()
        while typing.is_alive():
            for data in SALES:
                got = box.job(data)
                assert less_blocks(data, got) == data
        typing.join()
    assert [(words, code) for words, code in said if code] == []
    assert len(said) == len(commands(tmp_path))


def print_until_kept(box: Box) -> None:
    """The journal of a box that has just been started is made while the first receipts are printed."""
    for _ in range(500):
        box.job(SALES[0])
        listed = typed("queue", "list", "--json", "--config", box.state / "config.toml")
        if listed.exit_code == 0 and len(json.loads(listed.out)["sales"]) > 1:
            return
    raise AssertionError("no receipt is kept")


def type_all(box: Box, every: list[tuple[object, ...]], said: list[tuple[str, object]]) -> None:
    for words in every:
        of_the_box = () if words[0] in OF_NO_BOX else ("--config", box.state / "config.toml")
        done = typed(str(words[0]), *words[1:], *of_the_box)
        failed = done.exit_code and not (done.exit_code == 1 and words[0] in FIND_SOMETHING and not done.err)
        said.append((" ".join(map(str, words[:2])), failed and f"{done.exit_code} {done.err}{done.out}"))
