"""The sync process: bring what is due to the service, and the service's settings to the lanes.

Rules of this file:
- Trouble makes this process wait, never end.
- A box that was enrolled anew has sales under its old id, too. Each id has a courier of its own, and a key
  that is refused holds up its own sales only. The newest id's courier also brings the settings.
"""

from __future__ import annotations

import contextlib
import logging
import random
import threading
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from receiptbridge import __version__
from receiptbridge.clock import BoxClock, keep_clock_set, keep_service_time
from receiptbridge.cloud.client import ServiceClient
from receiptbridge.cloud.contact_notes import ContactNotes
from receiptbridge.cloud.courier import Courier
from receiptbridge.cloud.schedule import Pace, Timer
from receiptbridge.cloud.setup import digest
from receiptbridge.config import KEEP_DAYS
from receiptbridge.errors import JournalError, ReceiptBridgeError, ServiceError
from receiptbridge.identity import Identity, IdentityError, identity_path
from receiptbridge.journal import FILE_NAME, SERVICE_SETTINGS, Outbox, Setting
from receiptbridge.journal.sales import OUTCOME_SETTLES_SECONDS
from receiptbridge.words import _

BATCHES_A_TURN = 4  # then settings, heartbeat and checkpoint have their turn too
POLL_SECONDS = 1.0  # one look at an index; a shopper who scans at once is served by the token itself
SETTINGS_SECONDS = 300.0  # a new earn rule is on paper within five minutes
HEARTBEAT_SECONDS = 60.0
# Sales deleted a heartbeat, 20 short transactions: more in a day than a lane can print.
FORGET_MOST = 1000
DAY_SECONDS = 86_400
REPORTED_SETUP = "reported_setup"  # the setting that says which setup the service has
# Each costs two flushes, and whoever writes next a third, under the lock: seldom, then, on a card that takes 50 ms for
# one. At the speed of a drain 25 MB of log come together meanwhile.
CHECKPOINT_SECONDS = 10.0

log = logging.getLogger(__name__)


class Sync:
    """The loop around the couriers. `lanes` is told to the service as it is, and what `setup` gives when it changed
    (None: nothing to tell); `stop` ends the loop.

    Sales that the service has stored are deleted `keep_days` later.
    """

    def __init__(
        self,
        state_dir: Path,
        service_url: str,
        *,
        lanes: Sequence[dict[str, str]] = (),
        setup: Callable[[], dict[str, Any] | None] = lambda: None,
        keep_days: int = KEEP_DAYS,
        stop: threading.Event | None = None,
        dice: Callable[[], float] = random.random,
    ) -> None:
        self.stop = stop or threading.Event()
        self._state_dir = state_dir
        self._service_url = service_url
        self._lanes = list(lanes)
        self._setup = setup
        self._keep_seconds = keep_days * DAY_SECONDS
        self._dice = dice
        self._pace = Pace()
        self._touch_pace = Pace()
        self._outbox = Outbox.open(state_dir / FILE_NAME)
        self._couriers: tuple[Courier, ...] = ()  # the newest id's first
        self._identity_seen: int | None = None
        self._started = time.monotonic()
        self._clock = BoxClock(state_dir)
        self._clock.learn()
        self._contact = ContactNotes(self._outbox, self._clock.now)
        self._settings_timer = Timer(SETTINGS_SECONDS)
        self._heartbeat_timer = Timer(HEARTBEAT_SECONDS)
        self._checkpoint_timer = Timer(CHECKPOINT_SECONDS)

    def run(self) -> None:
        """Until `stop` is set. On a box that is not enrolled: keep house, and look for an identity."""
        while not self.stop.is_set():
            try:
                if not self._turn():
                    self.stop.wait(POLL_SECONDS)
                self._pace.succeeded()
            except ReceiptBridgeError as fault:  # the disk is full, the keys are unreadable
                self.stop.wait(self._note_failure(self._pace, fault))

    def drain(self) -> int:
        """Bring everything out once; how many sales remain. Raises what keeps them from going."""
        self._look_for_identity()
        if not self._couriers:
            raise IdentityError(_("This box is not enrolled."), hint=_("Run: receiptbridge enrol"))
        faults = [fault for courier in self._couriers if (fault := self._drain(courier))]
        self._outbox.checkpoint()
        if faults:
            raise faults[0]
        return self._pending()

    def close(self) -> None:
        self._forget_couriers()
        self._outbox.close()

    def _turn(self) -> bool:
        """Everybody's turn once; whether somebody has more to do at once."""
        self._look_for_identity()
        more = [self._at_pace(courier.pace, partial(self._deliver, courier)) for courier in self._couriers]
        if self._couriers:
            self._at_pace(self._touch_pace, partial(self._keep_in_touch, self._couriers[0]))
        if self._checkpoint_timer.is_due(now := time.monotonic()):
            self._outbox.checkpoint()
            keep_clock_set(self._outbox)
            self._checkpoint_timer.done(now)
        return any(more)

    def _at_pace(self, pace: Pace, work: Callable[[], bool]) -> bool:
        """Do `work` unless it failed a moment ago; whether there is more of it to do at once."""
        if not pace.may_go(time.monotonic()):
            return False
        try:
            more = work()
        except ServiceError as fault:
            self._note_failure(pace, fault, retry_after=fault.retry_after, permanent=fault.permanent)
            return False
        pace.succeeded()
        return more

    def _note_failure(
        self,
        pace: Pace,
        fault: ReceiptBridgeError,
        retry_after: float | None = None,
        permanent: bool = False,
    ) -> float:
        wait = pace.failed(time.monotonic(), self._dice(), retry_after=retry_after, permanent=permanent)
        with contextlib.suppress(JournalError):  # which may be what has failed
            self._contact.failed(fault)
        log.warning("%s %s Next try in %.0f s.", fault, fault.hint, wait)
        return wait

    def _deliver(self, courier: Courier) -> bool:
        for _batch in range(BATCHES_A_TURN):
            if self.stop.is_set() or not (sent := courier.deliver_batch()):
                return False
            log.info("%d sales delivered", sent)
            self._contact.delivered()
        return True

    def _drain(self, courier: Courier) -> ServiceError | None:
        """All that one courier has. What stops it is returned, for the others are still to come."""
        try:
            while not self.stop.is_set() and (courier.deliver_batch() or self._wait_for_outcome(courier)):
                pass
            if courier is self._couriers[0]:
                self._fetch_settings(courier)
        except ServiceError as fault:
            return fault
        return None

    def _keep_in_touch(self, courier: Courier) -> bool:
        """Settings in, signs of life out. At a pace of its own: trouble with these holds up no sale."""
        now = time.monotonic()
        if self._settings_timer.is_due(now):
            self._fetch_settings(courier)
            self._settings_timer.done(now)
        if self._heartbeat_timer.is_due(now):
            courier.client.send_heartbeat(
                {
                    "version": __version__,
                    "uptime": int(now - self._started),
                    "queue": self._pending(),
                    "lanes": self._lanes,
                }
            )
            if courier.client.heard_time:
                keep_service_time(self._outbox, courier.client.service_time())
                self._clock.learn()
            self._contact.heard()
            self._forget(courier)
            self._report_setup(courier)
            self._heartbeat_timer.done(now)
        return False

    def _forget(self, courier: Courier) -> None:
        """By the service's time, just heard: a box's clock that runs ahead shall not make it forget too soon."""
        gone = self._outbox.forget(int(courier.client.service_time()) - self._keep_seconds, FORGET_MOST)
        if gone:
            log.info("%d sales that the service has stored long ago were deleted here", gone)

    def _report_setup(self, courier: Courier) -> None:
        """When it changed: whoever replaces this box starts from it."""
        setup = self._setup()
        if setup is None:
            return
        told = {"box_id": courier.box_id.hex(), "digest": digest(setup)}
        known = self._outbox.setting(REPORTED_SETUP)
        if known is None or known.value != told:
            courier.client.put_setup(setup)
            self._outbox.put_setting(REPORTED_SETUP, Setting(told, etag=None))

    def _fetch_settings(self, courier: Courier) -> None:
        known = self._outbox.setting(SERVICE_SETTINGS)
        fetched = courier.client.fetch_settings(known.etag if known else None)
        if fetched is not None:
            self._outbox.put_setting(SERVICE_SETTINGS, Setting(*fetched))

    def _pending(self) -> int:
        return sum(courier.pending() for courier in self._couriers)

    def _wait_for_outcome(self, courier: Courier) -> bool:
        """Wait for a sale whose paper is just coming out; False where there is none, or on `stop`."""
        due_at = courier.next_due()
        if due_at is None or (wait := due_at - time.time()) > OUTCOME_SETTLES_SECONDS:
            return False
        return not self.stop.wait(max(wait, 0.0))

    def _look_for_identity(self) -> None:
        """Load the keys when they have changed: a box may be enrolled, or enrolled anew, at any time."""
        path = identity_path(self._state_dir)
        seen = path.stat().st_mtime_ns if path.exists() else None  # written anew, never changed in place
        if seen == self._identity_seen:
            return
        identity = Identity.load(self._state_dir)
        self._forget_couriers()
        keys = identity.newest_of_each_box() if identity else ()
        self._couriers = tuple(
            Courier(self._outbox, ServiceClient(self._service_url, key), key, self._dice)
            for key in reversed(keys)
        )
        self._identity_seen = seen

    def _forget_couriers(self) -> None:
        for courier in self._couriers:
            courier.client.close()
        self._couriers = ()
