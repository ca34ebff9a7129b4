"""What others change on disk while a lane runs, taken over without a restart."""

from __future__ import annotations

import asyncio
import itertools
import json
from pathlib import Path

from captures import chinese_sale
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from lane_rig import accept, free_port, listening

from receiptbridge import assemble, kept_terms
from receiptbridge.claim.token import signature, signed_bytes, unspell
from receiptbridge.config import parse_config
from receiptbridge.identity import adopt_key, make_key, next_key
from receiptbridge.journal import FILE_NAME, SERVICE_SETTINGS, Journal, Setting
from receiptbridge.terms import TermsKeeper

NUMBERS = itertools.count(120260868256)
NEW_PREFIX = "HTTPS://NEW.EXAMPLE.COM/C/"


def config_in(state: Path, register: int = 9100, printer: int = 9101) -> str:
    return f"""
        state_dir = {json.dumps(str(state))}
        [service]
        claim_prefix = "HTTPS://M.EXAMPLE.COM/C/"
        [[lane]]
        name = "till-1"
        mode = "print"
        register = "tcp-listen://127.0.0.1:{register}"
        printer = "tcp://127.0.0.1:{printer}"
        printer_profile = "xprinter-xp-80"
    """


def enrol(state: Path) -> None:
    adopt_key(state, make_key(state), bytes(range(6)), "000102030405:1")


def settings(state: Path, prefix: str, etag: str) -> None:
    journal = Journal.open(state / FILE_NAME)
    value = {"earn_rule": {"id": 2, "currency": "CNY", "minor_per_point": 500}, "claim_prefix": prefix}
    journal.put_setting(SERVICE_SETTINGS, Setting(value, etag))
    journal.close()


def test_an_enrolment_and_new_settings_are_other_terms_and_each_is_told_once(tmp_path: Path) -> None:
    keeper = TermsKeeper(parse_config(config_in(tmp_path), "test"))
    assert keeper.read().identity is None
    assert keeper.read_if_changed() is None
    enrol(tmp_path)
    enrolled = keeper.read_if_changed()
    assert enrolled is not None
    assert enrolled.identity is not None
    settings(tmp_path, NEW_PREFIX, '"2"')
    wanted = keeper.read_if_changed()
    assert wanted is not None
    assert (wanted.config.service.claim_prefix, wanted.config.points.rule) == (NEW_PREFIX, 2)
    assert keeper.read_if_changed() is None


def test_a_running_lane_prints_codes_once_its_box_is_enrolled_and_by_the_services_rule(
    tmp_path: Path, monkeypatch
) -> None:
    monkeypatch.setattr(kept_terms, "LOOK_EVERY", 0.05)

    async def play() -> None:
        register, printer = free_port(), free_port()
        config = parse_config(config_in(tmp_path, register, printer), "test")
        running = asyncio.create_task(assemble.run_lanes(config, config.lane))
        async with asyncio.timeout(30), listening(printer) as listener:
            assert NEW_PREFIX.encode() not in await job(register, listener)
            enrol(tmp_path)
            settings(tmp_path, NEW_PREFIX, '"2"')
            while NEW_PREFIX.encode() not in await job(register, listener):
                pass
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)

    asyncio.run(play())


def test_a_running_lane_signs_with_the_boxs_next_key(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(kept_terms, "LOOK_EVERY", 0.05)
    enrol(tmp_path)
    settings(tmp_path, NEW_PREFIX, '"2"')
    next_one = next_key(tmp_path)
    new = next_one.private_key.public_key()

    async def play() -> None:
        register, printer = free_port(), free_port()
        config = parse_config(config_in(tmp_path, register, printer), "test")
        running = asyncio.create_task(assemble.run_lanes(config, config.lane))
        async with asyncio.timeout(30), listening(printer) as listener:
            assert not signed_by(new, await job(register, listener))
            adopt_key(tmp_path, next_one, bytes(range(6)), "000102030405:2")
            while not signed_by(new, await job(register, listener)):
                pass
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)

    asyncio.run(play())


def signed_by(key: Ed25519PublicKey, paper: bytes) -> bool:
    spelling = paper.partition(NEW_PREFIX.encode())[2][:144].decode()
    token = unspell(spelling)
    try:
        key.verify(signature(token), signed_bytes(token))
    except InvalidSignature:
        return False
    return True


async def job(port: int, listener) -> bytes:
    loop = asyncio.get_running_loop()
    while True:
        try:
            _reader, register = await asyncio.open_connection("127.0.0.1", port)
            break
        except ConnectionRefusedError:
            await asyncio.sleep(0.01)
    register.write(chinese_sale(number=str(next(NUMBERS))))
    register.write_eof()
    with await accept(listener) as printer:
        got = b""
        while piece := await loop.sock_recv(printer, 65536):
            got += piece
    register.close()
    return got
