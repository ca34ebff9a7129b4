"""The wordings: they fit the paper, exist in the printers' fonts, and are drawn for printers without."""

from __future__ import annotations

from importlib import resources

import pytest

from hardware_sim.render import render
from receiptbridge.claim.layout import TEMPLATES, BlockContent, speech
from receiptbridge.claim.lettering import COMMON, LINE_DOTS, OWN_FILE, glyphs, lettered, runs
from receiptbridge.claim.pictures import FORMS
from receiptbridge.claim.texts import FALLBACK, TEXTS, Language, language_of
from receiptbridge.claim.voices import PictureVoice, TextVoice, Voice, voices
from receiptbridge.claim.wordings.model import Texts
from receiptbridge.escpos.charsets import TWO_BYTE_CODECS
from receiptbridge.profiles.load import load_grammar, load_printer
from receiptbridge.profiles.model import TwoByteCharset

NARROW = 32  # columns of 58 mm paper
NARROW_DOTS = 384
REPLACED_BY_ESC_R = set("#$@[\\]^`{|}~")
LONG_HOST = "HTTPS://M.RIVERSIDE-MALL.COM/C/"
PAGES = load_grammar("escpos").tables["codepages"]


def content(language: Language, valid_until: str | None = "2026-11-29") -> BlockContent:
    return BlockContent(
        language, 999_999_999, "TWD", 999_999, LONG_HOST + "A" * 144, "D96X-P8X5-6S", valid_until
    )


def picture_voice(language: Language) -> PictureVoice:
    return PictureVoice(TEXTS[language], language, FORMS["gs_v_0"], NARROW_DOTS, 203, {})


def narrow_voices(language: Language) -> list[Voice]:
    words: Voice = TextVoice(TEXTS[language], "utf-8", {}, NARROW, 3.75)
    return [picture_voice(language)] if TEXTS[language].only_as_picture else [words, picture_voice(language)]


@pytest.mark.parametrize("until", ["2026-11-29", None])
@pytest.mark.parametrize("language", TEXTS)
def test_the_shortest_wording_fits_58_mm_paper(language: Language, until: str | None) -> None:
    for voice in narrow_voices(language):
        for template in TEMPLATES.values():
            for symbol in (True, False):
                said = speech(content(language, until), voice, template, symbol=symbol)
                for line in (*said.above, *said.below):
                    assert voice.width(line) <= voice.room, line


@pytest.mark.parametrize("language", TEXTS)
def test_every_language_says_every_part(language: Language) -> None:
    parts = {part for t in TEMPLATES.values() for part in (*t.above, *t.below, *t.without)}
    assert TEXTS[language].parts.keys() == parts


@pytest.mark.parametrize("language", TEXTS)
def test_every_template_tells_points_code_and_date(language: Language) -> None:
    voice = picture_voice(language)
    for template in TEMPLATES.values():
        for symbol in (True, False):
            said = speech(content(language), voice, template, symbol=symbol)
            text = " ".join((*said.above, *said.below))
            assert all(fact in text for fact in ("999999", "D96X-P8X5-6S", "2026-11-29"))


def printers_with(charset: TwoByteCharset) -> set[Language]:
    return {language for language, texts in TEXTS.items() if texts.two_byte == charset}


@pytest.mark.parametrize(
    ("charset", "codec"), [(charset, codec) for charset, codec in TWO_BYTE_CODECS.items()]
)
def test_a_two_byte_printer_has_all_characters_of_its_language(charset: TwoByteCharset, codec: str) -> None:
    oldest = {"gb18030": "gb2312", "cp949": "euc_kr", "shift_jis": "shift_jis"}.get(charset, codec)
    for language in printers_with(charset):
        "".join(TEXTS[language].phrases()).encode(oldest)
    assert printers_with(charset)


@pytest.mark.parametrize("language", TEXTS)
def test_no_wording_uses_a_character_that_a_country_setting_replaces(language: Language) -> None:
    fields = dict.fromkeys(("amount", "points", "until", "code", "host", "number", "date", "currency"), "")
    for phrase in TEXTS[language].phrases():
        assert not REPLACED_BY_ESC_R & set(phrase.format(**fields))


@pytest.mark.parametrize("language", TEXTS)
def test_every_text_is_drawn(language: Language) -> None:
    """After a change of words: python tools/draw_glyphs.py"""
    texts: Texts = TEXTS[language]
    fields = dict.fromkeys(("amount", "points", "until", "code", "host", "number", "date", "currency"), "A-7")
    for phrase in texts.phrases():
        for line in phrase.format(**fields).split("\n"):
            assert lettered(line, language) is not None, line


def test_what_was_never_drawn_is_not_drawn_in_part() -> None:
    assert lettered("会员龘", "zh") is None
    assert picture_voice("zh").width("会员龘") > NARROW_DOTS


@pytest.mark.parametrize("name", [COMMON, *sorted(OWN_FILE)])
def test_drawn_characters_fit_a_line_and_come_with_their_licence(name: str) -> None:
    assert all(glyph.height == LINE_DOTS for glyph in glyphs(name).values())
    folder = resources.files("receiptbridge.claim") / "glyphs"
    assert "SIL Open Font License" in (folder / f"{name}.tsv").read_text("utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in (folder / "OFL.txt").read_text("utf-8")


def test_a_line_with_arabic_runs_leftwards_and_its_numbers_do_not_turn() -> None:
    drawn = lettered("قبل 2026-11-29", "ar")
    word, number, blank = (lettered(part, "ar") for part in ("قبل", "2026-11-29", " "))
    assert drawn is not None
    assert word is not None
    assert number is not None
    assert blank is not None
    assert drawn.width == word.width + number.width + blank.width
    assert [row & (1 << word.width) - 1 for row in drawn.rows] == list(word.rows)
    assert [row >> word.width + blank.width for row in drawn.rows] == list(number.rows)


def test_joined_scripts_are_looked_up_word_by_word() -> None:
    assert runs("ab ที่7") == ["a", "b", " ", "ที่", "7"]


# ---- which way a language reaches a printer ------------------------------------------------------------


def first_voice(language: Language, printer: str) -> Voice:
    profile = load_printer(printer)
    return next(voices(language, profile, PAGES[profile.code_page_table]))


@pytest.mark.parametrize(
    ("language", "printer", "codec"),
    [
        ("zh", "generic-80", "gb18030"),
        ("en", "generic-80", "ascii"),
        ("id", "_safe", "ascii"),
        ("fr", "epson-tm-t88v", "cp437"),
        ("ru", "epson-tm-t88v", "cp866"),
    ],
)
def test_a_language_that_the_printer_has_goes_out_as_its_characters(
    language: Language, printer: str, codec: str
) -> None:
    voice = first_voice(language, printer)
    assert isinstance(voice, TextVoice)
    assert voice.codec == codec


@pytest.mark.parametrize(
    ("language", "printer"),
    [("zh", "epson-tm-t88v"), ("zh-TW", "generic-80"), ("ja", "generic-80"), ("th", "epson-tm-t88v"),
     ("ar", "epson-tm-t88v"), ("vi", "generic-58")],
)  # fmt: skip
def test_a_language_that_the_printer_lacks_goes_out_as_a_picture(language: Language, printer: str) -> None:
    assert isinstance(first_voice(language, printer), PictureVoice)


def test_an_impact_printer_without_the_language_speaks_english() -> None:
    assert first_voice("ko", "epson-tm-u220").texts is TEXTS[FALLBACK]


def test_the_language_follows_the_receipt_and_the_place_where_chinese_is_read() -> None:
    assert language_of("zh", "CNY") == "zh"
    assert language_of("zh", "TWD") == "zh-TW"
    assert language_of("de", "EUR") == "de"
    assert language_of("xx", None) == language_of(None, None) == FALLBACK


@pytest.mark.parametrize("language", TEXTS)
def test_words_sent_as_a_picture_print_the_drawn_dots(language: Language) -> None:
    drawn = lettered(TEXTS[language].title, language)
    assert drawn is not None
    paper = render(picture_voice(language).printed((TEXTS[language].title,)), "clone-58")[0]
    # Ink on paper is 0; the printer puts a picture sent in whole bytes at the left where nothing centres it.
    sheet = paper.crop((0, paper.height - LINE_DOTS, drawn.width, paper.height))
    rows = [sheet.crop((0, y, sheet.width, y + 1)) for y in range(sheet.height)]
    assert [sum(row.histogram()[:1]) for row in rows] == [row.bit_count() for row in drawn.rows]
