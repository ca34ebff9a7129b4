"""Points at the service, by the same vectors as at the box."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from service_rig import ServiceRig

from member_service import earn

VECTORS = json.loads((Path(__file__).parents[2] / "docs" / "earn-vectors.json").read_text("utf-8"))


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_the_vectors_are_what_the_rule_gives(vector: dict[str, Any]) -> None:
    rule = SimpleNamespace(**vector["rule"])
    assert [[amount, earn.points(amount, rule)] for amount, _ in vector["points"]] == vector["points"]


def test_a_claim_earns_by_the_whole_rule(rig: ServiceRig) -> None:
    box = rig.enrol(minimum_spend=5000, points_cap=20, rounding="up")
    assert "7" in rig.page(f"/C/{box.token(1, 6367)}").text
    for number, amount, points in ((1, 6367, 7), (2, 4999, 0), (3, 99_999, 20)):
        [answer] = box.deliver(box.sale(number, amount, points=points))
        assert answer["status"] == "stored"


def test_points_that_the_whole_rule_does_not_give_are_refused(rig: ServiceRig) -> None:
    box = rig.enrol(rounding="up")
    [answer] = box.deliver(box.sale(amount=6367, points=6))
    assert (answer["status"], answer["code"]) == ("rejected", "points")
