"""The symbol: what it says is what a reader of somebody else's making reads."""

from __future__ import annotations

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from receiptbridge.claim import qr
from receiptbridge.errors import TokenError

ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
LONGEST_ADDRESS = "HTTPS://MEMBERS.EXAMPLE.COM/CARD/C" + "A2" * 72


def picture(matrix: qr.Matrix, dots: int = 4) -> Image.Image:
    edge = len(matrix) + 2 * qr.QUIET_ZONE
    image = Image.new("L", (edge, edge), 255)
    for y, row in enumerate(matrix, qr.QUIET_ZONE):
        for x, dark in enumerate(row, qr.QUIET_ZONE):
            image.putpixel((x, y), 0 if dark else 255)
    return image.resize((edge * dots, edge * dots), Image.Resampling.NEAREST)


@settings(max_examples=30)
@given(st.text(ALPHANUMERIC, min_size=1, max_size=178).filter(lambda text: text == text.strip()))
def test_a_symbol_is_read_back_as_its_text(text: str) -> None:
    found = zxingcpp.read_barcodes(picture(qr.symbol(text)))
    assert [code.text for code in found] == [text]
    assert found[0].ec_level == "M"


@given(st.text(ALPHANUMERIC, min_size=1, max_size=178))
@settings(max_examples=30)
def test_the_size_of_a_symbol_is_known_before_it_is_made(text: str) -> None:
    assert qr.modules_per_side(text) == len(qr.symbol(text))


def test_the_longest_prefix_and_a_token_fill_version_7() -> None:
    assert len(LONGEST_ADDRESS) == 34 + 144
    assert len(qr.symbol(LONGEST_ADDRESS)) == 45


def test_an_address_too_long_for_fine_modules_is_refused() -> None:
    with pytest.raises(TokenError, match="at most 178"):
        qr.symbol(LONGEST_ADDRESS + "A")


def test_no_address_at_all_is_refused() -> None:
    with pytest.raises(TokenError, match="empty"):
        qr.symbol("")


@pytest.mark.parametrize("text", ["https://m.example.com/", "A=B", "会员", "A\n"])
def test_an_address_for_byte_mode_is_refused(text: str) -> None:
    with pytest.raises(TokenError, match="byte mode"):
        qr.symbol(text)
