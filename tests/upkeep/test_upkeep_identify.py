"""Every printer that says what it is gets its own profile; one that says nothing is not given somebody else's."""

from __future__ import annotations

import pytest
from printer_rig import printer_at

from hardware_sim.models import MODELS
from hardware_sim.printer import VirtualPrinter
from receiptbridge.links.address import parse_address
from receiptbridge.profiles.load import load_printer, printer_names
from receiptbridge.upkeep.identify import (
    Identity,
    answers_in_real_time,
    ask_how,
    ask_who,
    identity_of_1284,
    match,
)
from receiptbridge.upkeep.talking import talking

PROFILES = [load_printer(name) for name in printer_names()]
NAMED = (
    "epson-tm-t88v",
    "epson-tm-t88v-zh",
    "epson-tm-t88v-ja",
    "epson-tm-t20",
    "epson-tm-t82",
    "epson-tm-u220-zh",
)


@pytest.mark.parametrize("model", NAMED)
def test_a_printer_that_answers_is_matched_with_the_profile_of_its_model_and_font(model: str):
    with printer_at(VirtualPrinter(model)) as port, talking(parse_address(f"tcp://127.0.0.1:{port}")) as talk:
        identity = ask_who(talk)
    assert match(identity, PROFILES).profile == model
    assert match(identity, PROFILES).sure
    assert identity.status == (1, 2, 4)


def test_a_clone_without_a_name_is_told_by_what_it_answers():
    printer = VirtualPrinter("clone-80")
    with printer_at(printer) as port, talking(parse_address(f"tcp://127.0.0.1:{port}")) as talk:
        identity = ask_who(talk)
        assert answers_in_real_time(talk)
    assert (identity.name, identity.status) == ("", (1, 2, 4))
    assert match(identity, PROFILES).profile == "generic-80"
    assert not match(identity, PROFILES).sure
    assert printer.tear_off() is None  # nothing of the questions was printed


def test_a_printer_without_paper_says_so_before_it_is_used():
    printer = VirtualPrinter()
    printer.set_paper_out()
    with printer_at(printer) as port, talking(parse_address(f"tcp://127.0.0.1:{port}")) as talk:
        known = ask_how(talk)
    assert known.paper_out
    assert not known.cover_open


@pytest.mark.parametrize(
    ("said", "profile"),
    [
        ("MFG:EPSON;CMD:ESC/POS;MDL:TM-T88V;CLS:PRINTER;", "epson-tm-t88v"),
        ("MFG:EPSON;CMD:ESC/POS;MDL:TM-T88VI;CLS:PRINTER;", "epson-tm-t88vi"),
        ("MFG:EPSON;CMD:ESC/POS;MDL:TM-T20III;", "epson-tm-t20"),
        ("MANUFACTURER:Xprinter;MODEL:XP-80C;", "xprinter-xp-80"),
        ("MFG:Gprinter;MDL:GP-L80160 Series", "gprinter-gp-l80160"),
        ("MFG:Star;MDL:TSP143 (STR_T-001);", "star-tsp100"),
    ],
)
def test_the_id_of_a_usb_printer_names_its_profile(said: str, profile: str):
    assert match(identity_of_1284(said)).profile == profile


@pytest.mark.parametrize("said", ["", ";;;", "MDL", "MFG:;MDL:;", "MFG:ACME;MDL:Label 9000;"])
def test_an_id_that_nobody_knows_makes_nobody_sure(said: str):
    assert not match(identity_of_1284(said)).sure


def test_a_printer_that_says_nothing_gets_the_profile_that_prints_nearly_everywhere():
    assert match(Identity()).profile == "_default"


def test_the_printers_that_are_simulated_with_a_name_are_all_known():
    for model in MODELS.values():
        if model.answers_identity and model.dialect == "escpos":
            font = (model.two_byte or "").upper()
            found = match(Identity(model.maker, model.product, font), PROFILES).profile
            assert load_printer(found).two_byte == (model.two_byte or "none")
            assert model.product in load_printer(found).ids


def test_the_name_of_one_profile_is_the_beginning_of_no_other_makers():
    for profile in PROFILES:
        for own in profile.ids:
            found = load_printer(match(Identity(profile.vendor, own), PROFILES).profile)
            assert found.vendor == profile.vendor, (own, profile.name, found.name)
