from __future__ import annotations

import json

import pytest

from hardware_sim.score.__main__ import main
from hardware_sim.score.corpus import CORPUS, load_corpus, score
from hardware_sim.score.grading import score_capture
from hardware_sim.score.text import table

SALE = {
    "kind": "sale", "total": "63.67", "currency": "CNY", "payments": [{"method": "card"}], "receipt_no": "A-1",
    "accept_totals": ["64.00"], "accept_kinds": [], "accept_receipt_nos": [],
}  # fmt: skip
REPORT = SALE | {"kind": "report", "total": None, "payments": [], "receipt_no": None, "accept_totals": []}
SLIP = REPORT | {"accept_kinds": ["sale"]}


def capture(*receipts):
    return {
        "id": "c1",
        "lang": "zh-CN",
        "transport": "text",
        "protocol": "escpos",
        "receipts": list(receipts),
    }


def tally(truths, readings):
    return score_capture(capture(*truths), {"id": "c1", "receipts": readings})[0]


@pytest.mark.parametrize(
    ("total", "verdict"),
    [("63.67", "exact"), ("63.670", "exact"), ("64.00", "lenient"), ("70", "wrong"), (None, "abstain")],
)
def test_a_total_is_exact_lenient_wrong_or_not_given(total, verdict):
    assert tally([SALE], [{"kind": "sale", "total": total}])[verdict] == 1


def test_a_capture_without_a_prediction_is_a_sale_missed():
    scored, mistakes = score_capture(capture(SALE), None)
    assert (scored["fn"], scored["abstain"], mistakes[0].what) == (1, 1, "sale missed")


def test_a_report_taken_as_a_sale_with_a_total_is_a_phantom():
    scored = tally([REPORT], [{"kind": "sale", "total": "1.00"}])
    assert (scored["fp"], scored["phantom"]) == (1, 1)


def test_a_receipt_that_may_be_a_sale_counts_neither_way():
    scored = tally([SLIP], [{"kind": "sale", "total": "1.00"}])
    assert (scored["fp"], scored["ambiguous"]) == (0, 1)


def test_a_spare_receipt_does_harm_only_as_a_sale():
    sale = {"kind": "sale", "total": "63.67"}
    assert tally([SALE], [{"kind": "other"}, sale])["fp"] == 0
    assert tally([SALE], [sale, {"kind": "sale", "total": None}])["fp"] == 1


def test_payments_and_numbers_are_compared_as_people_would():
    reading = {"kind": "sale", "total": None, "payments": [{"method": "unionpay"}], "receipt_no": "a1"}
    scored = tally([SALE], [reading])
    assert (scored["pay_ok"], scored["no_ok"]) == (1, 1)


def test_the_whole_corpus_read_perfectly_scores_perfectly(tmp_path, capsys):
    predictions = tmp_path / "predictions.jsonl"
    corpus = load_corpus(CORPUS)
    lines = [json.dumps({"id": truth["id"], "receipts": truth["receipts"]}) for truth in corpus]
    predictions.write_text("\n".join(lines), encoding="utf-8")
    assert main([str(predictions), "--by", "form", "--errors", "5"]) == 0
    assert (
        "KEY: wrong totals per 1000 sales 0.0 (0 of 96, at most 30.7 with 95 %); coverage 100.0 %"
        in capsys.readouterr().out
    )


def test_an_unknown_grouping_is_refused(tmp_path):
    with pytest.raises(SystemExit):
        main([str(tmp_path / "none"), "--by", "weather"])


def test_mistakes_are_listed_worst_first():
    readings = {"c1": {"id": "c1", "receipts": [{}, {"kind": "sale", "total": "9"}]}}
    text = table(score([capture(SALE, SALE)], readings), [], 5)
    assert [line.split()[1] for line in text.splitlines()[-2:]] == ["wrong", "sale"]
