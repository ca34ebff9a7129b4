"""The member service on a real socket, and a box that signs its requests; nothing of receiptbridge in it."""

from __future__ import annotations

import base64
import contextlib
import datetime
import itertools
import json
import secrets
import socket
import struct
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from http_message_signatures import HTTPMessageSigner, MappingKeyResolver, algorithms

from member_service.app import create_app
from member_service.store import merchants
from member_service.store.database import Database
from member_service.store.limits import set_limits

NOW = 1_795_340_000
DOMAIN = b"receiptbridge-claim-v1\0"
PHONE = "13800138000"


@dataclass
class Clock:
    """The service's time, which a test sets."""

    now: int = NOW

    def __call__(self) -> int:
        return self.now


@dataclass
class ServiceRig:
    url: str
    database: Database
    clock: Clock
    http: httpx.Client

    def add_till(
        self, merchant: str = "Corner Shop", till: str = "till-1", minor_per_point: int = 1000, **terms: Any
    ) -> str:
        return self.database.write(
            lambda session: merchants.add_till(
                session,
                merchant=merchant,
                store="Main Street",
                till=till,
                terms=merchants.RuleTerms("CNY", minor_per_point, **terms),
                now=self.clock.now,
            )
        )

    def enrol(self, *, limited: bool = False, **till: Any) -> SignedBox:
        """A box; its merchant's members may claim without pause, if not `limited`."""
        key = Ed25519PrivateKey.generate()
        if not limited:
            self.add_till(**till)
            name = till.get("merchant", "Corner Shop")
            self.database.write(lambda session: set_limits(session, name, 0, 0))
        answer = self.post_enrol(self.add_till(**till), key)
        assert answer.status_code == 200, answer.text
        body = answer.json()
        return SignedBox(self, key, bytes.fromhex(body["box_id"]), body["key_id"])

    def post_enrol(self, code: str, key: Ed25519PrivateKey) -> httpx.Response:
        public = base64.b64encode(key.public_key().public_bytes_raw()).decode()
        return self.http.post("/v1/enrol", json={"code": code, "public_key": public, "hardware": "test"})

    def claim(self, spelling: str, phone: str = PHONE, **more: Any) -> httpx.Response:
        return self.http.post(
            f"/C/{spelling}", data={"phone": phone, **more}, headers={"Accept-Language": "en"}
        )

    def page(self, path: str, language: str = "en") -> httpx.Response:
        return self.http.get(path, headers={"Accept-Language": language})


@dataclass
class SignedBox:
    """A box as docs/sync-api.md and docs/claim-token.md describe it."""

    rig: ServiceRig
    key: Ed25519PrivateKey
    box_id: bytes
    key_id: str
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def token(self, number: int, amount: int = 6367, **fields: int) -> str:
        """The spelling of a signed token; `time`, `currency`, `rule` and `flags` may be given."""
        return base64.b32encode(self.raw_token(number, amount, **fields)).decode()

    def raw_token(
        self,
        number: int,
        amount: int = 6367,
        *,
        time: int = NOW,
        currency: int = 156,
        rule: int = 1,
        flags: int = 0,
    ) -> bytes:
        fields = struct.pack(
            ">B6s5sI5sHHB",
            1,
            self.box_id,
            number.to_bytes(5, "big"),
            time,
            amount.to_bytes(5, "big"),
            currency,
            rule,
            flags,
        )
        return fields + self.key.sign(DOMAIN + fields)

    def rotate(self, key: Ed25519PrivateKey | None = None, signer: str | None = None) -> httpx.Response:
        """Ask for a key in the place of the one that signs; the box goes on with whichever it has."""
        new, key_id = key or Ed25519PrivateKey.generate(), signer or self.key_id
        proof = new.sign(b"receiptbridge-next-key-v1\0" + self.box_id + key_id.encode())
        body = {
            "public_key": base64.b64encode(new.public_key().public_bytes_raw()).decode(),
            "proof": base64.b64encode(proof).decode(),
        }
        return self.send("POST", "/v1/keys", body)

    def with_next_key(self) -> SignedBox:
        """The same box after a rotation; this one goes on signing with the key that was replaced."""
        key = Ed25519PrivateKey.generate()
        answer = self.rotate(key)
        assert answer.status_code == 200, answer.text
        return SignedBox(self.rig, key, self.box_id, answer.json()["key_id"], self.numbers)

    def sale(self, number: int | None = None, amount: int = 6367, **changed: Any) -> dict[str, Any]:
        """An item of POST /v1/sales with its token."""
        number = next(self.numbers) if number is None else number
        return {
            "number": number,
            "token": self.token(number, amount),
            "lane": "till-1",
            "kind": "sale",
            "total": amount,
            "currency": "CNY",
            "payments": [{"method": "wechat", "amount": amount}],
            "receipt_no": f"{number:06}",
            "printed_at": "2026-11-22T10:43:30",
            "issued_at": NOW,
            "clock_good": True,
            "points": amount // 1000,
            "refers_to": None,
            "reason": None,
            "why_no_code": None,
            "outcome": "released",
        } | changed

    def deliver(self, *items: Any) -> list[dict[str, Any]]:
        answer = self.send("POST", "/v1/sales", {"sales": list(items)})
        assert answer.status_code == 200, answer.text
        results: list[dict[str, Any]] = answer.json()["results"]
        return results

    def send(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        headers: dict[str, str] | None = None,
        **signing: Any,
    ) -> httpx.Response:
        return self.rig.http.send(self.signed(method, path, body, headers=headers, **signing))

    def signed(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        headers: dict[str, str] | None = None,
        nonce: str | None = None,
        created: int | None = None,
        key_id: str | None = None,
        covered: tuple[str, ...] = ("@method", "@target-uri"),
    ) -> httpx.Request:
        """A request signed by RFC 9421 with this box's key, ready to be sent (or tampered with)."""
        content = b"" if body is None else json.dumps(body).encode()
        return self.signed_bytes(
            method,
            path,
            content,
            headers=headers,
            nonce=nonce,
            created=created,
            key_id=key_id,
            covered=covered,
        )

    def signed_bytes(
        self,
        method: str,
        path: str,
        content: bytes,
        *,
        headers: dict[str, str] | None = None,
        nonce: str | None = None,
        created: int | None = None,
        key_id: str | None = None,
        covered: tuple[str, ...] = ("@method", "@target-uri"),
    ) -> httpx.Request:
        """The same with a body that need not be JSON."""
        request = self.rig.http.build_request(method, path, content=content or None, headers=headers)
        if content:
            request.headers["Content-Type"] = "application/json"
        key_id = key_id or self.key_id
        signer = HTTPMessageSigner(
            signature_algorithm=algorithms.ED25519,
            key_resolver=MappingKeyResolver(private_keys={key_id: self.key}, public_keys={}),
        )
        at = self.rig.clock.now if created is None else created
        signer.sign(
            request,
            key_id=key_id,
            created=datetime.datetime.fromtimestamp(at, tz=datetime.UTC),
            nonce=secrets.token_urlsafe(16) if nonce is None else nonce,
            covered_component_ids=covered,
            body=content or None,
        )
        return request


@contextlib.contextmanager
def running_service(directory: Path) -> Iterator[ServiceRig]:
    """A service of its own on a free port, with an empty store in `directory`, by a clock that a test sets."""
    with contextlib.ExitStack() as stack:
        # With its protocol named: asyncio switches Nagle's delay off only on sockets that say they are TCP.
        listener = stack.enter_context(socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP))
        listener.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        database = Database(f"sqlite:///{directory / 'service.db'}")
        clock = Clock()
        app = create_app(database, public_url=url, clock=clock)
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", access_log=False))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        stack.callback(thread.join)
        stack.callback(setattr, server, "should_exit", True)
        http = stack.enter_context(httpx.Client(base_url=url, timeout=30))
        yield ServiceRig(url, database, clock, http)
