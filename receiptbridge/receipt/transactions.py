"""The numbers under which a payment is known elsewhere: to the payment platform, the acquirer, the card's bank.

By them the service awards a sale once though it also hears of it from the platform. A number that is not whole (a
masked one) is none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final

from receiptbridge.receipt.fold import fold, lower
from receiptbridge.receipt.lexicon import Phrases
from receiptbridge.receipt.model import Transaction, TransactionKind
from receiptbridge.receipt.statements import Row

_LABELS: Final[Mapping[TransactionKind, str]] = {
    TransactionKind.PLATFORM: "交易单号|微信交易单号|微信支付单号|微信支付交易单号|微信支付订单号|微信单号"
    "|微信交易号|微信订单号|支付宝交易号|支付宝订单号|支付宝单号|支付宝交易单号|支付宝流水号|支付交易号"
    "|支付订单号|支付单号|支付流水号|支付流水|平台单号|平台交易号|平台订单号|平台流水号|渠道单号|渠道订单号"
    "|渠道流水号|银联交易号|银联订单号|云闪付订单号|付款单号|第三方单号|第三方交易号|交易單號|支付寶交易號"
    "|付款編號|transaction id|trans id|txn id|transaction identifier|payment id|payment ref|payment reference"
    "|wechat transaction id|wechat order no|alipay transaction id|alipay order no|alipay trade no|trade no"
    "|upi ref|upi ref no|upi transaction id|utr|e2e id|end to end id|endtoendid|id transacao|id da transacao"
    "|id pix|codigo da transacao|id transaccion|id de transaccion|id transazione|id transaction"
    "|identifiant transaction|transaktions-id|transaktionsid|transaktions-nr|ta-nr|取引id|取引番号|決済番号"
    "|決済id|支払番号|거래번호|거래고유번호|결제번호|id transaksi|no transaksi qris|ma giao dich|id операции"
    "|номер операции|идентификатор операции|номер транзакции",
    TransactionKind.ORDER: "商户单号|商户订单号|商家订单号|商家单号|商户交易号|商户流水号|商戶單號|商戶訂單號"
    "|merchant order no|merchant order id|merchant trade no|merchant reference|out trade no",
    TransactionKind.REFERENCE: "参考号|系统参考号|检索参考号|交易参考号|银联参考号|參考號|參考編號|交易參考號|rrn"
    "|retrieval ref|retrieval ref no|retrieval reference|retrieval reference no|ref no|reference no"
    "|reference number|nsu|nsu host|nsu cv|doc nsu|numero de operacion|nro operacion|num operacion|номер ссылки"
    "|ссылка|номер rrn",
    TransactionKind.AUTHORISATION: "授权码|授权号|授權碼|授權號|批准号|auth code|auth no|auth|authorization"
    "|authorisation|authorization code|authorisation code|approval|approval code|approval no|appr code|appr no"
    "|app code|autorizacao|cod autorizacao|autorizacion|codigo de autorizacion|no autorizacion|autorisation"
    "|no autorisation|numero d'autorisation|autorizzazione|cod. autorizzazione|codice autorizzazione"
    "|genehmigungs-nr|genehmigungsnr|autorisierungs-nr|autorisierungsnr|aut. nr|承認番号|승인번호|код авторизации"
    "|kode otorisasi|kode approval|ma chuan chi|รหัสอนุมัติ|رمز التفويض",
}  # fmt: skip

_LENGTHS: Final[Mapping[TransactionKind, tuple[int, int]]] = {
    TransactionKind.PLATFORM: (8, 64),
    TransactionKind.ORDER: (8, 64),
    TransactionKind.REFERENCE: (6, 24),
    TransactionKind.AUTHORISATION: (4, 12),
}
"""Least and most characters; shorter ones number something else."""

WHOLE_DIGITS: Final = 28
"""WeChat's and Alipay's numbers, which narrow paper breaks: only with so many digits two lines are one number."""

MOST: Final = 20
"""A sale has a few payments with up to four numbers each."""

_GLUE: Final = re.compile(r"(?:\s|[:#.№=-]|n[o°º]\b)*", re.IGNORECASE)
_NUMBER: Final = re.compile(r"(?:\d{4} ){2,}\d{1,4}(?!\w)|[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)*")
_DIGIT: Final = re.compile(r"\d")
_PART_OF_MORE: Final = re.compile(r"[*•.,:/]\w|[*•]")
"""Behind what is no whole number: a mask, a time, an amount."""


@cache
def _phrases() -> Phrases:
    return Phrases(
        [{phrase: kind for kind, said in _LABELS.items() for phrase in lower(fold(said)).split("|")}]
    )


def read_transactions(rows: Sequence[Row]) -> tuple[Transaction, ...]:
    """The transaction numbers in printed order, each once."""
    found: dict[Transaction, None] = {}
    for place, row in enumerate(rows):
        below = rows[place + 1].text if place + 1 < len(rows) else ""
        for hit in _phrases().find(row.low):
            kind = TransactionKind(hit.meaning)
            number = _number_behind(row.text, hit.end, below, kind)
            if number is not None:
                found[Transaction(kind, number)] = None
    return tuple(found)[:MOST]


def _number_behind(text: str, end: int, below: str, kind: TransactionKind) -> str | None:
    """The number behind a label that ends at `end`, on its line, below it, or broken over both."""
    glue = _GLUE.match(text, end)
    at = glue.end() if glue else end
    if at == len(text):
        text, at, below = below, 0, ""
    match = _NUMBER.match(text, at)
    if match is None or _PART_OF_MORE.match(text, match.end()):
        return None
    number = match[0].replace(" ", "")
    if match.end() == len(text) and number.isdigit() and below.isdigit():
        number += below if len(number) + len(below) == WHOLE_DIGITS else ""
    least, most = _LENGTHS[kind]
    return number if least <= len(number) <= most and _DIGIT.search(number) else None
