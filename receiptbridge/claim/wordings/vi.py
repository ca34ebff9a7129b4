"""Vietnamese."""

from __future__ import annotations

from receiptbridge.claim.wordings.model import Texts

TEXTS = Texts(
    title="ĐIỂM THÀNH VIÊN",
    points_forms=("{number} điểm", "{number} điểm"),
    by_date="trước {date}",
    within_days="trong 7 ngày",
    units={"VND": "{number} đ"},
    other_unit="{number} {currency}",
    decimal_mark=",",
    parts={
        "sale": ("Hóa đơn {amount}  được {points}", "Hóa đơn {amount}\nđược {points}"),
        "scan": ("Quét mã để tham gia và nhận {until}", "Quét mã để nhận\n{until}"),
        "typed": ("hoặc nhập {code} tại {host}", "hoặc nhập {code}"),
        "join": ("Tham gia và nhận {until}", "Tham gia\n{until}"),
        "typed_alone": ("nhập {code} tại {host}", "{host}\nmã {code}"),
        "short": ("Thành viên: {points} {until}", "{points}\n{until}"),
        "scan_or_type": ("Quét mã hoặc nhập {code}",),
    },
)
