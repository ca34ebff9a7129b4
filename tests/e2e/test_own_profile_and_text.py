"""A running box with a register's profile of the shop's own, which keeps the masked text of what it reads."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from box_rig import start_box

SAMPLES = Path(__file__).parents[2] / "hardware_sim" / "captures" / "piekarnia"
PROFILE = """
currency = "PLN"
[labels]
total = ["do zapłaty"]
received = ["wpłacono"]
change = ["wydano"]
"""


def test_a_box_reads_by_the_shops_own_profile_and_keeps_masked_text_where_it_is_told_to(
    tmp_path, monkeypatch
):
    own = tmp_path / "profiles" / "registers"
    own.mkdir(parents=True)
    (own / "bakery.toml").write_text(PROFILE, "utf-8")
    monkeypatch.setenv("RECEIPTBRIDGE_PROFILES", str(own.parent))
    state = tmp_path / "state"
    state.mkdir()
    with start_box(state, "PLN") as box:
        box.stop()
        config = (state / "config.toml").read_text("utf-8")
        config = config.replace(
            "[[lane]]", '[privacy]\nkeep_text = "masked"\n[[lane]]\nregister_profile = "bakery"'
        )
        (state / "config.toml").write_text(config, "utf-8")
        box.start()
        job = (SAMPLES / "monday.bin").read_bytes()
        secret = "Tel. 600 700 800\nKasjer: Anna\n".encode("cp852")
        got = box.job(job.replace(b"ZAPRASZAMY", secret + b"ZAPRASZAMY"))
    assert len(got) > len(job)
    with closing(sqlite3.connect(state / "journal.db")) as journal:
        ((total, currency, text),) = journal.execute("SELECT total, currency, text FROM sale")
    assert (total, currency) == (1110, "PLN")
    assert "11,10" in text
    assert "700" not in text
