"""Chinese, simplified: all characters are in GB 2312, where the oldest Chinese printers stop."""

from __future__ import annotations

from receiptbridge.claim.wordings.model import Texts

TEXTS = Texts(
    title="会员积分",
    points_forms=("{number} 分", "{number} 分"),
    by_date="{date} 前有效",
    within_days="7 天内有效",
    units={"CNY": "{number} 元", "HKD": "{number} 港元", "TWD": "{number} 新台币"},
    other_unit="{number} {currency}",
    two_byte="gb18030",
    parts={
        "sale": ("本单 {amount}  积 {points}", "本单 {amount}\n积 {points}"),
        "scan": ("扫码入会领取，{until}",),
        "typed": ("{host} 手工输入 {code}", "手工输入 {code}"),
        "join": ("入会领取，{until}",),
        "typed_alone": ("在 {host} 输入 {code}", "{host}\n手工输入 {code}"),
        "short": ("会员积分 {points}，{until}", "{points}，{until}"),
        "scan_or_type": ("扫码入会或输入 {code}",),
    },
)
