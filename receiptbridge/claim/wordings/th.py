"""Thai: vowels and tones stand above and below their letters, and printers differ in how they are sent."""

from __future__ import annotations

from receiptbridge.claim.wordings.model import Texts

TEXTS = Texts(
    title="คะแนนสมาชิก",
    points_forms=("{number} คะแนน", "{number} คะแนน"),
    by_date="ภายใน {date}",
    within_days="ภายใน 7 วัน",
    units={"THB": "{number} บาท"},
    other_unit="{number} {currency}",
    only_as_picture=True,
    parts={
        "sale": ("ยอดซื้อ {amount}  ได้รับ {points}", "ยอดซื้อ {amount}\nได้รับ {points}"),
        "scan": ("สแกนเพื่อสมัครและรับคะแนน {until}", "สแกนเพื่อรับคะแนน\n{until}"),
        "typed": ("หรือพิมพ์ {code} ที่ {host}", "หรือพิมพ์ {code}"),
        "join": ("สมัครและรับคะแนน {until}", "สมัคร {until}"),
        "typed_alone": ("พิมพ์ {code} ที่ {host}", "{host}\nรหัส {code}"),
        "short": ("สมาชิกได้ {points} {until}", "{points}\n{until}"),
        "scan_or_type": ("สแกนหรือพิมพ์ {code}",),
    },
)
