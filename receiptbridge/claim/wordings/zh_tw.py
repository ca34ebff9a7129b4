"""Chinese, traditional: all characters are in Big5."""

from __future__ import annotations

from receiptbridge.claim.wordings.model import Texts

TEXTS = Texts(
    title="會員點數",
    points_forms=("{number} 點", "{number} 點"),
    by_date="{date} 前有效",
    within_days="7 天內有效",
    units={"TWD": "{number} 元", "HKD": "{number} 港元", "CNY": "{number} 人民幣"},
    other_unit="{number} {currency}",
    two_byte="big5",
    parts={
        "sale": ("本單 {amount}  得 {points}", "本單 {amount}\n得 {points}"),
        "scan": ("掃碼入會領取，{until}",),
        "typed": ("{host} 手動輸入 {code}", "手動輸入 {code}"),
        "join": ("入會領取，{until}",),
        "typed_alone": ("在 {host} 輸入 {code}", "{host}\n手動輸入 {code}"),
        "short": ("會員點數 {points}，{until}", "{points}，{until}"),
        "scan_or_type": ("掃碼入會或輸入 {code}",),
    },
)
