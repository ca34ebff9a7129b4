"""`receiptbridge bundle`: all that support wants is in it, and no secret of the box in any form."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import stat
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from journal_rig import State, state
from typed import Typed, typed

from receiptbridge.claim.code import typed_code
from receiptbridge.claim.token import spell
from receiptbridge.cli import bundle as command
from receiptbridge.journal.looking import look
from receiptbridge.upkeep import bundling
from receiptbridge.upkeep.capture_file import Crossing, header_line
from receiptbridge.upkeep.scrubbing import scrubbed

ONE_TIME = "8K2M-QX7T-PC4V-WN9D"
CARD, PHONE, NAME = "4111111111111111", "13812345678", "Mustermann"


@pytest.fixture
def box(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[State]:
    """A box with two sales, whose logs and configuration say what they must not; systemd is two scripts."""
    folder = tmp_path / "state"
    folder.mkdir()
    with state(folder) as made:
        made.sell(6367)
        made.sell(None, currency=None, reason="no label", why_no_code="no label")
        made.config.write_text(made.config.read_text() + "# password of the router: hunter2\n")
        _log_that_says_too_much(tmp_path / "bin", secrets(made))
        monkeypatch.setattr(bundling, "SYSTEMD_RUNS", tmp_path)
        monkeypatch.setattr(command, "ASKED", ())
        monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")
        yield made


def _log_that_says_too_much(folder: Path, said: dict[str, bytes]) -> None:
    folder.mkdir()
    log = folder / "log"
    lines = [
        value.decode()
        for name, value in said.items()
        if value.isascii() and name not in ("name", "raw token")
    ]
    log.write_text(
        "\n".join([*lines, f"Customer: Erika {NAME}", f"enrol {ONE_TIME}", "till-1: receipt_read sale"])
    )
    for name in ("journalctl", "systemctl"):
        script = folder / name
        script.write_text(f"#!/bin/sh\ncat {log}\n")
        script.chmod(0o755)


def secrets(box: State) -> dict[str, bytes]:
    """Everything that must not be in a bundle, in the forms in which it might be."""
    with look(box.file) as journal:
        [token] = [row[0] for row in journal.execute("SELECT token FROM sale WHERE token IS NOT NULL")]
    [key] = box.identity.keys
    private = key.private_key.private_bytes_raw()
    pem = key.private_key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return {
        "pem": pem, "private key": private, "private key in base64": base64.b64encode(private),
        "private key in hex": private.hex().encode(), "raw token": token, "token": spell(token).encode(),
        "token in base64": base64.b64encode(token), "token in hex": token.hex().encode(),
        "typed code": typed_code(token).encode(), "one-time code": ONE_TIME.encode(),
        "url": b"https://anna:secret-of-anna@members.example.com/", "card": f"Card {CARD}".encode(),
        "telephone": f"Tel {PHONE}".encode(), "name": NAME.encode(),
    }  # fmt: skip


def never(box: State) -> dict[str, bytes]:
    found = secrets(box)
    found["pem"] = found["pem"].splitlines()[1]
    found |= {
        "url": b"secret-of-anna",
        "card": CARD.encode(),
        "telephone": PHONE.encode(),
        "comment": b"hunter2",
    }
    return found


def bundle(box: State, *words: object) -> Typed:
    return typed("bundle", "--config", box.config, *words)


def contents(file: Path) -> dict[str, bytes]:
    with tarfile.open(file) as archive:
        found = {}
        for member in archive:
            opened = archive.extractfile(member)
            assert opened is not None
            found[member.name.removeprefix("receiptbridge-bundle/")] = opened.read()
        return found


def test_it_has_what_support_wants_and_its_manifest_lists_it(box: State, tmp_path: Path):
    out = tmp_path / "b.tar.gz"
    done = bundle(box, "--out", out)
    assert done.exit_code == 0, done.err
    found = contents(out)
    manifest = json.loads(found.pop("MANIFEST.json"))
    assert {one["name"]: one["sha256"] for one in manifest["files"]} == {
        name: hashlib.sha256(data).hexdigest() for name, data in found.items()
    }
    assert {"versions.json", "config.json", "journal.json", "journal-check.json", "state-dir.txt",
            "log/receiptbridge@till-1.service.txt"} <= set(found)  # fmt: skip
    assert "not running" in manifest["left_out"]["status/till-1.json"]
    assert json.loads(found["config.json"])["lane"][0]["printer_profile"] == "xprinter-xp-80"
    journal = json.loads(found["journal.json"])
    assert (journal["queue"], journal["last"][0]["why_no_code"]) == ({"due": 2}, "no label")
    assert b"till-1: receipt_read sale" in found["log/receiptbridge@till-1.service.txt"]
    assert "cryptography" in json.loads(found["versions.json"])["packages"]
    assert stat.S_IMODE(out.stat().st_mode) == 0o600


def test_no_secret_is_in_it_in_any_form(box: State, tmp_path: Path):
    bundle(box, "--out", tmp_path / "b.tar.gz")
    whole = b"\n".join(contents(tmp_path / "b.tar.gz").values())
    assert len(whole) > 3000
    assert [name for name, secret in never(box).items() if secret in whole] == []


def test_what_other_commands_say_is_put_in_scrubbed(
    box: State, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(
        command, "ASKED", (("sales.txt", ("report", "day", "--json")), ("lost.txt", ("report", "nonsense")))
    )
    bundle(box, "--out", tmp_path / "b.tar.gz")
    found = contents(tmp_path / "b.tar.gz")
    assert json.loads(found["sales.txt"])["queue"] == {"due": 2}
    assert "nonsense" in json.loads(found["MANIFEST.json"])["left_out"]["lost.txt"]


def test_only_masked_captures_are_put_in(box: State, tmp_path: Path):
    for name, masked in (("good.capture", True), ("raw.capture", False)):
        line = Crossing(0.0, "from_register", b"x").line()
        (tmp_path / name).write_bytes(header_line({"masked": masked}) + line)
    refused = bundle(box, "--capture", tmp_path / "raw.capture", "--out", tmp_path / "b.tar.gz")
    assert (refused.exit_code, "--masked" in refused.err) == (2, True)
    bundle(box, "--capture", tmp_path / "good.capture", "--out", tmp_path / "b.tar.gz")
    assert "captures/good.capture" in contents(tmp_path / "b.tar.gz")


def test_a_wrong_configuration_and_a_broken_journal_are_no_reason_for_no_bundle(box: State, tmp_path: Path):
    box.close()
    box.file.write_bytes(b"no journal" * 1000)
    bundle(box, "--out", tmp_path / "one.tar.gz")
    assert "journal.json" in json.loads(contents(tmp_path / "one.tar.gz")["MANIFEST.json"])["left_out"]
    box.config.write_text("[[lane]\npassword = 'hunter2'")
    done = bundle(box, "--out", tmp_path / "two.tar.gz")
    assert done.exit_code == 0
    assert "config.json" in json.loads(contents(tmp_path / "two.tar.gz")["MANIFEST.json"])["left_out"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--capture", "none.capture"], "No such file"),
        (["--out", "/nowhere/b.tar.gz"], "No such file"),
    ],
)
def test_what_it_does_not_take_is_answered_with_what_to_do(box: State, words: list[str], said: str):
    done = bundle(box, *words)
    assert (done.exit_code, said in done.err) == (2, True), done.err


def test_text_is_scrubbed_and_what_helps_stays():
    said = (
        "2026-11-22T10:43:30 POST https://li:pw@m.example.com/v1/sales\nAuthorization: Bearer abc\n"
        "till-1: printer 192.168.1.50:9100 lost (7436 bytes written)"
    )
    assert scrubbed(said) == (
        "2026-11-22T10:43:30 POST https://***@m.example.com/v1/sales\nAuthorization: ***\n"
        "till-1: printer 192.168.1.50:9100 lost (7436 bytes written)"
    )
