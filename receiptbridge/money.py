"""Money is an integer of minor units and an ISO 4217 code, never a float.

The table is ISO 4217 List One (active codes of currencies and funds, as of January 2026), less the entries
that have no minor unit there (metals, XDR, XSU, XUA, the bond units, XTS and XXX): nothing is sold in them.
"""

from __future__ import annotations

import re
from typing import NamedTuple

# Minor-unit exponent -> "alpha:numeric" of every currency that has it.
_BY_EXPONENT = {
    0: """
        BIF:108 CLP:152 DJF:262 GNF:324 ISK:352 JPY:392 KMF:174 KRW:410 PYG:600 RWF:646 UGX:800 UYI:940
        VND:704 VUV:548 XAF:950 XOF:952 XPF:953
    """,
    2: """
        AED:784 AFN:971 ALL:008 AMD:051 AOA:973 ARS:032 AUD:036 AWG:533 AZN:944 BAM:977 BBD:052 BDT:050
        BMD:060 BND:096 BOB:068 BOV:984 BRL:986 BSD:044 BTN:064 BWP:072 BYN:933 BZD:084 CAD:124 CDF:976
        CHE:947 CHF:756 CHW:948 CNY:156 COP:170 COU:970 CRC:188 CUP:192 CVE:132 CZK:203 DKK:208 DOP:214
        DZD:012 EGP:818 ERN:232 ETB:230 EUR:978 FJD:242 FKP:238 GBP:826 GEL:981 GHS:936 GIP:292 GMD:270
        GTQ:320 GYD:328 HKD:344 HNL:340 HTG:332 HUF:348 IDR:360 ILS:376 INR:356 IRR:364 JMD:388 KES:404
        KGS:417 KHR:116 KPW:408 KYD:136 KZT:398 LAK:418 LBP:422 LKR:144 LRD:430 LSL:426 MAD:504 MDL:498
        MGA:969 MKD:807 MMK:104 MNT:496 MOP:446 MRU:929 MUR:480 MVR:462 MWK:454 MXN:484 MXV:979 MYR:458
        MZN:943 NAD:516 NGN:566 NIO:558 NOK:578 NPR:524 NZD:554 PAB:590 PEN:604 PGK:598 PHP:608 PKR:586
        PLN:985 QAR:634 RON:946 RSD:941 RUB:643 SAR:682 SBD:090 SCR:690 SDG:938 SEK:752 SGD:702 SHP:654
        SLE:925 SOS:706 SRD:968 SSP:728 STN:930 SVC:222 SYP:760 SZL:748 THB:764 TJS:972 TMT:934 TOP:776
        TRY:949 TTD:780 TWD:901 TZS:834 UAH:980 USD:840 USN:997 UYU:858 UZS:860 VED:926 VES:928 WST:882
        XAD:396 XCD:951 XCG:532 YER:886 ZAR:710 ZMW:967 ZWG:924
    """,
    3: """
        BHD:048 IQD:368 JOD:400 KWD:414 LYD:434 OMR:512 TND:788
    """,
    4: """
        CLF:990 UYW:927
    """,
}

# Amounts are at most 18 digits: more than any currency needs, and a bound for what `int` is asked to read.
_DECIMAL = re.compile(r"(-?)([0-9]{1,18})(?:\.([0-9]{1,4}))?")


class Currency(NamedTuple):
    """An ISO 4217 currency: alphabetic code, numeric code, and digits behind the decimal point."""

    code: str
    numeric: int
    exponent: int


def _read_table() -> dict[str, Currency]:
    pairs = [(exponent, entry.split(":")) for exponent, row in _BY_EXPONENT.items() for entry in row.split()]
    return {code: Currency(code, int(numeric), exponent) for exponent, (code, numeric) in pairs}


_CURRENCIES = _read_table()


def currency(code: str) -> Currency:
    """The currency of an alphabetic code in upper case; ValueError where ISO 4217 has none."""
    try:
        return _CURRENCIES[code]
    except KeyError:
        raise ValueError(f"{code!r} is not the code of a currency in ISO 4217 (such as CNY or EUR)") from None


def currency_codes() -> frozenset[str]:
    """All alphabetic codes that `currency` knows."""
    return frozenset(_CURRENCIES)


def format_minor(amount: int, code: str) -> str:
    """`amount` minor units as a plain decimal: 6367 CNY is "63.67", 500 JPY is "500", -5 USD is "-0.05"."""
    exponent = currency(code).exponent
    sign, digits = "-" if amount < 0 else "", str(abs(amount)).rjust(exponent + 1, "0")
    return f"{sign}{digits[:-exponent]}.{digits[-exponent:]}" if exponent else sign + digits


def parse_decimal(text: str, code: str) -> int:
    """The minor units of a plain decimal ("63.67", "63.6", "63", "-0.05").

    ValueError for anything else, grouping and signs other than "-" included, and where there are more
    digits behind the point than the currency has: nothing is rounded.
    """
    exponent = currency(code).exponent
    match = _DECIMAL.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is not a plain decimal amount (such as 63.67)")
    sign, whole, fraction = match[1], match[2], match[3] or ""
    if len(fraction) > exponent:
        raise ValueError(f"{text!r} has more than the {exponent} decimals of {code}")
    amount = int(whole + fraction.ljust(exponent, "0"))
    return -amount if sign else amount
