"""The real member service under a real server, in a thread of the test."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from sqlalchemy import select

from member_service.app import create_app, unix_time
from member_service.store import boxes, merchants
from member_service.store.database import Database
from member_service.store.tables import Sale


class _Announcing(uvicorn.Server):
    """A server that says when it serves, and leaves the process's signals alone."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.serving = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.serving.set()


@dataclass
class RealService:
    url: str
    database: Database

    def enrolment_code(self, minor_per_point: int = 1000) -> str:
        return self.database.write(
            lambda session: merchants.add_till(
                session,
                merchant="Corner Shop",
                store="Main Street",
                till="till-1",
                terms=merchants.RuleTerms("CNY", minor_per_point),
                now=unix_time(),
            )
        )

    def revoke(self, box_id: bytes) -> None:
        self.database.write(lambda session: boxes.revoke(session, box_id.hex(), unix_time()))

    def numbers(self, box_id: bytes) -> list[int]:
        """The sales that stand there under one box id."""
        with self.database.read() as session:
            wanted = select(Sale.number).where(Sale.box_id == box_id.hex()).order_by(Sale.number)
            return list(session.scalars(wanted))


@contextmanager
def real_service(folder: Path, public_url: str | None = None) -> Iterator[RealService]:
    listener = socket.create_server(("127.0.0.1", 0))
    url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    database = Database(f"sqlite:///{folder / 'member_service.db'}")
    app = create_app(database, public_url=public_url or url, claim_prefix="HTTPS://M.EXAMPLE.COM/C/")
    server = _Announcing(uvicorn.Config(app, log_level="critical", access_log=False))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        if not server.serving.wait(timeout=30):
            raise RuntimeError("the member service did not start")
        yield RealService(url, database)
    finally:
        server.should_exit = True
        thread.join()
