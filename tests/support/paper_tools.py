"""Looking at printed paper: codes on it, and what differs between two strips."""

from __future__ import annotations

import re

import zxingcpp
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from lane_driver import PREFIX
from PIL import Image, ImageChops

from hardware_sim.printer import VirtualPrinter
from receiptbridge.claim.token import ClaimFields, decode, signature, signed_bytes, unspell


def print_on(model: str, data: bytes) -> VirtualPrinter:
    printer = VirtualPrinter(model)
    printer.receive(data)
    return printer


def claims_on(piece: Image.Image, public_key: Ed25519PublicKey, prefix: str = PREFIX) -> list[ClaimFields]:
    """The claims whose codes a camera reads off a piece of paper; each must verify."""
    claims = []
    for code in zxingcpp.read_barcodes(piece.convert("L")):
        if not code.text.startswith(prefix):
            continue
        token = unspell(code.text.removeprefix(prefix))
        try:
            public_key.verify(signature(token), signed_bytes(token))
        except InvalidSignature:
            raise AssertionError(f"{code.text} is not signed by the box") from None
        claims.append(decode(token))
    return claims


def height_of_insertion(without: Image.Image, with_block: Image.Image) -> int:
    """How many rows stand in `with_block` that are not in `without`, all else being the same to the pixel.

    Raises AssertionError where something else differs.
    """
    assert with_block.width == without.width
    more = with_block.height - without.height
    assert more >= 0, "the strip became shorter"
    same_above = _equal_rows_from_top(without, with_block)
    rest = without.height - same_above
    tail = with_block.crop((0, with_block.height - rest, with_block.width, with_block.height))
    expected = without.crop((0, same_above, without.width, without.height))
    assert ImageChops.difference(tail.convert("L"), expected.convert("L")).getbbox() is None, (
        "the paper below the block is not what it would have been"
    )
    return more


def _equal_rows_from_top(one: Image.Image, other: Image.Image) -> int:
    height = min(one.height, other.height)
    area = (0, 0, one.width, height)
    difference = ImageChops.difference(one.crop(area).convert("L"), other.crop(area).convert("L")).getbbox()
    return difference[1] if difference else height


def less_blocks(job: bytes, got: bytes) -> bytes:
    """`got` without what was inserted; insertions can only stand before what looks like a cut."""
    pieces = re.split(rb"(?=\x1dV|\x1bi|\x1bm|\x1bd)", job)
    found = re.fullmatch(b"(.*?)".join(map(re.escape, pieces)), got, re.DOTALL)
    assert found, "something else than a block before a cut was changed"
    return b"".join(pieces)
