"""The relay that takes the box out of the line. No GPIO chip here: gpiod's way to the kernel is played."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from receiptbridge.assemble import in_line
from receiptbridge.config import parse_config
from receiptbridge.errors import ConfigError, LinkError
from receiptbridge.links.relay import RelayAddress, parse_relay, pull_in

gpiod = pytest.importorskip("gpiod")
from gpiod.line import Direction, Value  # noqa: E402


class Chip:
    """A chip that writes down what happens to its lines."""

    def __init__(self) -> None:
        self.happened: list[Any] = []

    def request_lines(self, path: str, *, consumer: str, config: dict[int, Any]) -> Chip:
        self.happened.append((path, consumer, config))
        return self

    def set_value(self, line: int, value: Value) -> None:
        self.happened.append((line, value))

    def release(self) -> None:
        self.happened.append("released")


@pytest.fixture
def chip(monkeypatch: pytest.MonkeyPatch) -> Chip:
    played = Chip()
    monkeypatch.setattr(gpiod, "request_lines", played.request_lines)
    return played


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("/dev/gpiochip0:17", RelayAddress("/dev/gpiochip0", 17, False)),
        ("/dev/gpiochip4:5:low", RelayAddress("/dev/gpiochip4", 5, True)),
    ],
)
def test_a_relay_is_a_line_of_a_chip(text: str, address: RelayAddress):
    assert parse_relay(text) == address
    assert str(address) == text


@pytest.mark.parametrize(
    "text", ["", "17", "/dev/gpiochip0", "/dev/gpiochip0:x", "/dev/sda:1", "/dev/gpiochip0:1:up"]
)
def test_anything_else_is_refused_where_the_configuration_is_read(text: str):
    lane = f'name = "a"\nregister = "pty:/a"\nprinter = "pty:/b"\nrelay = "{text}"\n'
    with pytest.raises(ConfigError, match="is no relay; write"):
        parse_config(f"[[lane]]\n{lane}", "here")


def test_it_is_pulled_in_as_an_output_and_driven_down_before_it_is_let_go(chip: Chip):
    pull_in(parse_relay("/dev/gpiochip0:17:low")).fall()
    ((path, consumer, config), down, released) = chip.happened
    assert (path, consumer, down, released) == (
        "/dev/gpiochip0",
        "receiptbridge",
        (17, Value.INACTIVE),
        "released",
    )
    assert config[17].direction is Direction.OUTPUT
    assert config[17].output_value is Value.ACTIVE
    assert config[17].active_low


def test_a_chip_that_is_not_there_is_told():
    with pytest.raises(LinkError, match="cannot be pulled in"):
        pull_in(parse_relay("/dev/gpiochip99:1"))


def test_it_is_held_while_the_lane_runs_and_falls_when_the_lane_has_said_farewell(chip: Chip):
    async def lane() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            chip.happened.append("farewell")

    async def scenario() -> None:
        held = asyncio.create_task(in_line(lane(), parse_relay("/dev/gpiochip0:17")))
        await asyncio.sleep(0)
        assert len(chip.happened) == 1
        held.cancel()
        await asyncio.gather(held, return_exceptions=True)

    asyncio.run(scenario())
    assert chip.happened[1:] == ["farewell", (17, Value.INACTIVE), "released"]


def test_a_lane_without_its_relay_runs_all_the_same():
    async def lane() -> None:
        ran.append(True)

    ran: list[bool] = []
    asyncio.run(in_line(lane(), parse_relay("/dev/gpiochip99:1")))
    assert ran
