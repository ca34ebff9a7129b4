"""What is wrong with a value is said as a person would, whatever the library calls it."""

from __future__ import annotations

from typing import Any

import pytest

from receiptbridge.checked import WrongData, read
from receiptbridge.config import Config
from receiptbridge.profiles.model import PrinterProfile, RegisterProfile
from receiptbridge.rewording import reworded
from receiptbridge.wrong_values import refused


@pytest.mark.parametrize(
    ("model", "table"),
    [
        (Config, {"state_dir": 1, "service": 3, "lane": 3, "journal": {"keep_days": 9999}}),
        (Config, {"points": {"minor_per_point": "x", "rule": -1, "minimum_spend": 1.5, "payments": 3}}),
        (Config, 3),
        (RegisterProfile, {"name": 1, "ignore_texts": "x", "only_paid_sales": 3, "quiet_seconds": 99}),
        (RegisterProfile, {"name": "a", "end_of_receipt_feed": "x", "quiet_seconds": 0}),
        (PrinterProfile, {"name": "x", "line_spacing_mm": 1, "dpi": 5, "cutter": "x"}),
        (PrinterProfile, {"name": "x", "line_spacing_mm": 14, "head_to_cutter_mm": "x"}),
    ],
)
def test_no_fault_is_told_in_a_librarys_words(model: Any, table: object) -> None:
    with pytest.raises(WrongData) as wrong:
        read(model, table)
    faults = refused("file", wrong.value).faults
    assert faults
    assert all("must be" in fault and "Expected" not in fault for fault in faults), faults


def test_a_text_is_known_by_its_form_and_its_facts_are_put_in_again() -> None:
    forms = {"No {thing} at {place}.": "{place}: {thing} fehlt"}
    assert reworded("No paper at 192.168.1.50:9100.", forms) == "192.168.1.50:9100: paper fehlt"
    assert reworded("No {paper} at (a|b)*.", forms) == "(a|b)*: {paper} fehlt"
    assert reworded("Something else", forms) == "Something else"
