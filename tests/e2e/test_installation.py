"""A whole installation with three hidden faults, solved by doing what the tool says and nothing else.

The till is set to seven bits with a parity, it stops for nobody, and it sends its receipts as pictures. The technician
(tests/support/technician.py) has not read this.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from counter_rig import SerialPrinter, SerialTill
from paper_tools import claims_on
from real_service import real_service
from serial_rig import Cable, cable
from technician import Counter, Technician, at_work

from hardware_sim.printer import VirtualPrinter
from hardware_sim.uart import Frame
from receiptbridge.identity import Identity
from receiptbridge.upkeep.handshaking import LINES

FROM_HEAD_OFFICE = "# from the head office\n"
SPEED = 19200
BUFFER = 1024  # full after half a second of that
MM_PER_SECOND = 1500  # ten times a good printer: paper is not what this waits for


@pytest.mark.timeout(180)
def test_a_counter_with_three_hidden_faults_is_installed_by_following_the_tool(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("RECEIPTBRIDGE_CONFIG", str(tmp_path / "config.toml"))
    monkeypatch.setenv("RECEIPTBRIDGE_PROFILES", str(tmp_path / "profiles"))
    monkeypatch.setattr("hardware_sim.printer.RECEIVE_BUFFER", BUFFER)
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    state = tmp_path / "state"
    state.mkdir()
    with (
        cable(tmp_path / "till-cable") as to_till,
        cable(tmp_path / "printer-cable") as to_printer,
        real_service(tmp_path) as service,
        at_work(faulty(to_till, to_printer)) as counter,
    ):
        (tmp_path / "config.toml").write_text(
            f'{FROM_HEAD_OFFICE}state_dir = "{state}"\n[service]\nurl = "{service.url}"\n[points]\ncurrency = "EUR"\n'
        )
        technician = Technician(
            counter,
            {
                "ports.register": lambda seen: f"serial:{to_till.path}",
                "ports.printer": lambda seen: f"serial:{to_printer.path}",
                "handshake.paper": lambda seen: yes(numbered_lines(counter) == LINES),
                "proof.(print|cut|long)": lambda seen: yes(
                    counter.printer.when_done(counter.looks_as_without_a_box)
                ),
                "proof.drawer": lambda seen: yes(counter.drawer_opened()),
                "learn.total.*": lambda seen: total_of_shown(counter, seen),
                "learn.only-paid": lambda seen: "yes",
                "enrol.code": lambda seen: service.enrolment_code(minor_per_point=100),
                "observe.content": lambda seen: "yes",
                "print.scanned": lambda seen: yes(bool(first_code(counter, state))),
            },
        )
        code = technician.follow("receiptbridge setup")
        print("\n".join(technician.transcript))
        assert code == 0
        assert first_code(counter, state) == [round(float(counter.sales[-1].total) * 100)]
        assert counter.printer.printer.overrun == 0
    lane = tomllib.loads((tmp_path / "config.toml").read_text())["lane"]
    line = f"baud={SPEED}&bits=8&parity=N&stop=1&flow=xonxoff"
    assert lane == [
        {
            "name": "till-1", "mode": "print", "printer_profile": "epson-tm-t88v", "register_profile": "till-1",
            "register": f"serial:{to_till.path}?{line}", "printer": f"serial:{to_printer.path}?{line}",
        }
    ]  # fmt: skip
    assert (tmp_path / "config.toml").read_text().startswith(FROM_HEAD_OFFICE)
    assert len(list((tmp_path / "history").iterdir())) >= 2


def faulty(to_till: Cable, to_printer: Cable) -> Counter:
    till = SerialTill(to_till, Frame(SPEED, 7, "E"), flow="none")
    printer = VirtualPrinter("epson-tm-t88v", millimetres_per_second=MM_PER_SECOND, xonxoff=True)
    return Counter(till, SerialPrinter(to_printer, printer, "xonxoff"), prints_text=False)


def yes(so: bool) -> str:
    return "yes" if so else "no"


def numbered_lines(counter: Counter) -> int:
    """Rows of text that hang out of the printer, told by the empty rows between them."""
    with counter.printer.at() as printer:
        hanging = printer.tear_off()
    assert hanging is not None
    rows = [hanging.crop((0, y, hanging.width, y + 1)).getextrema()[0] == 0 for y in range(hanging.height)]
    return sum(ink and not above for above, ink in zip([False, *rows], rows, strict=False))


def total_of_shown(counter: Counter, seen: list[str]) -> str:
    """He looks for the paper of that number in his hand, and reads what it came to."""
    shown = [row for row in seen if "| No. " in row][-1]
    return counter.sales[int(shown.split()[-1]) - 1].total


def first_code(counter: Counter, state: Path) -> list[int]:
    """The amounts of the codes that a telephone reads off the last paper, once the printer has done with it."""
    return counter.printer.when_done(lambda: claims(counter, state))


def claims(counter: Counter, state: Path) -> list[int]:
    identity = Identity.load(state)
    assert identity is not None
    return [
        claim.amount for claim in claims_on(counter.last_paper(), identity.current.private_key.public_key())
    ]
