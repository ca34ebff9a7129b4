"""The labelled captures, and small streams in the way of simple registers."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[2] / "hardware_sim" / "captures" / "corpus"

CUT = b"\x1dV\x00"


@dataclass(frozen=True)
class Capture:
    """One job as a register sent it, and the truth about it."""

    id: str
    data: bytes
    truth: dict[str, Any]

    @property
    def is_escpos(self) -> bool:
        return bool(self.truth["protocol"] == "escpos")

    @property
    def is_text(self) -> bool:
        return bool(self.truth["transport"] == "text")


@cache
def captures() -> tuple[Capture, ...]:
    return tuple(
        Capture(file.stem, file.read_bytes(), json.loads(file.with_suffix(".json").read_text("utf-8")))
        for file in sorted(FOLDER.glob("*.bin"))
    )


def chinese_sale(total: str = "63.67", number: str = "120260868256") -> bytes:
    """A supermarket receipt in GB18030, paid in cash, cut without feed."""
    lines = [
        "      万家福超市", f"单号:{number}", "日期:2026-11-22 10:43:30",
        "--------------------------------", f"散装鸡蛋        1  {total}  {total}",
        "--------------------------------", f"合计                      {total}", f"应收                      {total}",
        f"实收                      {total}", "找零                      0.00", "付款方式: 现金", "谢谢惠顾",
    ]  # fmt: skip
    return b"\x1b@\x1c&" + "\r\n".join(lines).encode("gb18030") + b"\r\n\r\n\r\n\r\n" + CUT
