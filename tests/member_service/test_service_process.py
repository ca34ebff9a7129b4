"""The service as the process that it is in production, by its command line."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from service_rig import PHONE, Clock, ServiceRig, SignedBox

from member_service.app import create_app, unix_time
from member_service.errors import UsageError
from member_service.store.database import Database

COMMAND = [sys.executable, "-m", "member_service"]
TILL = ["--merchant", "Corner Shop", "--store", "Main Street", "--till", "till-1"]


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*COMMAND, *arguments], capture_output=True, text=True, timeout=60)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def test_a_till_is_added_enrolled_served_and_listed_and_no_phone_number_is_logged(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'service.db'}"
    added = run("add-till", *TILL, "--database", url)
    code = added.stdout.strip()
    assert len(code.replace("-", "")) * 5 >= 60
    port = free_port()
    command = [*COMMAND, "serve", "--port", str(port), "--database", url]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        log: list[str] = []
        for line in process.stderr:
            log.append(line)
            if "running on" in line:
                break
        rest = threading.Thread(target=log.extend, args=(process.stderr,))
        rest.start()
        try:
            with httpx.Client(base_url=f"http://127.0.0.1:{port}") as http:
                rig = ServiceRig(f"http://127.0.0.1:{port}", Database(url), Clock(unix_time()), http)
                key = Ed25519PrivateKey.generate()
                answer = rig.post_enrol(code, key).json()
                box = SignedBox(rig, key, bytes.fromhex(answer["box_id"]), answer["key_id"])
                token = box.token(1, time=unix_time())
                assert box.deliver(box.sale(1, token=token))[0]["status"] == "stored"
                assert rig.claim(token, "123").status_code == 422
                assert rig.claim(token).status_code == 200
                rig.database.close()
        finally:
            process.send_signal(signal.SIGTERM)
            rest.join()
    assert process.returncode in (0, -signal.SIGTERM)
    assert not any(secret in "".join(log) for secret in (PHONE, token, code))
    listing = run("list", "--json", "--database", url)
    assert listing.stderr == ""
    listed = json.loads(listing.stdout)
    assert (listed["till"], listed["sales"], listed["claims"]) == ("till-1", 1, 1)
    assert run("revoke", listed["box_id"], "--database", url).returncode == 0


@pytest.mark.parametrize(
    ("arguments", "advice"),
    [
        (["add-till", *TILL, "--currency", "YUAN"], "ISO 4217"),
        (["revoke", "000000000000"], "member_service list"),
        (["serve", "--public-url", "members.example.com"], "http://"),
        (["serve", "--public-url", "https://a-very-long-name-of-a-host.example.com"], "--claim-prefix"),
    ],
)
def test_a_wrong_call_says_what_to_do(tmp_path: Path, arguments: list[str], advice: str) -> None:
    called = run(*arguments, "--database", f"sqlite:///{tmp_path / 'service.db'}")
    assert called.returncode == 2
    assert advice in called.stderr
    assert "Traceback" not in called.stderr


def test_the_claim_prefix_may_be_another_shorter_host(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'service.db'}")
    app = create_app(
        database, public_url="https://members.example.com/", claim_prefix="HTTPS://M.EXAMPLE.COM/C/"
    )
    assert app.state.service.public_url == "https://members.example.com"
    with pytest.raises(UsageError, match="claim prefix"):
        create_app(database, public_url="https://m.example.com", claim_prefix="https://m.example.com/c/")
    database.close()
