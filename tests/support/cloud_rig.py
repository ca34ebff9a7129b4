"""A member service that fails to order (real HTTP, real storage rules), and a box to send there."""

from __future__ import annotations

import contextlib
import json
import re
import socket
import struct
import threading
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from receiptbridge.cloud.client import ServiceClient
from receiptbridge.cloud.courier import Courier
from receiptbridge.identity import BoxKey, Identity, adopt_key, make_key
from receiptbridge.journal import FILE_NAME, Journal, Outbox, SaleRecord
from receiptbridge.receipt.model import Kind, ReceiptReading

BOX = bytes.fromhex("a1b2c3d4e5f6")
SERVICE_TIME = 1_795_340_000
SETTINGS = {
    "earn_rule": {"id": 1, "currency": "CNY", "minor_per_point": 1000},
    "claim_prefix": "HTTPS://M.EXAMPLE.COM/C/",
}
RECORD = SaleRecord("till-1", "print", ReceiptReading(Kind.SALE, 6367, "CNY"), True, BOX, 6)

_RST_ON_CLOSE = struct.pack("ii", 1, 0)  # SO_LINGER on, 0 s: close() resets the connection


class FaultyService(ThreadingHTTPServer):
    """Stores sales as docs/sync-api.md says, but for `script`: what goes wrong with the next requests.

    A fault is "lost" (reset before anything is read in), "unanswered" (stored, then reset), "halved" (only
    every other item is answered), "garbled", "oversized", or (status, headers).
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.script: deque[Any] = deque()
        self.sales: dict[int, dict[str, Any]] = {}
        self.poison: set[int] = set()  # a batch with one of these is refused as a whole
        self.rejected: set[int] = set()
        self.stored_twice: list[int] = []
        self.requests: list[tuple[str, str, dict[str, str], bytes]] = []
        self.clock_must_be_near: Callable[[int], bool] = lambda created: True

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Resets are ordered here; they are no news."""

    def store(self, item: dict[str, Any]) -> dict[str, Any]:
        number = item["number"]
        if number in self.rejected:
            return {"number": number, "status": "rejected", "code": "bad_token", "message": "No."}
        if number in self.sales:
            same = self.sales[number]["token"] == item["token"]
            return {"number": number, "status": "duplicate" if same else "conflict"}
        self.sales[number] = item
        return {"number": number, "status": "stored"}


class _Handler(BaseHTTPRequestHandler):
    server: FaultyService
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # head and body leave in one segment

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet."""

    def do_GET(self) -> None:
        self._serve(lambda body: self._settings())

    def do_POST(self) -> None:
        answers = {"/v1/sales": self._sales, "/v1/heartbeat": lambda body: self._say(200, {})}
        self._serve(answers.get(self.path, lambda body: self._error(404, "not_found")))

    def _serve(self, answer: Callable[[bytes], None]) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.requests.append((self.command, self.path, dict(self.headers), body))
        fault = self.server.script.popleft() if self.server.script else None
        created = re.search(r"created=(\d+)", self.headers.get("Signature-Input", ""))
        if created and not self.server.clock_must_be_near(int(created[1])):
            self._error(401, "clock")
        elif fault is None:
            answer(body)
        else:
            self._fail(fault, body)

    def _settings(self) -> None:
        if self.headers.get("If-None-Match") == '"v1"':
            self._say(304, None)
        else:
            self._say(200, SETTINGS, {"ETag": '"v1"'})

    def _sales(self, body: bytes) -> None:
        self._say(200, {"results": self._store(body)})

    def _store(self, body: bytes) -> list[dict[str, Any]] | None:
        items = json.loads(body)["sales"]
        if self.server.poison & {item["number"] for item in items}:
            self._error(422, "malformed")
            return None
        return [self.server.store(item) for item in items]

    def _fail(self, fault: Any, body: bytes) -> None:
        match fault:
            case (status, headers):
                self._error(status, "unavailable", headers)
            case "halved":
                self._say(200, {"results": (self._store(body) or [])[::2]})
            case "garbled":
                self._say(200, ["what", "?"])
            case "oversized":
                self._say(200, "x" * (3 * 1024 * 1024))
            case "unanswered":
                self._store(body)
                self._reset()
            case "lost":
                self._reset()

    def _reset(self) -> None:
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RST_ON_CLOSE)
        self.close_connection = True
        self.connection.close()
        self.wfile = open("/dev/null", "wb")  # noqa: SIM115  the handler flushes it once more

    def _error(self, status: int, code: str, headers: dict[str, str] | None = None) -> None:
        self._say(status, {"error": {"code": code, "message": "No."}}, headers)

    def _say(self, status: int, body: Any, headers: dict[str, str] | None = None) -> None:
        if isinstance(body, dict):
            body = body | {"service_time": SERVICE_TIME}
        data = b"" if body is None else json.dumps(body).encode()
        self.send_response(status)
        for name, value in {**(headers or {}), "Content-Length": str(len(data))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)


@contextlib.contextmanager
def running_service() -> Iterator[FaultyService]:
    with FaultyService() as service:
        thread = threading.Thread(target=service.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield service
        finally:
            service.shutdown()
            thread.join()


def enrolled(state_dir: Path, box_id: bytes = BOX) -> Identity:
    return adopt_key(state_dir, make_key(state_dir), box_id, f"{box_id.hex()}:1")


class Box:
    """An enrolled box with its journal and one courier, its clock set by hand."""

    def __init__(self, state_dir: Path, url: str) -> None:
        self.now = float(SERVICE_TIME)
        self.state_dir = state_dir
        self.key: BoxKey = enrolled(state_dir).current
        self.journal = Journal.open(state_dir / FILE_NAME, clock=lambda: self.now)
        self.outbox = Outbox.open(state_dir / FILE_NAME, clock=lambda: self.now, rest=lambda seconds: None)
        self.client = ServiceClient(url, self.key, clock=lambda: self.now)
        self.courier = Courier(self.outbox, self.client, self.key, dice=lambda: 1.0)

    def sell(self, sales: int = 1, **changed: Any) -> list[int]:
        record = replace(RECORD, **changed)
        return [self.journal.commit_sale(record, None).number for _ in range(sales)]

    def states(self) -> dict[int, tuple[str, str | None]]:
        rows = self.journal._connection.execute("SELECT number, sync, sync_reason FROM sale").fetchall()
        return {number: (sync, reason) for number, sync, reason in rows}

    def close(self) -> None:
        for part in (self.client, self.outbox, self.journal):
            part.close()
