"""The tables of words: what they say of labels as registers print them."""

from __future__ import annotations

import ast
import inspect

import pytest

from receiptbridge.receipt.lexicon import LANGUAGES, lexicon
from receiptbridge.receipt.lexicons import zh


def meanings(text, *languages):
    return [hit.meaning for hit in lexicon(languages).labels.find(text)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_lexicon_is_data_and_nothing_that_runs(language):
    docstring, future, *tables = ast.parse(inspect.getsource(LANGUAGES[language])).body
    assert isinstance(docstring, ast.Expr)
    assert isinstance(future, ast.ImportFrom)
    for table in tables:
        assert isinstance(table, ast.Assign)
        ast.literal_eval(table.value)


def test_every_traditional_character_is_read_as_one_simplified_character():
    assert len(zh.TRADITIONAL) == len(zh.SIMPLIFIED) == len(set(zh.TRADITIONAL))
    assert not set(zh.TRADITIONAL) & set(zh.SIMPLIFIED)


@pytest.mark.parametrize(
    ("traditional", "simplified"),
    [("應付總金額", "应付总金额"), ("折扣優惠", "折扣优惠"), ("支付寶", "支付宝")],
)
def test_traditional_characters_mean_what_simplified_ones_do(traditional, simplified):
    assert meanings(traditional, "zh", "en") == meanings(simplified, "zh", "en") != []


@pytest.mark.parametrize(
    ("label", "language", "meaning"),
    [
        ("mwst-summe", "de", "tax"),
        ("gesamt in eur", "de", "total"),
        ("税额合计", "zh", "tax"),
        ("已收总额", "zh", "received"),
        ("amount incl vat", "en", "total"),
        ("total des taxes", "fr", "tax"),
        ("المطلوب سداده", "ar", "total"),
    ],
)
def test_a_longer_label_says_something_else_than_its_words(label, language, meaning):
    assert meanings(label, language, "en") == [meaning]
