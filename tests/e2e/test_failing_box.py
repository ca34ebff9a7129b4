"""The box as it runs, with a full disk or without its key: it starts, and every receipt passes as it is."""

from __future__ import annotations

from pathlib import Path

from box_rig import Box, start_box
from captures import chinese_sale
from failing_disks import fill, small_file_system

RECEIPTS = 20
CODE = b"HTTPS://M.EXAMPLE.COM/C/"


def jobs(count: int) -> list[bytes]:
    return [chinese_sale(f"{number + 1}.00", f"2026{number:04}") for number in range(count)]


def sell_until_a_code_comes(box: Box) -> None:
    """A lane that has just started may be too late for its first receipts."""
    assert any(CODE in box.job(job) for job in jobs(100))


def sell_whatever_comes(box: Box) -> None:
    """There is room in the log for a sale or two, and again when a lane that stopped has emptied it."""
    for job in jobs(RECEIPTS):
        assert CODE in (got := box.job(job)) or got == job


def test_a_box_whose_disk_fills_up_passes_everything_and_prints_codes_again_when_there_is_room(
    tmp_path: Path,
):
    with small_file_system(tmp_path / "small") as folder, start_box(folder, "CNY") as box:
        sell_until_a_code_comes(box)
        filler = fill(folder)
        sell_whatever_comes(box)
        box.stop()
        box.start()
        sell_whatever_comes(box)
        filler.unlink()
        sell_until_a_code_comes(box)


def test_a_box_that_lost_its_key_passes_everything_and_says_so(tmp_path: Path):
    with start_box(tmp_path, "CNY") as box:
        box.stop()
        for key in (tmp_path / "keys").glob("*.pem"):
            key.unlink()
        box.start()
        for job in jobs(RECEIPTS):
            assert box.job(job) == job
    assert "no codes are printed" in (tmp_path / "log").read_text()
