"""What head office does at a console: the review list, a platform's file, the payment policy."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from service_rig import ServiceRig
from typer.testing import CliRunner

from member_service.__main__ import cli
from member_service.errors import UsageError

LINES = [("4200002345", "13800138001", 6367), ("4200002346", "+44 20 7946 0018", 100_000)]
JSON_LINES = "\n".join(json.dumps({"transaction": t, "phone": p, "amount": a}) for t, p, a in LINES)
CSV = "transaction,phone,amount\n" + "\n".join(f"{t},{p},{a}" for t, p, a in LINES)


def office(rig: ServiceRig, *arguments: str) -> str:
    """What a command prints; raises what it raises."""
    url = rig.database.engine.url.render_as_string()
    result = CliRunner().invoke(cli, [*arguments, "--database", url])
    if result.exception is not None:
        raise result.exception
    return result.output


@pytest.mark.parametrize(("name", "text"), [("told.csv", CSV), ("told.jsonl", JSON_LINES)])
def test_a_file_is_imported_once_however_often(rig: ServiceRig, tmp_path: Path, name: str, text: str) -> None:
    rig.add_till()
    file = tmp_path / name
    file.write_text(text)
    answers = [
        json.loads(office(rig, "platform-import", str(file), "--merchant", "Corner Shop", "--json"))
        for _ in range(2)
    ]
    assert [(answer["awarded"], answer["known"]) for answer in answers] == [(2, 0), (0, 2)]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("transaction,phone,amount\n4200002345,13800138001,63.67", "line 2: amount"),
        ("transaction,phone,amount\n4200002345,123,6367", "line 2: phone"),
        ("transaction,phone\n4200002345,13800138001", "line 2: amount"),
        ("transaction,phone,amount\n42,13800138001,6367", "line 2: transaction"),
        ("\0", "line"),
    ],
)
def test_a_file_with_a_bad_line_is_refused_as_a_whole_and_says_which(
    rig: ServiceRig, tmp_path: Path, text: str, says: str
) -> None:
    rig.add_till()
    file = tmp_path / "told.csv"
    file.write_text(text if "\0" not in text else "{")
    if "\0" in text:
        file = file.rename(tmp_path / "told.jsonl")
    with pytest.raises(UsageError, match=says):
        office(rig, "platform-import", str(file), "--merchant", "Corner Shop")


def test_a_missing_file_and_an_unknown_merchant_are_told(rig: ServiceRig, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        office(rig, "platform-import", str(tmp_path / "none.csv"), "--merchant", "Corner Shop")
    (tmp_path / "told.csv").write_text(CSV)
    with pytest.raises(UsageError, match="no merchant 'Nobody'"):
        office(rig, "platform-import", str(tmp_path / "told.csv"), "--merchant", "Nobody")


def test_the_policy_reaches_the_boxes_and_can_be_taken_back(rig: ServiceRig) -> None:
    box = rig.enrol()

    def told() -> object:
        return box.send("GET", "/v1/settings").json()["payment_policy"]

    assert told() is None
    office(rig, "payment-policy", "Corner Shop", "wechat=join", "stored_value=none")
    assert told() == {"wechat": "join", "stored_value": "none"}
    office(rig, "payment-policy", "Corner Shop")
    assert told() is None
    with pytest.raises(UsageError, match="METHOD=POLICY"):
        office(rig, "payment-policy", "Corner Shop", "barter=join")


def test_the_review_list_shows_what_is_open_and_a_decision_closes_it(rig: ServiceRig) -> None:
    box = rig.enrol()
    sale = box.sale()
    lost = box.sale(kind="refund", token=None, points=None, refers_to={"receipt_no": "9999"}, total=-6367)
    box.deliver(sale, lost)
    [row] = map(json.loads, office(rig, "review", "list", "--json").splitlines())
    assert (row["number"], row["reason"]) == (lost["number"], "no sale of this till fits")
    box_id = box.box_id.hex()
    with pytest.raises(UsageError, match="no such sale"):
        office(rig, "review", "match", box_id, str(lost["number"]), box_id, "99")
    office(rig, "review", "match", box_id, str(lost["number"]), box_id, str(sale["number"]))
    assert office(rig, "review", "list") == ""
