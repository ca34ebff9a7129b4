"""Characters: by the modes that the stream selects, and by what makes sense of the text."""

from __future__ import annotations

import pytest
from captures import Capture, captures
from command_streams import joined, read
from hypothesis import given
from hypothesis import strategies as st

from receiptbridge.escpos.charsets import Survey, TextDecoder, survey
from receiptbridge.escpos.plausible import plausible_charset
from receiptbridge.profiles.load import load_grammar, load_printer

ESCPOS, STAR = load_grammar("escpos"), load_grammar("star-line")
WESTERN, CHINESE = load_printer("epson-tm-t88v"), load_printer("generic-80")
JAPANESE = WESTERN.but(two_byte="shift_jis")
RECEIPT = "品名 数量 单价 金额 合计 实收 找零"


def printed(data: bytes, printer=WESTERN, grammar=ESCPOS, surveyed: bool = False, **options) -> str:
    tokens = read(grammar, [data])[1]
    found = survey(grammar, printer, tokens) if surveyed else Survey()
    decoder, text = TextDecoder(grammar, printer, found=found, **options), ""
    for token in joined(tokens):
        if token >= b" ":
            text += decoder.decode(token)
        else:
            decoder.apply(token)
    return text


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"\x9c5", "£5"),
        (b"\x1bt\x13\xd5", "€"),
        (b"\x1bt\x10\x80", "€"),
        (b"\x1bt\x11\x88\x92\x8e\x83\x8e", "ИТОГО"),
        (b"\x1bt\x01\xb1\xb2", "ｱｲ"),
        (b"\x1bt\x10\x1b@\x80", "Ç"),
        (b"\x1bt\xfe\x80", "Ç"),
        (b"\x1bR\x03#5", "£5"),
        (b"\x1bR\x0f$5", "¥5"),
        (b"\x1bR\x03\x1bR\x00#5", "#5"),
        (b"\x1c(C\x02\x0002" + "总计 €".encode(), "总计 €"),
        (b"\x1c(C\x02\x0002\x1c(C\x02\x0001\x80", "Ç"),
    ],
)
def test_a_western_printer_prints(data, text):
    assert printed(data) == text


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("合计".encode("gbk"), "合计"),
        ("㐀".encode("gb18030"), "㐀"),
        (b"\x1c.\xcd\xcd", "══"),
        (b"\x1c.\x1bt\x14\xa1", "ก"),
        (b"\x1c.\xcd\x1c&" + "合".encode("gbk"), "═合"),
        (b"\x1bR\x03" + "#㈱镁".encode("gb18030"), "£㈱镁"),
    ],
)
def test_a_chinese_printer_prints(data, text):
    assert printed(data, CHINESE) == text


def test_a_japanese_printer_knows_jis_pairs_and_shift_jis():
    assert printed(b"\x1cC\x01" + "合計".encode("cp932"), JAPANESE) == "合計"
    assert printed(b"\x1cC\x00\x1c&\x39\x67\x37\x57\x1c.A", JAPANESE) == "合計A"


def test_star_selects_its_own_way():
    assert printed(b"\x1b\x1dt\x20\x80", grammar=STAR) == "€"
    assert printed(b"\x1b\x1d)U\x02\x000\x01" + "总".encode(), grammar=STAR) == "总"


def test_a_register_profile_overrules_the_stream():
    assert printed(b"\x1bt\x10\x88", charset="cp866") == "И"
    assert printed(b"\x1c." + "合计".encode("gbk"), charset="gb18030") == "合计"


@pytest.mark.parametrize("charset", ["gb18030", "utf-8", "big5", "cp932", "cp949"])
def test_text_that_no_command_announces_is_told_by_its_characters(charset):
    texts = {
        "big5": "品名 數量 單價 金額 總計 實收",
        "cp932": "お買上げ 合計 おつり",
        "cp949": "합계 금액 카드",
    }
    text = texts.get(charset, RECEIPT)
    assert printed(text.encode(charset), surveyed=True) == text


def test_a_rule_drawn_in_a_code_page_does_not_make_chinese_of_it():
    data = b"\x1c." + b"\xc4" * 32 + b"\n\x1c&" + RECEIPT.encode("gbk")
    assert printed(data, CHINESE, surveyed=True) == "─" * 32 + RECEIPT


def test_chinese_sent_in_code_page_mode_is_read_all_the_same():
    assert printed(b"\x1c." + RECEIPT.encode("gbk"), CHINESE, surveyed=True) == RECEIPT


def test_western_text_on_a_printer_that_powers_on_chinese_follows_its_code_page():
    data = b"\x1bt\x11" + "ИТОГО К ОПЛАТЕ".encode("cp866")
    assert printed(data, CHINESE, surveyed=True) == "ИТОГО К ОПЛАТЕ"


def test_rare_chinese_on_a_chinese_printer_stays_chinese():
    assert printed("鱻龘".encode("gb18030"), CHINESE, surveyed=True) == "鱻龘"


@pytest.mark.parametrize("page", ["cp437", "cp866", "cp852", "cp874", "cp1252", "cp1253"])
def test_a_code_page_is_not_taken_for_a_multi_byte_charset(page):
    words = {
        "cp866": "ИТОГО К ОПЛАТЕ НАЛИЧНЫМИ СДАЧА", "cp874": "รวมทั้งสิ้น เงินสด เงินทอน",
        "cp1253": "ΣΥΝΟΛΟ ΜΕΤΡΗΤΑ", "cp852": "Celkem k úhradě hotově zaplaceno děkujeme",
    }  # fmt: skip
    assert (
        plausible_charset([words.get(page, "Café crème à emporter, déjà payé: 5 ½").encode(page, "replace")])
        is None
    )


@given(st.binary(), st.sampled_from([WESTERN, CHINESE, JAPANESE]), st.booleans())
def test_no_bytes_raise_out_of_the_decoder(data, printer, surveyed):
    for grammar in (ESCPOS, STAR):
        assert isinstance(printed(data, printer, grammar, surveyed), str)


WITH_CHARACTERS = [
    capture
    for capture in captures()
    if capture.is_text and capture.is_escpos and capture.truth["lang"][:2] in ("zh", "ja", "ko", "ru", "th")
]


@pytest.mark.parametrize("capture", WITH_CHARACTERS, ids=lambda capture: capture.id)
def test_every_character_of_a_capture_is_read(capture: Capture):
    text = printed(capture.data, CHINESE, surveyed=True)
    assert {c for c in capture.truth["text"] if c > "\x7f"} <= set(text)


@pytest.mark.parametrize("page", ["cp437", "cp850", "cp858", "cp1252"])
@pytest.mark.parametrize(
    "words",
    [
        "Müller\nBrötchen\nRückgeld\nKäse",
        "Bäckerei\nGrüße\nStück\nÄpfel",
        "Crème brûlée\nThé\nRéglé",
        "Peña\nAño",
    ],
)
def test_a_handful_of_accents_is_not_taken_for_an_asian_charset(page: str, words: str):
    assert plausible_charset([words.encode(page)]) is None


@pytest.mark.parametrize(
    ("words", "codec"),
    [("合计 12.00\n现金", "gb18030"), ("合計 100\nお釣り", "cp932"), ("합계 100\n현금", "cp949")],
)
def test_a_handful_of_common_characters_is_enough_to_know_their_charset(words: str, codec: str):
    assert plausible_charset([words.encode(codec)]) == codec
