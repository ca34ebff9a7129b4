"""The QR symbol of a claim as a matrix, for printers that cannot make one themselves.

Why segno makes the symbol: docs/decisions/0006-segno-makes-the-symbol.md. It is 3 MB in memory, so only where a
printer needs it; and loaded soon after the start then, because a held cut must not wait for an import.
"""

from __future__ import annotations

from bisect import bisect_left

from receiptbridge.errors import TokenError

QUIET_ZONE = 4  # modules that stay white around a symbol (ISO/IEC 18004, 5.3.8)

# Characters that versions 1, 2, ... hold at level M in alphanumeric mode (ISO/IEC 18004, table 7). Version 7
# holds any prefix of 34 before the 144 of a token; beyond it the modules get too fine for 58 mm paper.
CAPACITY = (20, 38, 61, 90, 122, 154, 178)

# Always the same mask. ISO/IEC 18004, 7.8.3, wants the one of the eight with the fewest look-alikes of its own
# patterns, to keep a text's regularity out of the symbol. A token is random bits whatever the mask: over 500
# tokens with dead dots, noise and 5 to 8 % covered, symbols of mask 0 were read as often as those of the best
# (84 and 82 %). Trying all eight takes several times as long, of the 25 ms that a cut may be late.
MASK = 0

# ISO/IEC 18004, table 5
_ALPHANUMERIC = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")

Matrix = tuple[tuple[bool, ...], ...]


def symbol(text: str) -> Matrix:
    """The symbol of `text` at level M in alphanumeric mode: rows of modules, True is dark, no quiet zone.

    Raises TokenError for a character outside the alphanumeric set (ISO/IEC 18004, table 5: 0-9, A-Z and
    space $ % * + - . / :), for no character, and for more than 178.
    """
    import segno

    check_text(text)
    code = segno.make_qr(text, error="m", mode="alphanumeric", mask=MASK, boost_error=False)
    return tuple(tuple(map(bool, row)) for row in code.matrix)


def modules_per_side(text: str) -> int:
    """How many modules wide and high the symbol of `text` is, without its quiet zone: 45 for version 7."""
    check_text(text)
    version = bisect_left(CAPACITY, len(text)) + 1
    return 17 + 4 * version


def check_text(text: str) -> None:
    """TokenError unless `text` fits a symbol of version 7 in alphanumeric mode."""
    if not text:
        raise TokenError("A claim's address is empty")
    if len(text) > CAPACITY[-1]:
        raise TokenError(f"A claim's address has at most {CAPACITY[-1]} characters, this has {len(text)}")
    if not _ALPHANUMERIC.issuperset(text):
        raise TokenError("A claim's address has a character that a QR code keeps in byte mode only")
