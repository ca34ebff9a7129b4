"""Japanese: all characters are in Shift JIS."""

from __future__ import annotations

from receiptbridge.claim.wordings.model import Texts

TEXTS = Texts(
    title="会員ポイント",
    points_forms=("{number}ポイント", "{number}ポイント"),
    by_date="{date}まで有効",
    within_days="7日間有効",
    units={"JPY": "{number}円"},
    other_unit="{number} {currency}",
    two_byte="shift_jis",
    parts={
        "sale": ("お買上げ {amount}  {points}進呈", "お買上げ {amount}\n{points}進呈"),
        "scan": ("スキャンして入会・お受取り {until}", "スキャンして入会・お受取り\n{until}"),
        "typed": ("または {host} で {code} を入力", "または {code} を入力"),
        "join": ("入会・お受取り {until}", "入会・お受取り\n{until}"),
        "typed_alone": ("{host} で {code} を入力", "{host}\nコード {code}"),
        "short": ("会員特典 {points} {until}", "{points}\n{until}"),
        "scan_or_type": ("スキャンまたは {code} を入力", "スキャンか {code}"),
    },
)
