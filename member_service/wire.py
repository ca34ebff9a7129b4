"""The JSON of docs/sync-api.md as pydantic models. Unknown keys are ignored: a box may be newer."""

from __future__ import annotations

import base64
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from member_service import money
from member_service.claim_token import MAX_NUMBER
from member_service.earn import Rounding

MAX_SALES = 500
MAX_PAYMENTS = 20
MAX_TRANSACTIONS = 20
MAX_LANES = 32
MAX_LANE_KEYS = 32
MAX_PROFILES = 32
MAX_PROFILE_CHARACTERS = 32 * 1024  # 32 of them are 1 MiB, half of what a body may be
PUBLIC_KEY_BYTES = 32
SIGNATURE_BYTES = 64

Kind = Literal[
    "sale",
    "refund",
    "void",
    "duplicate",
    "kitchen",
    "report",
    "training",
    "merchant_copy",
    "voucher",
    "other",
]
Method = Literal["cash", "card", "wechat", "alipay", "unionpay", "stored_value", "voucher", "other"]


Policy = Literal["print", "join", "none"]
Block = Literal["full", "compact"]


def _known_currency(code: str) -> str:
    if code not in money.BY_CODE:
        raise ValueError("not an ISO 4217 currency code")
    return code


def _raw(length: int, what: str) -> BeforeValidator:
    def decode(value: Any) -> bytes:
        try:
            raw = base64.b64decode(value, validate=True)
        except (TypeError, ValueError) as error:  # binascii.Error is a ValueError
            raise ValueError("not base64") from error
        if len(raw) != length:
            raise ValueError(f"{what} has {length} bytes")
        return raw

    return BeforeValidator(decode)


Text = Annotated[str, Field(max_length=200)]
Currency = Annotated[str, Field(min_length=3, max_length=3), AfterValidator(_known_currency)]
# A signed 64-bit integer is what every store can hold.
Minor = Annotated[int, Field(ge=-(2**63), lt=2**63)]
Unix = Annotated[int, Field(ge=0, lt=2**63)]
_BASE64 = Field(json_schema_extra={"type": "string", "contentEncoding": "base64"})
PublicKey = Annotated[bytes, _raw(PUBLIC_KEY_BYTES, "an Ed25519 public key"), _BASE64]
Signature = Annotated[bytes, _raw(SIGNATURE_BYTES, "an Ed25519 signature"), _BASE64]


class _Wire(BaseModel):
    model_config = ConfigDict(frozen=True)


class _Strict(_Wire):
    # "6367" and 63.0 are not amounts: a sender that means well writes integers.
    model_config = ConfigDict(frozen=True, strict=True)


class EnrolRequest(_Wire):
    code: Text
    public_key: PublicKey
    hardware: Text = ""


class Named(_Wire):
    name: str


class EarnRule(_Wire):
    id: int
    currency: str
    minor_per_point: int
    minimum_spend: int = 0
    points_cap: int | None = None
    rounding: Rounding = "down"


class Settings(_Wire):
    earn_rule: EarnRule
    claim_prefix: str
    payment_policy: dict[Method, Policy] | None = None
    block: Block | None = None


class OwnProfile(_Wire):
    kind: Literal["printer", "register"]
    name: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")]
    text: Annotated[str, Field(max_length=MAX_PROFILE_CHARACTERS)]


LaneSetup = Annotated[
    dict[Annotated[str, Field(max_length=40)], Annotated[int, Field(ge=0, lt=2**31)] | Text],
    Field(max_length=MAX_LANE_KEYS),
]


class Setup(_Wire):
    lanes: Annotated[list[LaneSetup], Field(max_length=MAX_LANES)]
    profiles: Annotated[list[OwnProfile], Field(max_length=MAX_PROFILES)] = []


class EnrolAnswer(_Wire):
    box_id: str
    key_id: str
    merchant: Named
    store: Named
    till: Named
    service_time: int
    settings: Settings
    setup: Setup | None = None


class KeyRequest(_Wire):
    public_key: PublicKey
    proof: Signature


class KeyAnswer(_Wire):
    key_id: str
    overlap_s: int
    service_time: int


class Payment(_Strict):
    method: Method
    amount: Minor | None = None


class Transaction(_Strict):
    kind: Literal["platform", "order", "reference", "authorisation"]
    number: Text


class RefersTo(_Strict):
    receipt_no: Text | None = None
    datetime: Text | None = None
    total: Minor | None = None


class SaleItem(_Strict):
    number: Annotated[int, Field(ge=0, le=MAX_NUMBER)]
    token: Text | None = None
    lane: Text = ""
    kind: Kind = "other"
    total: Minor | None = None
    currency: Currency | None = None
    payments: Annotated[list[Payment], Field(max_length=MAX_PAYMENTS)] = []
    receipt_no: Text | None = None
    printed_at: Text | None = None
    issued_at: Unix
    clock_good: bool = True
    points: Minor | None = None
    refers_to: RefersTo | None = None
    transactions: Annotated[list[Transaction], Field(max_length=MAX_TRANSACTIONS)] = []
    reason: Text | None = None
    why_no_code: Text | None = None
    outcome: Text = ""
    cashier: Annotated[str, Field(max_length=40)] | None = None


class SalesRequest(_Wire):
    # An item that is no SaleItem stays a plain object: it is answered "rejected" and stops no other.
    sales: Annotated[
        list[Annotated[SaleItem | dict[str, Any], Field(union_mode="left_to_right")]],
        Field(min_length=1, max_length=MAX_SALES),
    ]


class SaleResult(_Wire):
    number: int | None
    status: Literal["stored", "duplicate", "conflict", "rejected"]
    code: str | None = None
    message: str | None = None


class SalesAnswer(_Wire):
    results: list[SaleResult]
    service_time: int


class Heartbeat(_Wire):
    version: Annotated[str, Field(max_length=100)] = ""
    uptime: Annotated[float, Field(ge=0)] = 0
    queue: Annotated[int, Field(ge=0)] = 0
    lanes: Annotated[list[dict[str, Any]], Field(max_length=MAX_LANES)] = []


class ServiceTime(_Wire):
    service_time: int


class Health(ServiceTime):
    status: Literal["ok"]


class ErrorDetail(_Wire):
    code: str
    message: str


class ErrorAnswer(ServiceTime):
    error: ErrorDetail
