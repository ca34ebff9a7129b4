"""The installed package on a machine of its own. Tests run in this order, on one guest; each leaves it as it was."""

from __future__ import annotations

import base64
import contextlib
import json
import re
import time
from collections.abc import Callable, Iterator

import pytest
from captures import CUT, chinese_sale

from appliance.guest import UART, Guest, Port

SALE = chinese_sale()
JOURNAL = "/var/lib/receiptbridge/journal.db"
SOON = 600.0  # seconds of the host: what takes a second or two on a counter's box, emulated on a busy machine
WARMING_UP = 4
BLOCK_LEAST = 100  # bytes of a code with its symbol
TELNET_BREAK = b"\xff\xf3"  # RFC 854
SEEN_AS_A_PAUSE = 1.2  # a line leaves PASSTHROUGH by ESC @ after a second without register bytes

# What is in the paper path of a USB printer, all of it in the guest: the gadget is the printer.
USB_PRINTER = """
set -e
modprobe dummy_hcd num=2; modprobe libcomposite; modprobe usb_f_printer; modprobe usblp
mountpoint -q /sys/kernel/config || mount -t configfs none /sys/kernel/config
mkdir -p /sys/kernel/config/usb_gadget/paper; cd /sys/kernel/config/usb_gadget/paper
echo 0x04b8 >idVendor; echo 0x0e15 >idProduct
mkdir -p strings/0x409 configs/c.1 functions/printer.0
echo X1 >strings/0x409/serialnumber
echo 'MFG:EPSON;CMD:ESC/POS;MDL:TM-T88V;CLS:PRINTER;' >functions/printer.0/pnp_string
ln -s functions/printer.0 configs/c.1/
echo dummy_udc.1 >UDC
for wait in 1 2 3 4 5 6 7 8 9 10; do [ -e /dev/usb/lp0 ] && break; sleep 1; done
test -e /dev/usb/lp0
"""
# adjtimex(2) with ADJ_MAXERROR and ADJ_STATUS: the status is 0, which is synchronised, the error 1 ms.
SET_THE_CLOCK = (
    "import ctypes; t = (ctypes.c_long * 64)(4 | 16); t[3] = 1000; assert ctypes.CDLL(None).adjtimex(t) >= 0"
)
# A till prints, and what the USB printer got of it, which is busy at first and takes nothing: the job is over by then,
# and still its end must not be lost. `how` is where the till writes.
USB_JOB = """
: >/tmp/paper
(sleep 4; exec cat /dev/g_printer0 >/tmp/paper) & paper=$!
base64 -d >/tmp/job
{how}
for wait in $(seq 60); do
    [ $(stat -c %s /tmp/paper) -ge $(stat -c %s /tmp/job) ] && break; sleep 1
done
sleep 2; kill $paper; base64 -w0 /tmp/paper
"""


def printed_on_usb(guest: Guest, how: str) -> bytes:
    job = base64.b64encode(SALE).decode()
    return base64.b64decode(guest.ask(f"(echo {job}) | ({USB_JOB.format(how=how)})"))


@contextlib.contextmanager
def only(guest: Guest, lane: str, instead_of: str) -> Iterator[None]:
    """A lane that has a printer to itself for a while."""
    guest.ask(f"systemctl stop receiptbridge@{instead_of}; systemctl start receiptbridge@{lane}")
    try:
        yield
    finally:
        guest.ask(f"systemctl stop receiptbridge@{lane}; systemctl start receiptbridge@{instead_of}")


def less_block(paper: bytes) -> bytes:
    """The paper without what was added before its cut."""
    before_cut = SALE.removesuffix(CUT)
    assert paper.startswith(before_cut), paper
    assert paper.endswith(CUT), paper[-100:]
    return before_cut + CUT


def printed(guest: Guest, register: Port, printer: Port) -> bytes:
    """A sale sent as a till does, after a pause; what the printer got."""
    printer.drain()
    guest.rest(SEEN_AS_A_PAUSE)
    register.write(SALE)
    return printer.read_until(CUT, SOON)


def code_printed(guest: Guest, paper: bytes) -> bool:
    """Whether a code came with the sale. On this emulated machine a commit may take longer than a cut may wait:
    then there is none, and the row must say that."""
    if len(paper) > len(SALE) + BLOCK_LEAST:
        return True
    row = guest.ask(
        f"sqlite3 {JOURNAL} 'SELECT outcome, outcome_reason FROM sale ORDER BY number DESC LIMIT 1'"
    )
    assert re.search("late|took too long|pieces", row), row
    return False


@pytest.fixture(scope="session")
def booted(guest: Guest) -> Guest:
    """When nothing is being started any more."""
    guest.run("systemctl is-system-running --wait")
    for lane in ("till-v", "till-s", "till-u"):
        guest.wait_for(f"receiptbridge@{lane}", "active")
    return guest


@pytest.fixture(scope="session")
def program(booted: Guest) -> Port:
    """A register program in the guest that opens the lane's terminal once, and never again."""
    booted.ask(
        "systemd-run --unit=till-program socat /dev/virtio-ports/register /run/receiptbridge/till-v,raw,echo=0"
    )
    booted.wait_for("till-program", "active")
    return booted.ports["register"]


@pytest.fixture
def mended(booted: Guest) -> Iterator[Callable[[str], None]]:
    """Change the configuration by a sed script; it is put back, and the lane too."""
    booted.ask("cp /etc/receiptbridge/config.toml /run/config.good")
    yield lambda script: booted.ask(f"sed -i '{script}' /etc/receiptbridge/config.toml") and None
    booted.ask("cp /run/config.good /etc/receiptbridge/config.toml")
    booted.ask("receiptbridge bypass off till-s")
    booted.wait_for("receiptbridge@till-s", "active")


def test_lanes_start_by_themselves_and_wait_for_no_network_and_no_clock(booted: Guest):
    for lane in ("till-v", "till-s", "till-u"):
        chain = booted.ask(f"systemd-analyze critical-chain receiptbridge@{lane}.service")
        print(chain)
        assert not re.search(r"network|time-(set|sync)|timesync|resolved", chain)
        started, ready = (
            int(booted.show(f"receiptbridge@{lane}", f"{what}TimestampMonotonic")) / 1e6
            for what in ("ExecMainStart", "ActiveEnter")
        )
        print(f"{lane}: ready {ready - started:.1f} s after its process was started, emulated")


def test_a_read_only_root_is_enough(booted: Guest):
    assert booted.run("touch /usr/here").code != 0
    assert booted.run("touch /etc/here").code != 0
    booted.ask("touch /etc/receiptbridge/here && rm /etc/receiptbridge/here")


def test_a_sale_from_a_terminal_gets_its_code_and_its_row(booted: Guest, program: Port):
    """The first commits of a cold, emulated machine may take longer than a cut waits: several tries."""
    for _ in range(WARMING_UP):
        paper = printed(booted, program, booted.ports["printer"])
        assert less_block(paper) == SALE
        assert "6367" in booted.ask(f"sqlite3 {JOURNAL} 'SELECT total FROM sale'")
        if code_printed(booted, paper):
            break
    else:
        pytest.skip("the bytes passed and the sales have their rows; this emulation is too slow for a code")
    assert "released" in booted.ask(f"sqlite3 {JOURNAL} 'SELECT outcome FROM sale'")


def test_a_lane_that_hangs_is_back_and_the_register_program_did_not_notice(booted: Guest, program: Port):
    at = booted.seconds()
    booted.ask("systemctl kill --kill-whom=main --signal=STOP receiptbridge@till-v")
    until = time.monotonic() + SOON
    while float(booted.show("receiptbridge@till-v", "ActiveEnterTimestampMonotonic")) / 1e6 < at:
        assert time.monotonic() < until, "the lane is not back"
    back = float(booted.show("receiptbridge@till-v", "ActiveEnterTimestampMonotonic")) / 1e6
    restarted = float(booted.show("receiptbridge@till-v", "ExecMainStartTimestampMonotonic")) / 1e6
    print(f"hung: a new process after {restarted - at:.1f} s, ready after {back - at:.1f} s, emulated")
    assert "watchdog" in booted.ask("journalctl --boot --unit=receiptbridge@till-v").lower()
    assert less_block(printed(booted, program, booted.ports["printer"])) == SALE
    assert booted.show("till-program", "ActiveState") == "active"


def test_serial_lines_pass_both_ways_and_get_their_code(booted: Guest):
    register, printer = booted.ports["till-s-register"], booted.ports["till-s-printer"]
    assert less_block(printed(booted, register, printer)) == SALE
    register.drain()
    printer.write(b"\x16\x11\x13\r\n")
    assert register.read(5, within=SOON) == b"\x16\x11\x13\r\n"


def test_modem_lines_and_breaks_of_a_real_port_are_as_the_box_reads_them(booted: Guest):
    """A 16550, its outputs looped to its inputs, by the kernel's own driver."""
    uart = booted.ask("basename $(dirname $(ls -d /sys/bus/pci/devices/0000:00:07.0/tty/ttyS*/dev))")
    python = "/usr/lib/receiptbridge/bin/python"
    booted.ask(
        f"systemd-run --unit=modem-lines --property=StandardOutput=file:/run/modem-lines"
        f" --property=StandardError=file:/run/modem-lines.log {python} /opt/modem_lines.py /dev/{uart}"
    )
    booted.ask(
        "for wait in $(seq 240); do grep -q listening /run/modem-lines.log && exit; sleep 0.5; done; exit 1"
    )
    booted.ports[UART].write(TELNET_BREAK)
    booted.ask("for wait in $(seq 240); do [ -s /run/modem-lines ] && exit; sleep 0.5; done; exit 1")
    seen = json.loads(booted.ask("cat /run/modem-lines"))
    assert seen["rtscts"] == seen["dsrdtr"] == [False, True, False, True]
    assert seen["dsr"] == {"down": 0, "up": 64, "unchanged": True}
    assert seen["breaks"]["break"] == 1
    assert seen["breaks"]["bytes"] == 0


def test_three_failures_hand_the_lane_to_the_bypass_and_bytes_flow(booted: Guest):
    """Killed again as soon as it is started again."""
    booted.ask(
        "systemctl reset-failed receiptbridge@till-s; for try in $(seq 40); do "
        "systemctl kill --kill-whom=main --signal=KILL receiptbridge@till-s 2>/dev/null; sleep 0.3; "
        "systemctl is-active --quiet receiptbridge-bypass@till-s && exit 0; done; exit 1"
    )
    print(
        booted.ask("journalctl --boot --unit=receiptbridge@till-s | grep -c 'status=9/KILL'"), "times killed"
    )
    register, printer = booted.ports["till-s-register"], booted.ports["till-s-printer"]
    booted.rest(5)
    assert printed(booted, register, printer) == SALE
    booted.ask("receiptbridge bypass off till-s")
    booted.wait_for("receiptbridge@till-s", "active")


@pytest.mark.parametrize(
    "script", ["s/^printer = /prniter = /", "1s/^/[[broken/"], ids=["a wrong key", "no TOML"]
)
def test_a_wrong_configuration_hands_the_lane_to_the_bypass_at_once(
    booted: Guest, mended: Callable[[str], None], script: str
):
    mended(script)
    booted.run("systemctl restart receiptbridge@till-s")
    booted.wait_for("receiptbridge-bypass@till-s", "active")
    failed, took_over = (
        int(booted.show(unit, what)) / 1e6
        for unit, what in (
            ("receiptbridge@till-s", "ExecMainExitTimestampMonotonic"),
            ("receiptbridge-bypass@till-s", "ActiveEnterTimestampMonotonic"),
        )
    )
    print(f"bypass {took_over - failed:.2f} s after the lane's end, emulated")
    assert booted.show("receiptbridge@till-s", "ExecMainStatus") == "2"
    booted.rest(5)
    assert printed(booted, booted.ports["till-s-register"], booted.ports["till-s-printer"]) == SALE


def test_sync_asks_the_kernel_whether_the_clock_was_set(booted: Guest):
    """As chrony or ntpd would have done it; sync's unit may ask, and may not set."""
    known = f"sqlite3 {JOURNAL} \"SELECT count(*) FROM setting WHERE key = 'clock_set'\""
    booted.ask("systemctl start receiptbridge-sync")
    assert booted.ask(known) == "0"
    booted.ask(f"python3 -c '{SET_THE_CLOCK}'")
    until = time.monotonic() + SOON
    while booted.ask(known) != "1":
        assert time.monotonic() < until, booted.ask("journalctl --boot --unit=receiptbridge-sync -n 20")
        time.sleep(1)
    booted.ask("systemctl stop receiptbridge-sync")


def test_the_bypass_is_switched_by_hand_in_a_second(booted: Guest):
    booted.ask("receiptbridge bypass on till-s")
    asked, took_over = (
        int(booted.show(unit, what)) / 1e6
        for unit, what in (
            ("receiptbridge@till-s", "InactiveEnterTimestampMonotonic"),
            ("receiptbridge-bypass@till-s", "ActiveEnterTimestampMonotonic"),
        )
    )
    print(f"bypass {took_over - asked:.2f} s after the lane had stopped, emulated")
    booted.rest(5)
    assert printed(booted, booted.ports["till-s-register"], booted.ports["till-s-printer"]) == SALE
    booted.ask("receiptbridge bypass off till-s")
    booted.wait_for("receiptbridge@till-s", "active")
    assert booted.show("receiptbridge-bypass@till-s", "ActiveState") == "inactive"


def test_a_usb_printer_of_class_7_prints_through_usblp(booted: Guest):
    made = booted.run(USB_PRINTER)
    if made.code:
        pytest.skip(f"this kernel makes no USB printer: {made.wrong.strip().splitlines()[-1:]}")
    paper = printed_on_usb(booted, "socat -t 5 -u OPEN:/tmp/job TCP:127.0.0.1:9101")
    assert less_block(paper) == SALE
    if not code_printed(booted, paper):
        pytest.skip("the bytes passed; this emulation is too slow for the code")


def usb_printer_is_there(guest: Guest) -> None:
    if guest.run("test -e /dev/g_printer0").code:
        pytest.skip("there is no USB printer")


def test_a_usb_printer_prints_without_the_kernels_driver_and_gets_it_back(booted: Guest):
    usb_printer_is_there(booted)
    with only(booted, "till-l", instead_of="till-u"):
        paper = printed_on_usb(booted, "socat -t 5 -u OPEN:/tmp/job TCP:127.0.0.1:9102")
        assert less_block(paper) == SALE
        booted.ask("receiptbridge bypass on till-l")
        booted.rest(5)
        assert printed_on_usb(booted, "socat -t 5 -u OPEN:/tmp/job TCP:127.0.0.1:9102") == SALE
        booted.ask("systemctl stop receiptbridge-bypass@till-l")
    booted.ask("test -e /dev/usb/lp0")


def test_the_box_is_a_usb_printer_that_calls_itself_what_the_real_one_does(booted: Guest):
    usb_printer_is_there(booted)
    booted.ask(
        "systemctl start receiptbridge-gadget; for wait in $(seq 30); do "
        "[ -e /dev/usb/lp1 ] && break; sleep 1; done; test -e /dev/usb/lp1"
    )
    for name in ("../idVendor", "../idProduct", "../serial", "ieee1284_id"):
        real, box = (booted.ask(f"cat /sys/class/usbmisc/lp{lp}/device/{name}") for lp in (0, 1))
        assert box == real
    with only(booted, "till-g", instead_of="till-u"):
        assert less_block(printed_on_usb(booted, "cat /tmp/job >/dev/usb/lp1")) == SALE


def test_an_upgrade_leaves_the_journal_and_keeps_counters_printing(booted: Guest):
    rows = f"sqlite3 {JOURNAL} 'SELECT count(*) FROM sale'"
    before = booted.ask(rows)
    booted.ask("mount -o remount,rw / && dpkg --install /opt/receiptbridge.deb >/run/upgrade 2>&1")
    assert booted.ask(rows) == before
    for lane in ("till-v", "till-s", "till-u"):
        booted.wait_for(f"receiptbridge@{lane}", "active")
    assert "bypass of lane till-s" in booted.ask(
        "journalctl --boot --unit=receiptbridge-bypass@till-s | tail -n 5"
    )


def test_removing_keeps_the_journal_and_purging_takes_it(booted: Guest):
    booted.ask("dpkg --remove receiptbridge >/run/removed 2>&1")
    booted.ask(f"test -e {JOURNAL}")
    assert booted.run("systemctl list-units --no-legend --state=active 'receiptbridge*.service'").said == ""
    booted.run("dpkg --purge receiptbridge >/run/purged 2>&1")
    assert booted.run(f"test -e {JOURNAL}").code != 0
