"""The thread beside a lane, when the lane is gone already."""

from __future__ import annotations

import asyncio
from contextlib import closing

from lane_rig import Book

from receiptbridge.bridge.events import MarkSale
from receiptbridge.disk import Disk


def test_a_mark_that_comes_when_the_lane_has_stopped_is_no_fault():
    book = Book()
    with closing(asyncio.new_event_loop()) as loop:
        disk = Disk("till-1", book, loop)
        disk.mark(MarkSale(1, "released"))
        disk.close()
        disk.mark(MarkSale(2, "not_printed"))
    assert [mark.row for mark in book.marks] == [1]
