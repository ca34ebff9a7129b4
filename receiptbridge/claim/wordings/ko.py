"""Korean: all characters are in KS X 1001."""

from __future__ import annotations

from receiptbridge.claim.wordings.model import Texts

TEXTS = Texts(
    title="회원 포인트",
    points_forms=("{number}포인트", "{number}포인트"),
    by_date="{date}까지",
    within_days="7일 이내",
    units={"KRW": "{number}원"},
    other_unit="{number} {currency}",
    two_byte="cp949",
    parts={
        "sale": ("구매 {amount}  {points} 적립", "구매 {amount}\n{points} 적립"),
        "scan": ("스캔하여 가입하고 받으세요 ({until})", "스캔하여 가입하고 받으세요\n{until}"),
        "typed": ("또는 {host}에서 {code} 입력", "또는 {code} 입력"),
        "join": ("가입하고 받으세요 ({until})", "가입하고 받으세요\n{until}"),
        "typed_alone": ("{host}에서 {code} 입력", "{host}\n코드 {code}"),
        "short": ("회원 {points} ({until})", "{points}\n{until}"),
        "scan_or_type": ("스캔하거나 {code} 입력",),
    },
)
