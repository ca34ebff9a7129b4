"""The simulated printer that a profile is tried on: its own model, or the nearest with paper as wide."""

from __future__ import annotations

from dataclasses import replace

from hardware_sim.models import MODELS, Model
from receiptbridge.profiles.model import PrinterProfile

SYMBOLS = "GS ("


def model_for(profile: PrinterProfile) -> Model:
    """The model of the profile's name; else of those that differ least in what the block depends on."""
    nearest = MODELS.get(profile.name) or min(MODELS.values(), key=lambda model: _differences(profile, model))
    return replace(nearest, dots=profile.dots_per_line)


def _differences(profile: PrinterProfile, model: Model) -> tuple[int, ...]:
    """What differs, the graver first."""
    return (
        model.utf8,
        (model.dialect == "star") != profile.dialect.startswith("star"),
        model.is_impact != (profile.print_head == "impact"),
        model.dpi != profile.dpi,
        (model.two_byte or "none") != profile.two_byte,
        model.two_byte_on != profile.two_byte_on,
        model.cutter != profile.cutter,
        (SYMBOLS in model.lacks) == profile.native_qr,
        abs(model.dots - profile.dots_per_line),
    )
