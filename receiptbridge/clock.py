"""What time it is on a machine without a clock battery, and whether that is known.

The service's time counts where it was heard since the machine was switched on: it is kept as a distance from the
kernel's count of seconds since boot, which nobody sets. Else the machine's own clock counts, and it is known to be
good once it was set in this boot: systemd-timesyncd says so to everybody, and of any other program (chrony, ntpd) the
kernel tells sync. What always counts is boots and sales: both only go up.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, NamedTuple, Protocol

from receiptbridge.journal import FILE_NAME, Setting, peek_setting

SERVICE_TIME = "service_time"  # settings of the journal
CLOCK_SET = "clock_set"
BOOTS = "boots"

BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
# systemd-timesyncd makes it when it has set the clock since boot. Asking the kernel (adjtimex) is not for a lane:
# its unit may not touch the clock. Sync asks, and leaves the answer in the journal.
SYNCHRONISED = Path("/run/systemd/timesync/synchronized")

# A box without a battery starts in 1970 or on the day its image was built: no sale is older than this.
GOOD_FROM = datetime(2026, 1, 1, tzinfo=UTC).timestamp()
# Of what the kernel takes for the clock's greatest error, below this it was set: systemd's timedated judges so too. The
# flag STA_UNSYNC says less: some programs leave it up to keep the kernel away from the battery clock.
ERROR_MOST_US = 16_000_000
_TIMEX_LONGS, _MAXERROR = 64, 3  # struct timex of adjtimex(2) is 26 longs; its fourth is maxerror

# What the service says is kept anew when it differs by this: a claim window is days, and a flash card has few writes.
WORTH_KEEPING = 2.0


class HeardTime(NamedTuple):
    """The service's time: Unix seconds less the seconds since boot, heard in this boot."""

    boot: str
    offset: float


class Moment(NamedTuple):
    """`at` in Unix seconds, as well as it is known; `good`: whether it is."""

    at: float
    good: bool


class Settings(Protocol):
    """Either side of the journal."""

    def setting(self, key: str) -> Setting | None: ...
    def put_setting(self, key: str, setting: Setting) -> None: ...


def judge(
    *, wall: float, since_boot: float, boot: str, synchronised: bool, heard: HeardTime | None
) -> Moment:
    """The time by the best that is known. Pure."""
    if heard is not None and heard.boot == boot and heard.offset + since_boot >= GOOD_FROM:
        return Moment(heard.offset + since_boot, good=True)
    return Moment(wall, good=synchronised and wall >= GOOD_FROM)


def wall_clock(wall: Callable[[], float] = time.time) -> Moment:
    """The machine's clock, good when it can be true: where nothing tells more."""
    return Moment(now := wall(), good=now >= GOOD_FROM)


class BoxClock:
    """The time for lanes. `learn` looks up what sync has heard; it reads a file, and is for the journal's thread."""

    def __init__(self, state_dir: Path, *, wall: Callable[[], float] = time.time) -> None:
        self._journal = state_dir / FILE_NAME
        self.wall = wall
        self._boot = boot_id()
        self._heard: HeardTime | None = None
        self._set = False

    def learn(self) -> None:
        self._heard = _heard(peek_setting(self._journal, SERVICE_TIME))
        self._set = self._set or peek_setting(self._journal, CLOCK_SET) == Setting(self._boot, None)

    def moment(self) -> Moment:
        return judge(
            wall=self.wall(),
            since_boot=seconds_since_boot(),
            boot=self._boot,
            synchronised=self._set or SYNCHRONISED.exists(),
            heard=self._heard,
        )

    def now(self) -> float:
        return self.moment().at

    @property
    def source(self) -> Literal["service", "network", "none"]:
        """Who says what time it is; "none": a clock that nobody has set."""
        if self._heard is not None and self._heard.boot == self._boot:
            return "service"
        return "network" if self._set or SYNCHRONISED.exists() else "none"


def keep_service_time(settings: Settings, service_time: float) -> None:
    """Keep what the service said just now, for the lanes; most times that is what was known already."""
    heard = HeardTime(boot_id(), service_time - seconds_since_boot())
    known = _heard(settings.setting(SERVICE_TIME))
    if known and known.boot == heard.boot and abs(known.offset - heard.offset) < WORTH_KEEPING:
        return
    settings.put_setting(SERVICE_TIME, Setting({"boot": heard.boot, "offset": heard.offset}, etag=None))


def keep_clock_set(settings: Settings, ask: Callable[[Any], int] | None = None) -> None:
    """Keep for the lanes that the clock was set in this boot, once the kernel says so: by whatever program."""
    known = Setting(boot_id(), None)
    if known.value and settings.setting(CLOCK_SET) != known and clock_is_set(ask):
        settings.put_setting(CLOCK_SET, known)


def clock_is_set(ask: Callable[[Any], int] | None = None) -> bool:
    """What the kernel knows of its clock. `ask` is adjtimex(2), which fills in a struct timex and changes nothing."""
    import ctypes  # sync only

    timex = (ctypes.c_long * _TIMEX_LONGS)()
    state = (ask or ctypes.CDLL(None).adjtimex)(timex)
    return state >= 0 and timex[_MAXERROR] < ERROR_MOST_US


def count_boot(settings: Settings) -> int:
    """How often the machine was started since the journal was made; this start is counted once, whoever asks."""
    known, boot = settings.setting(BOOTS), boot_id()
    last, count = (known.value["boot"], int(known.value["count"])) if known else ("", 0)
    if last == boot:
        return count
    settings.put_setting(BOOTS, Setting({"boot": boot, "count": count + 1}, etag=None))
    return count + 1


def boot_id() -> str:
    """The kernel's name for the time since it was started; "" where it tells none."""
    try:
        return BOOT_ID.read_text(encoding="ascii").strip()
    except OSError:
        return ""


def seconds_since_boot() -> float:
    """Suspended time included."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)


def _heard(setting: Setting | None) -> HeardTime | None:
    match setting:
        case Setting(value={"boot": str(boot), "offset": float(offset)}):
            return HeardTime(boot, offset)
    return None
