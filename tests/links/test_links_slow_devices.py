"""Devices that the kernel takes seconds to open: the loop turns meanwhile, or the watchdog would kill the lane."""

from __future__ import annotations

import asyncio
import os
import threading
import tty

import pytest
import serial
from lane_rig import PATIENCE

from receiptbridge.links import device
from receiptbridge.links.address import parse_address
from receiptbridge.links.doors import printer_door, register_door


class Stuck:
    """In the place of a call that opens a device: it goes on when the loop has turned."""

    def __init__(self, real) -> None:
        self._real = real
        self.reached, self.may_go_on = threading.Event(), threading.Event()

    def __call__(self, *args, **kwargs):
        self.reached.set()
        assert self.may_go_on.wait(PATIENCE), "the loop stood still"
        return self._real(*args, **kwargs)


async def turn_the_loop_until_open(door, stuck: Stuck) -> None:
    opening = asyncio.ensure_future(door())
    while not stuck.reached.is_set():
        await asyncio.sleep(0.001)
    stuck.may_go_on.set()
    assert (await opening).fileno() >= 0


@pytest.fixture
def terminal():
    own, other = os.openpty()
    tty.setraw(other)
    yield os.ttyname(other)
    os.close(own)
    os.close(other)


def test_the_loop_turns_while_a_device_file_is_opened(terminal, monkeypatch):
    monkeypatch.setattr(device.os, "open", stuck := Stuck(os.open))
    door = printer_door(parse_address(f"file:{terminal}"))
    asyncio.run(turn_the_loop_until_open(door.connect, stuck))
    door.close()


def test_the_loop_turns_while_a_serial_port_is_opened(terminal, monkeypatch):
    stuck = Stuck(serial.Serial.open)
    monkeypatch.setattr(serial.Serial, "open", lambda port: stuck(port))
    door = register_door(parse_address(f"serial:{terminal}?baud=9600"))
    asyncio.run(turn_the_loop_until_open(door.accept, stuck))
    door.close()


def test_the_loop_turns_while_a_name_to_listen_at_is_looked_up(monkeypatch):
    import socket

    monkeypatch.setattr(socket, "getaddrinfo", stuck := Stuck(socket.getaddrinfo))
    door = register_door(parse_address("tcp-listen://localhost:0"))

    async def scenario() -> None:
        accepting = asyncio.ensure_future(door.accept())
        while not stuck.reached.is_set():
            await asyncio.sleep(0.001)
        stuck.may_go_on.set()
        while door._listener is None:
            await asyncio.sleep(0.001)
        accepting.cancel()
        await asyncio.gather(accepting, return_exceptions=True)

    asyncio.run(scenario())
    door.close()
