"""Texts that come formed already, from a library or from a room that knows no languages, in the reader's language.

A form is a text with its facts left out, as in "No such option: {option}". What has a form is recognised by it, and
said by what the catalogue has for it; what has none stays as it came.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from receiptbridge.words import _


def reworded(text: str, forms: Mapping[str, str]) -> str:
    """`text` by the first of the forms that it has: what the form maps to, looked up, with the facts put in.

    A fact may have a form as well: "Invalid value for '--port': Input should be greater than 0".
    """
    for form, said in forms.items():
        if found := _pattern(form).fullmatch(text):
            return _(said).format(**{key: reworded(fact, forms) for key, fact in found.groupdict().items()})
    return text


@cache
def _pattern(form: str) -> re.Pattern[str]:
    """`{option}` in a form is any text, the shortest that fits."""
    return re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.*?)", re.escape(form)), re.DOTALL)
