"""Real power cuts: the lane in a guest on a disk that loses what was not flushed, cut the moment a code is on paper.

Twenty lives of one counter, each on the disk that the last cut left; then disks as they would have been, had the
power gone at any other write of those lives. `make test-power-cuts`; minutes, as root, by hand.
"""

from __future__ import annotations

import random
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from appliance import write_log
from appliance.counter import CONFIG, Code, Photograph, faults_of, live, photograph
from appliance.image import CACHE, build, missing, newest_package
from appliance.write_log import SECTOR

KILLS = 20
IMAGES = 500
CONTROLS = 3
CODES_MOST = 8  # in a life
SEED = 1
WORK = CACHE / "power-cuts"


@dataclass(frozen=True)
class Life:
    """From the disk that was found to the cut. `promised`: the codes of the lives before."""

    before: Path
    log: Path
    promised: tuple[Code, ...]
    codes: tuple[Code, ...]

    def promised_at(self, entry: int) -> list[Code]:
        """What is on paper when the power goes before this entry of the log is written."""
        return [*self.promised, *(code for code in self.codes if code.logged <= entry)]


@pytest.fixture(scope="session")
def counter() -> Photograph:
    if why := missing():
        pytest.skip(why)
    return photograph(build(newest_package(), CONFIG, WORK, data_size="64M", used=True), WORK)


@pytest.fixture(scope="session")
def lives(counter: Photograph) -> list[Life]:
    """Twenty lives, cut; what each left is what the next one found, less what its dice dropped."""
    dice, lives, promised, began = random.Random(SEED), list[Life](), tuple[Code, ...](), time.monotonic()
    found = counter.images.data
    for number in range(KILLS):
        life = one_life(counter, found, number, promised, dice)
        lives.append(life)
        promised += life.codes
        found = WORK / f"{number:02}.left"
        write_log.replay(life.before, life.log, write_log.read(life.log), found, dice)
    print(f"\n{KILLS} kills, {len(promised)} codes on paper, {time.monotonic() - began:.0f} s")
    return lives


def one_life(
    counter: Photograph, found: Path, number: int, promised: tuple[Code, ...], dice: random.Random,
    synchronous: str = "FULL",
) -> Life:  # fmt: skip
    disk, log = (WORK / f"{synchronous}-{number:02}.{kind}" for kind in ("disk", "log"))
    write_log.copy(found, disk)
    codes = live(
        counter, disk, log, codes=dice.randrange(CODES_MOST) + 1, name=f"{number:04}", synchronous=synchronous
    )
    return Life(found, log, promised, tuple(codes))


def test_the_log_is_what_was_written_to_the_disk(lives: list[Life]):
    """Apart from what was under way when the power went."""
    life, left = lives[0], WORK / "cut.img"
    log = write_log.read(life.log)
    write_log.replay(life.before, life.log, log, left)
    ours, theirs = left.read_bytes(), life.log.with_suffix(".disk").read_bytes()
    different = {
        at for at in range(0, len(ours), SECTOR) if ours[at : at + SECTOR] != theirs[at : at + SECTOR]
    }
    unflushed = log[write_log.last_flush(log) :]
    assert different <= {
        at for entry in unflushed for at in range(entry.offset, entry.offset + entry.size, SECTOR)
    }
    assert len(ours) == len(theirs)


def test_after_each_of_twenty_cuts_every_code_has_its_row_and_the_next_boot_goes_on(lives: list[Life]):
    dice = random.Random(SEED)
    for life in lives:
        write_log.replay(life.before, life.log, write_log.read(life.log), WORK / "cut.img", dice)
        assert faults_of(WORK / "cut.img", [*life.promised, *life.codes], WORK / "cut") == []
    numbers = [code.number for code in (*lives[-1].promised, *lives[-1].codes)]
    assert len(numbers) == len(set(numbers)), "a number is on paper twice"


def test_a_cut_at_any_write_leaves_a_sound_file_system_and_every_sale_that_was_promised(lives: list[Life]):
    dice, began, wrong, entries = random.Random(SEED), time.monotonic(), [], 0
    for number in range(IMAGES):
        life = lives[number % len(lives)]
        log = write_log.read(life.log)
        cut = dice.randrange(len(log) + 1)
        entries += len(log) if number < len(lives) else 0
        write_log.replay(life.before, life.log, log[:cut], WORK / "cut.img", dice)
        faults = faults_of(WORK / "cut.img", life.promised_at(cut), WORK / "cut")
        wrong += [f"{life.log.name} cut at {cut}: {fault}" for fault in faults]
    print(f"\n{IMAGES} disks from {entries} logged writes, {time.monotonic() - began:.0f} s")
    assert wrong == []


def test_without_the_flush_of_the_commit_the_same_cuts_lose_sales(counter: Photograph):
    """Or the tests above would test nothing."""
    dice, lost, printed = random.Random(SEED), 0, 0
    for number in range(CONTROLS):
        life = one_life(counter, counter.images.data, number, (), dice, synchronous="NORMAL")
        write_log.replay(life.before, life.log, write_log.read(life.log), WORK / "cut.img", dice)
        faults = faults_of(WORK / "cut.img", list(life.codes), WORK / "cut")
        assert any("was lost" in fault for fault in faults), f"life {number} lost nothing: {faults}"
        lost += sum("was lost" in fault for fault in faults)
        printed += len(life.codes)
    print(f"\nsynchronous=NORMAL: {lost} of {printed} codes on paper have no row")
